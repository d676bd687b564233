import type { Reply } from '#shared/contract/contract.ts';
import type { HostEvent } from '#shared/contract/host-event.ts';
import { fail } from '#shared/kernel/result.ts';
import type { Transport } from './transport.ts';

/** What the preload exposes to the window. */
export interface Bridge {
  call(name: string, input: unknown): Promise<Reply<unknown>>;
  onEvent(listener: (event: unknown) => void): () => void;
}

declare global {
  interface Window {
    readonly clinichub?: Bridge;
  }
}

/** Calls over Electron's IPC. */
export function ipcTransport(bridge: Bridge): Transport {
  return {
    call: (name, input) => bridge.call(name, input).catch(() => fail('unavailable')),
    subscribe: ({ onEvent, onOpen }) => {
      const stop = bridge.onEvent((event) => onEvent(event as HostEvent));
      onOpen();
      return stop;
    },
  };
}
