import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { callChannel, eventChannel, type HostBridge } from '../transport/ipc/channels.ts';

const bridge: HostBridge = {
  call: (name, input) => ipcRenderer.invoke(callChannel, name, input),
  onEvent: (listener) => {
    // The page never sees Electron's event object: its `sender` would hand over all of ipcRenderer.
    const forward = (_event: IpcRendererEvent, event: unknown) => listener(event);
    ipcRenderer.on(eventChannel, forward);
    return () => {
      ipcRenderer.off(eventChannel, forward);
    };
  },
};

contextBridge.exposeInMainWorld('clinichub', bridge);
