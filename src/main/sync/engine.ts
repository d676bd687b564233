import type { SyncStatus } from '#shared/contract/sync.ts';
import type { Verdict } from '#shared/sync/wire.ts';

/** The running synchronisation of one workstation, as the services and screens see it. */
export interface SyncEngine {
  status(): SyncStatus;
  onStatus(listener: (status: SyncStatus) => void): () => void;
  /** Resolves with the verdict on mutation `n`, or null when the centre has not answered within `milliseconds`. */
  verdict(n: number, milliseconds: number): Promise<Verdict | null>;
  /** Push and pull now: there is something new, or a person asked. */
  wake(): void;
  stop(): Promise<void>;
}
