import type { UpdateStatus } from '#shared/contract/updates.ts';

/** What a host that puts newer versions in by itself can tell of them. */
export interface UpdateHost {
  status(): UpdateStatus;
}
