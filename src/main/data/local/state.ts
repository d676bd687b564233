import type { Statements } from './statements.ts';

/**
 * How far the copy of the centre is: `empty`; `loading` pages; `indexing`; `catching-up` with what changed meanwhile;
 * `ready`: services may read.
 */
export type ReplicaPhase = 'empty' | 'loading' | 'indexing' | 'catching-up' | 'ready';

export interface ReplicaState {
  readonly phase: ReplicaPhase;
  readonly epoch: string | null;
  readonly cursor: number;
  readonly chain: string | null;
  /** The centre's newest seq when last heard of. */
  readonly head: number;
  readonly device_id: string | null;
  readonly device_no: number | null;
  readonly device_name: string | null;
  readonly location_id: string | null;
  /** The number of the last mutation made here. */
  readonly last_n: number;
  readonly boot_table: string | null;
  readonly boot_after: string | null;
  readonly boot_rows: number;
  /** The table whose older rows come next, null when all are here; see `History`. */
  readonly history_table: string | null;
  readonly history_after: string | null;
  readonly history_rows: number;
  /** The scope this copy was made for; null for one made before there were scopes, which is the whole clinic. */
  readonly scope: string | null;
  /** The last seq shared with a centre that was restored, until all here is copied anew. */
  readonly common: number | null;
  /** Why this copy must not speak to the centre any more without a person's decision. */
  readonly halted: 'cloned' | null;
}

export const readState = ({ get }: Statements): ReplicaState => {
  const state = get<ReplicaState>('SELECT * FROM sync_state');
  if (state === undefined) throw new Error('sync_state has no row');
  return state;
};

/** Whether services may read. Asked before each reading and each mutation, so it asks for nothing else. */
export const isReady = ({ get }: Statements): boolean =>
  get<{ phase: ReplicaPhase }>('SELECT phase FROM sync_state')?.phase === 'ready';

/** The last seq shared with a centre that was restored, while that matters. */
export const commonGround = ({ get }: Statements): number | null =>
  get<{ common: number | null }>('SELECT common FROM sync_state')?.common ?? null;

/** Gives out the next number of a mutation, inside the caller's transaction. */
export const nextNumber = ({ get }: Statements): number => {
  const given = get<{ last_n: number }>('UPDATE sync_state SET last_n = last_n + 1 RETURNING last_n');
  if (given === undefined) throw new Error('sync_state has no row');
  return given.last_n;
};

/** Changes the given parts of the state. */
export const writeState = ({ run }: Statements, patch: Partial<ReplicaState>): void => {
  const entries = Object.entries(patch);
  const set = entries.map(([name]) => `${name} = ?`).join(', ');
  run(`UPDATE sync_state SET ${set}`, ...entries.map(([, value]) => value));
};
