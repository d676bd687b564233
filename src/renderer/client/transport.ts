import type { Reply } from '#shared/contract/contract.ts';
import type { HostEvent } from '#shared/contract/host-event.ts';

/** How calls reach the workstation and how its events come back. */
export interface Transport {
  /** Never rejects: a workstation that does not answer is the reply `unavailable`. */
  call(name: string, input: unknown): Promise<Reply<unknown>>;
  subscribe(subscriber: Subscriber): () => void;
}

export interface Subscriber {
  readonly onEvent: (event: HostEvent) => void;
  /** Events flow (again): whatever was shown may be old. */
  readonly onOpen: () => void;
  /** Events no longer come; calls may still be answered. */
  readonly onLost: () => void;
}
