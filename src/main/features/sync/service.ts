import { rowAccess } from '#main/core/chart-access.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { dependentsAmong } from '#main/data/local/dependents.ts';
import { readPayload } from '#main/data/local/query.ts';
import type { SessionLimits } from '#main/session/limits.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { DecidedWork, OutboxEntry, ParkedDetails, SyncStatus } from '#shared/contract/sync.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { MutationChange } from '#shared/sync/wire.ts';
import { correctionsOf, isFixable, parkedRows } from './fix.ts';
import {
  type DecidedRow,
  decidedWork,
  findParked,
  findRow,
  type PendingRow,
  parkedWork,
  pendingMutations,
  tasksOfAnyDesk,
} from './repository.ts';
import { type About, subjects } from './subjects.ts';

/** What the synchronisation tells people, and what other features know of what waits for them. */
export interface SyncDeps extends FeatureDeps {
  /** How many conflicts wait for a decision at this desk. */
  readonly conflictsHere: () => number;
  readonly limits: Pick<SessionLimits, 'offlineDays'>;
}

const workOf = (row: Omit<PendingRow | DecidedRow, 'first_change'>, about: About | undefined) => ({
  n: row.n,
  kind: row.kind,
  at: row.at,
  userName: row.user_name,
  sqlstate: row.sqlstate,
  message: row.message,
  subject: about?.subject ?? '',
  startLocal: about?.startLocal ?? null,
  money: about?.money ?? null,
});

const parkedByNumber = ({ store }: FeatureDeps) => {
  const parked = parkedWork(store).map(({ n, sqlstate, payload }) => ({
    n,
    sqlstate,
    changes: readPayload(payload).changes,
  }));
  return {
    dependents: dependentsAmong(parked),
    fixable: new Set(parked.filter(({ changes }) => isFixable(changes)).map(({ n }) => n)),
  };
};

const outbox = (deps: FeatureDeps): OutboxEntry[] => {
  const rows = pendingMutations(deps.store);
  const about = subjects(deps.store, rows);
  const { dependents, fixable } = parkedByNumber(deps);
  return rows.map((row, index) => ({
    ...workOf(row, about[index]),
    status: row.status,
    dependents: [...(dependents.get(row.n) ?? [])],
    fixable: fixable.has(row.n),
  }));
};

/** What was refused may be of a chart: then it is as closed as the chart is. */
const chartsOf = (
  deps: FeatureDeps,
  changes: readonly MutationChange[],
  user: Connection['user'],
): Result<null> => {
  for (const { tbl, pk, values } of changes) {
    const patientId = values.patient_id ?? findRow(deps.store, tbl, pk)?.patient_id;
    if (typeof patientId !== 'string') continue;
    const open = rowAccess(deps, tbl, patientId, user);
    if (!open.ok) return open;
  }
  return ok(null);
};

const parked = (deps: FeatureDeps, n: number, { user }: Connection): Result<ParkedDetails> => {
  const row = findParked(deps.store, n);
  if (row === undefined) return fail('not-found');
  const open = chartsOf(deps, readPayload(row.payload).changes, user);
  if (!open.ok) return open;
  const [about] = subjects(deps.store, [row]);
  return ok({
    ...workOf(row, about),
    rows: parkedRows(deps, readPayload(row.payload).changes),
    dependents: [...(parkedByNumber(deps).dependents.get(n) ?? [])],
  });
};

const history = ({ store }: FeatureDeps): DecidedWork[] => {
  const rows = decidedWork(store, 50);
  const about = subjects(store, rows);
  return rows.map((row, index) => ({
    ...workOf(row, about[index]),
    outcome: row.outcome,
    resentAs: row.resent_as,
    decidedAt: row.decided_at,
  }));
};

/**
 * The engine's status, which counts the tasks of this desk, with all else added that waits for a person here, and for how long
 * somebody may still sign in. A contact from before this start counts.
 */
export const wholeStatus = (
  { store, conflictsHere, limits }: Pick<SyncDeps, 'store' | 'conflictsHere' | 'limits'>,
  status: SyncStatus,
): SyncStatus => {
  if (!store.ready()) return status;
  const { at, daysAgo } = store.contact();
  return {
    ...status,
    tasks: status.tasks + tasksOfAnyDesk(store) + conflictsHere(),
    lastContact: status.lastContact ?? instant(at),
    signInDaysLeft: Math.max(0, Math.ceil(limits.offlineDays() - daysAgo)),
  };
};

const decided = (deps: FeatureDeps, done: boolean): Result<null> => {
  if (!done) return fail('not-found');
  deps.engine.wake();
  return ok(null);
};

const resend = (deps: FeatureDeps, input: Parsed<'sync.resend'>, { user }: Connection): Result<null> => {
  const row = input.corrections.length === 0 ? undefined : findParked(deps.store, input.n);
  const open = row === undefined ? ok(null) : chartsOf(deps, readPayload(row.payload).changes, user);
  if (!open.ok) return open;
  const corrections = correctionsOf(deps, input);
  if (!corrections.ok) return corrections;
  return decided(deps, deps.store.resend(input.n, corrections.value) !== null);
};

type Calls =
  | 'sync.status'
  | 'sync.outbox'
  | 'sync.parked'
  | 'sync.history'
  | 'sync.retry'
  | 'sync.verify'
  | 'sync.resend'
  | 'sync.withdraw';

/** How this workstation and the centre stand, and what a person can decide about it. */
export const syncHandlers = (deps: SyncDeps): Handlers<Calls> => ({
  'sync.status': () => ok(wholeStatus(deps, deps.engine.status())),
  'sync.outbox': () => ok(deps.store.ready() ? outbox(deps) : []),
  'sync.parked': ({ n }, connection) => parked(deps, n, connection),
  'sync.history': () => ok(deps.store.ready() ? history(deps) : []),
  'sync.retry': () => {
    deps.engine.wake();
    return ok(null);
  },
  'sync.verify': () => {
    if (!deps.store.ready()) return fail('not-ready');
    deps.engine.check();
    return ok(null);
  },
  'sync.resend': (input, connection) => resend(deps, input, connection),
  'sync.withdraw': ({ n }) => decided(deps, deps.store.withdraw(n)),
});
