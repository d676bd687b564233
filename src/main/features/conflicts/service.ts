import { rowAccess } from '#main/core/chart-access.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { ConflictView, SettledConflict } from '#shared/contract/conflicts.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import {
  type Conflict,
  canBeTakenBack,
  concerns,
  guardedColumns,
  isAboutSlot,
  mayDecide,
  needsDecision,
  type Resolution,
} from '#shared/domain/conflicts/conflict.ts';
import { type Decision, isStanding, type Settlement, settlementOf } from '#shared/domain/conflicts/settle.ts';
import { instant } from '#shared/kernel/clock.ts';
import { type AppError, fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RowOf, TableName } from '#shared/sync/catalogue.ts';
import type { Cells } from '#shared/sync/wire.ts';
import { forkSettled, type ReadConflict, readConflict } from './reading.ts';
import { findConflict, findRow, openConflicts, settledConflicts } from './repository.ts';
import { conflictViews, type Viewer } from './view.ts';

/** What waits for a person. */
const waiting = ({ store }: Pick<FeatureDeps, 'store'>): readonly ReadConflict[] =>
  openConflicts(store)
    .map((stored) => readConflict(store, stored))
    .filter(({ conflict }) => needsDecision(conflict));

/** What is in the chart of a patient is closed with it, whoever would decide. */
const chartOf = (
  deps: FeatureDeps,
  { stored, conflict }: ReadConflict,
  user: Connection['user'],
): Result<null> =>
  stored.patient_id === null ? ok(null) : rowAccess(deps, conflict.tbl, stored.patient_id, user);

const viewerOf = (deps: FeatureDeps, { user }: Connection): Viewer => ({
  granted: user?.permissions ?? [],
  isClosed: (one) => !chartOf(deps, one, user).ok,
});

const open = (deps: FeatureDeps, viewer: Viewer): ConflictView[] => [
  ...conflictViews(deps.store, waiting(deps).slice(0, 200), viewer).views,
];

const history = ({ store }: FeatureDeps, viewer: Viewer): SettledConflict[] => {
  const read = settledConflicts(store, 100)
    .map((stored) => readConflict(store, stored))
    .filter(({ conflict }) => isAboutSlot(conflict) || needsDecision(conflict));
  const { views, accounts } = conflictViews(store, read, viewer);
  return views.flatMap((view, index) => {
    const stored = read[index]?.stored;
    if (stored === undefined) return [];
    const resolution = (stored.resolution ?? 'superseded') as Resolution;
    const by = stored.resolved_by === null ? null : (accounts.get(stored.resolved_by) ?? null);
    return [{ ...view, resolution, resolvedAt: stored.resolved_at, resolvedBy: by }];
  });
};

const decisionOf = ({ resolution, typed }: Parsed<'conflicts.settle'>): Decision =>
  resolution === 'edited' ? { resolution, typed } : { resolution };

const refusalOf = (settlement: Extract<Settlement, { readonly ok: false }>): AppError => {
  if (settlement.error === 'invalid') return { code: 'invalid-input', fields: settlement.fields };
  return { code: settlement.error === 'not-by-value' ? 'not-permitted' : 'changed-meanwhile' };
};

const updateRow = (writer: LocalWriter, table: string, id: string, patch: Cells) => {
  const values = patch as Partial<Omit<RowOf<'patient'>, 'id'>>;
  if (Object.keys(patch).length > 0) writer.update(table as TableName as 'patient', id, values);
};

const decided = (resolution: Resolution | null, at: string, by: string | null) =>
  ({
    status: resolution === null ? 'open' : 'settled',
    resolution,
    resolved_at: resolution === null ? null : at,
    resolved_by: resolution === null ? null : by,
  }) as const;

/**
 * One of two versions is to hold: the other is taken back, never changed or removed, and stays to be read. Where the one chosen
 * was taken back by another's decision, its words follow the other as a new version, not signed yet.
 */
const letHold = (
  deps: FeatureDeps,
  writer: LocalWriter,
  { tbl, kept, attempted }: Conflict,
  resolution: 'kept' | 'attempted',
  at: string,
  by: string | null,
) => {
  const [chosen, other] = resolution === 'kept' ? [kept, attempted] : [attempted, kept];
  if (isStanding(chosen)) {
    if (isStanding(other))
      updateRow(writer, tbl, String(other.id), { voided_at: at, voided_by: by, void_reason: forkSettled });
    return;
  }
  const row = findRow(writer, tbl, String(chosen.id));
  if (row === undefined) return;
  const { row_version: _, ...words } = row;
  const again = {
    ...words,
    id: deps.newId(),
    parent_id: other.id,
    signed_at: null,
    created_at: at,
    created_by: by,
    ...{ voided_at: null, voided_by: null, void_reason: null },
    ...(tbl === 'composition' && { status: 'preliminary' }),
  };
  writer.insert(tbl as 'composition', again as RowOf<'composition'>);
};

