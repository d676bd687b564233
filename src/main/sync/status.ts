import type { Replica } from '#main/data/local/replica.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { type Clock, instant, neverBack } from '#shared/kernel/clock.ts';
import { tableNames } from '#shared/sync/catalogue.ts';
import type { CopyProgress } from './bootstrap.ts';
import type { PlannerState } from './planner.ts';

export interface StatusBoard {
  current(): SyncStatus;
  onStatus(listener: (status: SyncStatus) => void): () => void;
  /** The centre has just answered. */
  contact(): void;
  /** How far the first copy is; null when nothing of it is under way. */
  progress(progress: CopyProgress | null): void;
  /** Something may have changed: looks, and tells whoever listens. */
  refresh(): void;
}

/** What there is to say of a copy that has been destroyed. */
const nothingLeft: Omit<SyncStatus, 'lastContact'> = {
  connection: 'stopped',
  waiting: 0,
  parked: 0,
  tasks: 0,
  files: 0,
  offlineSince: null,
  cursor: 0,
  head: 0,
  problem: 'wipe',
  leaseDaysLeft: null,
  signInDaysLeft: null,
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

interface Progress extends CopyProgress {
  readonly from: { readonly rows: number; readonly at: number };
}

const progressView = (
  { phase, rows, total, from }: Progress,
  now: number,
): NonNullable<SyncStatus['bootstrap']> => {
  const seconds = (now - from.at) / 1000;
  const rowsPerSecond = seconds > 0 ? (rows - from.rows) / seconds : 0;
  const left = Math.max(0, total - rows);
  return {
    phase,
    rows,
    total: Math.max(rows, total),
    rowsPerSecond: Math.round(rowsPerSecond),
    secondsLeft: rowsPerSecond > 0 ? Math.round(left / rowsPerSecond) : null,
  };
};

/** What of the first copy is still to come. Older rows that are missing are told of while nothing fetches them, too. */
const bootstrapView = (
  replica: Replica,
  progress: Progress | null,
  connection: SyncStatus['connection'],
  now: number,
): SyncStatus['bootstrap'] => {
  if (progress !== null && progress.phase !== 'history') return progressView(progress, now);
  const { phase, history_table, history_rows } = replica.state();
  if (phase !== 'ready' || history_table === null) return null;
  if (progress !== null && connection === 'live') return progressView(progress, now);
  const total = Math.max(history_rows, progress?.total ?? 0);
  return { phase: 'history', rows: history_rows, total, rowsPerSecond: 0, secondsLeft: null };
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
      // How long that is, the services know.
      signInDaysLeft: null,
      rebuilt: rebuiltView(replica),
      mirrorBehind: replica.mirrorBehind(),
      bootstrap: bootstrapView(replica, progress, connection, elapsed.now()),
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
    progress: (next) => {
      const from =
        next !== null && next.phase === progress?.phase
          ? progress.from
          : { rows: next?.rows ?? 0, at: elapsed.now() };
      progress = next && { ...next, from };
      refresh();
    },
    refresh,
  };
};
