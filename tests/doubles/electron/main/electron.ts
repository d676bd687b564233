import type Electron from 'electron';
import type { AsksOfMain, InvokeAnswer } from '../link.ts';
import { app } from './app.ts';
import { BrowserWindowDouble, windowWith } from './browser-window.ts';
import { onlyWhatIsThere } from './missing.ts';
import { connectPages } from './pages.ts';
import { emitPreventable } from './preventable.ts';
import { protocol, serve } from './protocol.ts';
import { askBeforeRequest, askPermission, defaultSession } from './session.ts';
import { dialog, Menu, powerMonitor, safeStorage, screen, shell } from './system.ts';
import { frameFrom } from './web-contents.ts';

type InvokeHandler = Parameters<Electron.IpcMain['handle']>[1];
const invokeHandlers = new Map<string, InvokeHandler>();

const ipcMain: Pick<Electron.IpcMain, 'handle' | 'removeHandler'> & { on: () => void } = {
  handle: (channel, handler) => {
    if (invokeHandlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    invokeHandlers.set(channel, handler);
  },
  removeHandler: (channel) => {
    invokeHandlers.delete(channel);
  },
  // electron-store listens for renderers that ask where its files are; ours never do.
  on: () => undefined,
};

/** What `import ... from 'electron'` gives in main. */
export const electron = {
  app: onlyWhatIsThere('app', app),
  BrowserWindow: BrowserWindowDouble,
  dialog: onlyWhatIsThere('dialog', dialog),
  ipcMain: onlyWhatIsThere('ipcMain', ipcMain),
  Menu,
  powerMonitor,
  protocol: onlyWhatIsThere('protocol', protocol),
  safeStorage: onlyWhatIsThere('safeStorage', safeStorage),
  screen: onlyWhatIsThere('screen', screen),
  session: { defaultSession: onlyWhatIsThere('session', defaultSession) },
  shell: onlyWhatIsThere('shell', shell),
} satisfies { readonly [K in keyof typeof Electron]?: object };

const invoke = async (ask: AsksOfMain['invoke']['ask']): Promise<InvokeAnswer> => {
  const window = windowWith(ask.windowId);
  if (window === undefined) return { ok: false, message: 'the window is gone' };
  const handler = invokeHandlers.get(ask.channel);
  if (handler === undefined) return { ok: false, message: `No handler registered for '${ask.channel}'` };
  const event = onlyWhatIsThere('IpcMainInvokeEvent', {
    sender: window.webContents,
    senderFrame: frameFrom(ask.frame, window.webContents.mainFrame),
    frameId: ask.frame.id,
    type: 'frame',
  });
  try {
    const value: unknown = await handler(event as unknown as Electron.IpcMainInvokeEvent, ...ask.args);
    return { ok: true, value: structuredClone(value) };
  } catch (reason) {
    return { ok: false, message: String(reason) };
  }
};

const contentsOf = (windowId: number) => {
  const window = windowWith(windowId);
  if (window === undefined) throw new Error(`there is no window ${windowId}`);
  return window.contents;
};

/** Connects to the pages; call before main's own modules run. */
export const connect = (): void =>
  connectPages({
    serve,
    invoke,
    willNavigate: ({ windowId, url, isMainFrame }) => ({
      prevented: emitPreventable(contentsOf(windowId), 'will-frame-navigate', { url, isMainFrame }),
    }),
    willAttachWebview: ({ windowId, src }) => ({
      prevented: emitPreventable(contentsOf(windowId), 'will-attach-webview', {}, {}, { src }),
    }),
    windowOpen: ({ windowId, url }) => ({ action: contentsOf(windowId).double.windowOpen(url) }),
    beforeRequest: async ({ url }) => ({ cancel: await askBeforeRequest(url) }),
    permission: ({ windowId, permission }) =>
      askPermission(contentsOf(windowId) as unknown as Electron.WebContents, permission),
    navigated: ({ windowId, frame }) => {
      windowWith(windowId)?.contents.double.navigated(frame);
      return null;
    },
    crashed: ({ windowId }) => {
      const details = { reason: 'crashed', exitCode: 5 };
      const contents = contentsOf(windowId);
      contents.emit('render-process-gone', {}, details);
      app.emit('render-process-gone', {}, contents, details);
      return null;
    },
    closeWindow: ({ windowId }) => {
      windowWith(windowId)?.close();
      return null;
    },
    fail: ({ message }) => {
      setImmediate(() => {
        throw new Error(message);
      });
      return null;
    },
    power: ({ what }) => {
      powerMonitor.emit(what);
      return null;
    },
    quit: () => {
      app.quit();
      return null;
    },
  });

/** Electron's order: main's own modules first, then ready. */
export const becomeReady = (): void =>
  app.becomeReady(() => {
    for (const window of BrowserWindowDouble.getAllWindows()) window.close();
    return BrowserWindowDouble.getAllWindows().length === 0;
  });