const guarded = ({ conflict }: ReadConflict, row: Cells): Cells =>
  Object.fromEntries(guardedColumns(conflict).map((column) => [column, row[column] ?? null]));

/** The conflict when it is there and this person may decide it. */
const found = (deps: FeatureDeps, id: string, { user }: Connection): Result<ReadConflict> => {
  const stored = findConflict(deps.store, id);
  if (stored === undefined || user === null) return fail('not-found');
  const read = readConflict(deps.store, stored);
  if (!mayDecide(user.permissions, read.conflict)) return fail('not-permitted');
  const open = chartOf(deps, read, user);
  return open.ok ? ok(read) : open;
};

const settle = (
  deps: FeatureDeps,
  input: Parsed<'conflicts.settle'>,
  connection: Connection,
): Result<{ now: Record<string, string | number | null> }> => {
  const it = found(deps, input.id, connection);
  if (!it.ok) return it;
  const { conflict, row, rowId, settledTwice } = it.value;
  const { country, timeZone } = deps.home();
  const today = dayAt(deps.clock.now(), timeZone);
  const settlement = settlementOf(conflict, decisionOf(input), input.seen, {
    today,
    country,
    row: row ?? {},
  });
  if (!settlement.ok) return { ok: false, error: refusalOf(settlement) };
  if (row === undefined && (input.resolution !== 'kept' || conflict.kind === 'version'))
    return fail('not-found');
  const by = connection.user?.id ?? null;
  const at = instant(deps.clock.now());
  deps.store.mutate({ kind: 'conflict.settle', user: by }, (writer) => {
    if (conflict.kind !== 'version')
      updateRow(writer, conflict.tbl, rowId, row === undefined ? {} : settlement.row);
    else if (input.resolution !== 'edited') letHold(deps, writer, conflict, input.resolution, at, by);
    writer.update('conflict', input.id, decided(input.resolution, at, by));
    // What was settled twice now ends as this decision says.
    for (const inner of settledTwice) {
      const before = findConflict(writer, inner);
      const chosen = input.resolution === 'edited' ? 'edited' : twiceChosen(it.value, input.resolution);
      if (before !== undefined) writer.update('conflict', inner, decided(chosen, at, by));
    }
  });
  deps.engine.wake();
  return ok({ now: { ...guarded(it.value, { ...row, ...settlement.row }) } });
};

/** How the conflict that was settled twice ends when one of both decisions is chosen. */
const twiceChosen = ({ stored }: ReadConflict, resolution: 'kept' | 'attempted'): Resolution => {
  const side = JSON.parse(resolution === 'kept' ? stored.kept : stored.attempted) as Cells;
  return (side.resolution ?? 'superseded') as Resolution;
};

const reopen = (
  deps: FeatureDeps,
  { id, before, now }: Parsed<'conflicts.reopen'>,
  connection: Connection,
): Result<null> => {
  const it = found(deps, id, connection);
  if (!it.ok) return it;
  const { conflict, row, rowId } = it.value;
  if (conflict.status === 'open' || row === undefined) return fail('changed-meanwhile');
  if (!canBeTakenBack(conflict)) return fail('not-permitted');
  const columns = guardedColumns(conflict);
  if (columns.some((column) => (row[column] ?? null) !== (now[column] ?? null)))
    return fail('changed-meanwhile');
  const back = Object.fromEntries(
    columns.flatMap((column) => (column in before ? [[column, before[column] ?? null] as const] : [])),
  );
  const by = connection.user?.id ?? null;
  deps.store.mutate({ kind: 'conflict.reopen', user: by }, (writer) => {
    updateRow(writer, conflict.tbl, rowId, back);
    writer.update('conflict', id, decided(null, '', null));
  });
  deps.engine.wake();
  return ok(null);
};

type Calls = 'conflicts.open' | 'conflicts.history' | 'conflicts.settle' | 'conflicts.reopen';

/** What two desks did differently, and a person's decision about it. */
export const conflictHandlers = (deps: FeatureDeps): Handlers<Calls> => ({
  'conflicts.open': (_, connection) => ok(open(deps, viewerOf(deps, connection))),
  'conflicts.history': (_, connection) => ok(history(deps, viewerOf(deps, connection))),
  'conflicts.settle': (input, connection) => settle(deps, input, connection),
  'conflicts.reopen': (input, connection) => reopen(deps, input, connection),
});

/** How many conflicts this workstation tells its people of. */
export const conflictsHere = ({ store }: Pick<FeatureDeps, 'store'>): number =>
  waiting({ store }).filter(({ conflict }) => concerns(conflict, store.workstation()?.deviceId ?? null))
    .length;
