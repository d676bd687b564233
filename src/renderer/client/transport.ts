import type { HostEvent, Reply } from '#shared/contract/contract.ts';

/** How calls reach the workstation and how its events come back. */
export interface Transport {
  /** Never rejects: a workstation that does not answer is the reply `unavailable`. */
  call(name: string, input: unknown): Promise<Reply<unknown>>;
  /** `onOpen` is called each time events flow (again): whatever was shown may be old then. */
  subscribe(listener: (event: HostEvent) => void, onOpen: () => void): () => void;
}
