import type { MutationPayload } from '#shared/sync/wire.ts';

/** A write that the user was told is safe. */
export interface Acknowledged {
  readonly desk: string;
  readonly login: number;
  readonly n: number;
  readonly hash: string;
  readonly payload: MutationPayload;
}
