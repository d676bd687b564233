import type { CallName, Input, Output, Reply } from '#shared/contract/contract.ts';
import type { AppError } from '#shared/kernel/result.ts';
import { httpTransport } from './http-transport.ts';
import { ipcTransport } from './ipc-transport.ts';
import type { Subscriber, Transport } from './transport.ts';

/** An expected failure on its way through a promise; `error` is what the workstation said. */
export class AppErrorException extends Error {
  readonly error: AppError;
  constructor(error: AppError) {
    super(error.code);
    this.name = 'AppErrorException';
    this.error = error;
  }
}

/** Every call of the contract, typed by it. */
export interface Client {
  /** The reply as it is: for a caller that shows the failure itself. */
  ask<N extends CallName>(name: N, input: Input<N>): Promise<Reply<Output<N>>>;
  /** The value, or an AppErrorException. */
  call<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>>;
  subscribe(subscriber: Subscriber): () => void;
}

/** One client over either transport. The host has checked the output against the contract, so it is not checked again. */
export function createClient(transport: Transport): Client {
  const ask = async <N extends CallName>(name: N, input: Input<N>) =>
    (await transport.call(name, input)) as Reply<Output<N>>;
  return {
    ask,
    call: async (name, input) => {
      const reply = await ask(name, input);
      if (!reply.ok) throw new AppErrorException(reply.error);
      return reply.value;
    },
    subscribe: (subscriber) => transport.subscribe(subscriber),
  };
}

/** The transport this page has: Electron's bridge where the preload put one, else the host that served the page. */
export const defaultTransport = (): Transport =>
  window.clinichub ? ipcTransport(window.clinichub) : httpTransport();
