import type { Replica } from '#main/data/local/replica.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { type Clock, instant, neverBack } from '#shared/kernel/clock.ts';
import { tableNames } from '#shared/sync/catalogue.ts';
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

/** What there is to say of a copy that has been destroyed. */
const nothingLeft: Omit<SyncStatus, 'lastContact'> = {
  connection: 'stopped',
  waiting: 0,
  parked: 0,
  tasks: 0,
  offlineSince: null,
  cursor: 0,
  head: 0,
  problem: 'wipe',
  leaseDaysLeft: null,
  rebuilt: null,
  mirrorBehind: false,
  check: { until: null, running: null, repaired: null },
  bootstrap: null,
};

const connectionOf = (state: PlannerState): SyncStatus['connection'] => {
  if (state.wiping !== 'no') return 'stopped';
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

const checkView = ({ check }: Replica, { verify }: PlannerState): SyncStatus['check'] => {
  const { table, rows, finishedAt } = check.state();
  const repairs = check.repairs();
  const asked = (verify === 'whole' || verify === 'paused') && table !== null;
  return {
    until: finishedAt,
    running: asked ? { rows, part: tableNames.indexOf(table) + 1, parts: tableNames.length } : null,
    repaired: repairs && {
      at: repairs.at,
      rows: repairs.tables.reduce((sum, each) => sum + each.rows, 0),
      tables: repairs.tables.map((each) => ({ ...each })),
    },
  };
};

/** What the sync pill shows. The clock is for display only: nothing is decided by it. */
export const createStatus = (
  replica: Replica,
  clock: Clock,
  state: () => PlannerState | 'gone',
): StatusBoard => {
  const listeners = new Set<(status: SyncStatus) => void>();
  const elapsed = neverBack(clock);
  let lastContact: string | null = null;
  let offlineSince: string | null = null;
  let progress: Progress | null = null;

  const look = (): SyncStatus => {
    const now = state();
    if (now === 'gone') return { ...nothingLeft, lastContact };
    const connection = connectionOf(now);
    if (connection === 'live') offlineSince = null;
    else if (connection !== 'preparing') offlineSince ??= instant(clock.now());
    const { cursor, head, phase } = replica.state();
    return {
      connection,
      ...replica.counts(),
      offlineSince,
      lastContact,
      cursor,
      head,
      problem: now.wiping === 'no' ? now.problem : 'wipe',
      leaseDaysLeft: phase === 'ready' ? Math.ceil(replica.leaseDaysLeft()) : null,
      rebuilt: rebuiltView(replica),
      mirrorBehind: replica.mirrorBehind(),
      bootstrap: progress === null ? null : progressView(progress, elapsed.now()),
      check: checkView(replica, now),
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
