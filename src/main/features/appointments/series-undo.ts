import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Output } from '#shared/contract/contract.ts';
import { holdingStatuses } from '#shared/domain/appointments/status.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { StaffAccountId } from '#shared/kernel/ids.ts';
import { type AppError, fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { findPlace } from './placing.ts';
import { type AppointmentRow, findAppointment } from './repository.ts';
import { minutesOf } from './series-rows.ts';

const columns = [
  'status',
  'participant_status',
  'needs_rebooking',
  'practitioner_id',
  'location_id',
  'room_id',
  'start_at',
  'end_at',
  'start_local',
  'time_zone',
  'visit_type_id',
  'overbooked',
  'overbook_reason',
  'proposed_start_at',
  'cancel_reason',
  'stage_at',
  'series_id',
] as const satisfies readonly (keyof RowOf<'appointment'>)[];

type Columns = Pick<RowOf<'appointment'>, (typeof columns)[number]>;

const columnsOf = (row: AppointmentRow): Columns =>
  Object.fromEntries(columns.map((column) => [column, row[column]])) as unknown as Columns;

const isSame = (a: Columns, b: Columns): boolean => columns.every((column) => a[column] === b[column]);

type SeriesColumns = Pick<RowOf<'appointment_series'>, 'rule' | 'voided_at' | 'voided_by' | 'void_reason'>;

/** What somebody did with a series and can take back. */
export interface SeriesDoing {
  readonly user: StaffAccountId | null;
  /** In the order in which they were written; `before` is null of an appointment there was not. */
  readonly rows: readonly { readonly id: string; readonly before: Columns | null; readonly after: Columns }[];
  /** Series that were changed, as they were; null of one there was not. */
  readonly series: ReadonlyMap<string, SeriesColumns | null>;
}

/** Remembers rows as they are, to be compared and put back. */
export const remembered = (rows: readonly AppointmentRow[]): ReadonlyMap<string, Columns> =>
  new Map(rows.map((row) => [row.id, columnsOf(row)]));

/** More is not taken back in one day's work. */
const most = 200;

/** Kept here and not in an answer, so that an undo can only give what there was. */
export const createSeriesUndos = (newId: () => string) => {
  const doings = new Map<string, SeriesDoing>();
  return {
    remember: (doing: SeriesDoing): string => {
      const [oldest] = doings.keys();
      if (doings.size >= most && oldest !== undefined) doings.delete(oldest);
      const undo = newId();
      doings.set(undo, doing);
      return undo;
    },
    find: (undo: string): SeriesDoing | undefined => doings.get(undo),
    forget: (undo: string): void => void doings.delete(undo),
  };
};
export type SeriesUndos = ReturnType<typeof createSeriesUndos>;

const isHolding = ({ status, needs_rebooking }: Columns): boolean =>
  needs_rebooking === 0 && (holdingStatuses as readonly string[]).includes(status);

/** Whether each can be where it was: nobody has its time meanwhile. */
const canBeBack = (
  deps: FeatureDeps,
  rows: readonly { readonly row: AppointmentRow; readonly before: Columns | null }[],
): AppError | null => {
  const alongside = new Set(rows.map(({ row }) => row.id));
  for (const { row, before } of rows) {
    if (before === null || !isHolding(before)) continue;
    const place = findPlace(deps, {
      patientId: row.patient_id,
      practitionerId: before.practitioner_id,
      locationId: before.location_id,
      startLocal: before.start_local,
      minutes: minutesOf(before),
      visitTypeId: before.visit_type_id,
      overbook: before.overbooked === 1 ? (before.overbook_reason ?? '') : null,
      ownHold: null,
      itself: row.id,
      back: true,
      alongside,
    });
    if (!place.ok) return place.error;
  }
  return null;
};

/** See the contract. */
export const undoSeries = (
  deps: FeatureDeps,
  undos: SeriesUndos,
  undo: string,
  { user }: Connection,
): Result<Output<'series.undo'>> => {
  const doing = undos.find(undo);
  if (doing === undefined || doing.user !== (user?.id ?? null)) return fail('not-found');
  const rows = doing.rows.flatMap((one) => {
    const row = findAppointment(deps.store, one.id);
    return row === undefined ? [] : [{ ...one, row }];
  });
  const isAsLeft = rows.every(({ row, after }) => isSame(columnsOf(row), after));
  if (rows.length !== doing.rows.length || !isAsLeft) return fail('changed-meanwhile');
  const inTheWay = canBeBack(deps, rows);
  if (inTheWay !== null) return { ok: false, error: inTheWay };
  const at = instant(deps.clock.now());
  const by = user?.id ?? null;
  const taken = { voided_at: at, voided_by: by, void_reason: 'taken back' };
  const putBack = (writer: LocalWriter) => {
    for (const [id, before] of doing.series) writer.update('appointment_series', id, before ?? taken);
    // The other way round than it was done, so that at the centre none comes to where another still is.
    for (const { row, before } of rows.toReversed())
      writer.update('appointment', row.id, before ?? { status: 'cancelled', stage_at: at });
  };
  deps.store.mutate({ kind: 'series.undo', user: by }, putBack);
  deps.engine.wake();
  undos.forget(undo);
  const first = rows[0]?.row;
  const patientName = [first?.patient_family, first?.patient_given].filter(Boolean).join(' ');
  return ok({ patientName, count: rows.length });
};
