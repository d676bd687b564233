/** The two channels between a page and main, and what may cross them. Preload and router both read this. */
export const callChannel = 'clinichub:call';
export const eventChannel = 'clinichub:event';

/** All that a page is given: `window.clinichub`. */
export interface HostBridge {
  /** Makes the call `name` of the contract. Resolves with a `Reply`; who asks is known in main. */
  readonly call: (name: string, input: unknown) => Promise<unknown>;
  /** Calls `listener` with every `HostEvent` until the returned function is called. */
  readonly onEvent: (listener: (event: unknown) => void) => () => void;
}
