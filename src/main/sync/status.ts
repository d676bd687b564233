import type { Replica } from '#main/data/local/replica.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { type Clock, instant, neverBack } from '#shared/kernel/clock.ts';
import type { PlannerState } from './planner.ts';

export interface StatusBoard {
  current(): SyncStatus;
  onStatus(listener: (status: SyncStatus) => void): () => void;
  /** The centre has just answered. */
  contact(): void;
  /** Rows of the first copy that are here, of about how many; null when it is whole. */
  progress(rows: number | null, total: number): void;
  /** Something may have changed: looks, and tells whoever listens. */
  refresh(): void;
}

const connectionOf = (state: PlannerState): SyncStatus['connection'] => {
  const refused = state.problem !== null && state.problem !== 'unreachable';
  if (state.mode === 'stopped' || (refused && !state.greeted)) return 'stopped';
  if (state.copy !== 'complete' || state.renew) return 'preparing';
  return state.greeted && state.mode === 'working' ? 'live' : 'offline';
};

interface Progress {
  readonly rows: number;
  readonly total: number;
  readonly from: { readonly rows: number; readonly at: number };
}

const progressView = ({ rows, total, from }: Progress, now: number): NonNullable<SyncStatus['bootstrap']> => {
  const seconds = (now - from.at) / 1000;
  const rowsPerSecond = seconds > 0 ? (rows - from.rows) / seconds : 0;
  const left = Math.max(0, total - rows);
  return {
    rows,
    total: Math.max(rows, total),
    rowsPerSecond: Math.round(rowsPerSecond),
    secondsLeft: rowsPerSecond > 0 ? Math.round(left / rowsPerSecond) : null,
  };
};

const rebuiltView = (replica: Replica): SyncStatus['rebuilt'] => {
  const rebuilt = replica.rebuilt();
  return rebuilt && { at: rebuilt.at, saved: rebuilt.saved, lost: rebuilt.lost };
};

/** What the sync pill shows. The clock is for display only: nothing is decided by it. */
export const createStatus = (replica: Replica, clock: Clock, state: () => PlannerState): StatusBoard => {
  const listeners = new Set<(status: SyncStatus) => void>();
  const elapsed = neverBack(clock);
  let lastContact: string | null = null;
  let offlineSince: string | null = null;
  let progress: Progress | null = null;

  const look = (): SyncStatus => {
    const connection = connectionOf(state());
    if (connection === 'live') offlineSince = null;
    else if (connection !== 'preparing') offlineSince ??= instant(clock.now());
    const { cursor, head } = replica.state();
    return {
      connection,
      ...replica.counts(),
      offlineSince,
      lastContact,
      cursor,
      head,
      problem: state().problem,
      rebuilt: rebuiltView(replica),
      mirrorBehind: replica.mirrorBehind(),
      bootstrap: progress === null ? null : progressView(progress, elapsed.now()),
    };
  };
  let shown: SyncStatus | null = null;
  const refresh = () => {
    const before = JSON.stringify(shown);
    shown = look();
    if (JSON.stringify(shown) === before) return;
    for (const listener of listeners) listener(shown);
  };
  return {
    // Not noted as shown: who asks must not keep the listeners from hearing it.
    current: look,
    onStatus: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    contact: () => {
      lastContact = instant(clock.now());
    },
    progress: (rows, total) => {
      progress = rows === null ? null : { rows, total, from: progress?.from ?? { rows, at: elapsed.now() } };
      refresh();
    },
    refresh,
  };
};
