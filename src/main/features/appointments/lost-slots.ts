import { accountNames, idsIn, practitionerNames } from '#main/data/local/names.ts';
import type { LocalReader, LocalWriter } from '#main/data/local/store.ts';
import type { AppointmentView, RebookingTask } from '#shared/contract/appointments.ts';
import { isAboutSlot, type Resolution } from '#shared/domain/conflicts/conflict.ts';
import type { PractitionerId } from '#shared/kernel/ids.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';
import type { Cells } from '#shared/sync/wire.ts';
import { conflictsAbout } from './repository.ts';

type ConflictRow = LocalRowOf<'conflict'>;

const attemptedIn = (row: ConflictRow): Cells => JSON.parse(row.attempted) as Cells;

const isLostSlot = (row: ConflictRow): boolean =>
  isAboutSlot({
    kind: row.kind as 'field' | 'slot' | 'version',
    tbl: row.tbl,
    attempted: attemptedIn(row),
  });

const wantedOf = (
  appointment: AppointmentView,
  attempted: Cells,
  names: ReadonlyMap<string, string>,
): RebookingTask['wanted'] => {
  const text = (column: string, otherwise: string) => {
    const value = attempted[column];
    return typeof value === 'string' ? value : otherwise;
  };
  const practitionerId = text('practitioner_id', appointment.practitionerId);
  return {
    practitionerId: practitionerId as PractitionerId,
    practitionerName: names.get(practitionerId) ?? appointment.practitionerName,
    startAt: text('start_at', appointment.startAt),
    startLocal: text('start_local', appointment.startLocal),
  };
};

/** What the conflicts tell of tasks: the time that was asked for and who was first. One question for the whole list. */
export const lostSlots = (
  reader: LocalReader,
  tasks: readonly { readonly created_at: string; readonly appointment: AppointmentView }[],
): readonly Pick<RebookingTask, 'wanted' | 'winner'>[] => {
  const rows = conflictsAbout(reader, [...new Set(tasks.map(({ appointment }) => appointment.id))]);
  const lost = Map.groupBy(rows.filter(isLostSlot), (row) => row.row_id);
  const accounts = accountNames(reader, idsIn(rows.map((row) => row.kept_by)));
  const doctors = rows.map((row) => attemptedIn(row).practitioner_id);
  const names = practitionerNames(reader, idsIn(doctors.map((id) => (typeof id === 'string' ? id : null))));
  return tasks.map(({ created_at, appointment }) => {
    const of = lost.get(appointment.id) ?? [];
    // The centre writes a task and its conflict in one transaction, so at one time.
    const conflict =
      of.find((row) => row.created_at === created_at) ?? of.find((row) => row.status === 'open');
    if (conflict === undefined) return { wanted: wantedOf(appointment, {}, names), winner: null };
    const { kept_by, kept_at, kept_device_name } = conflict;
    const by = kept_by === null ? null : (accounts.get(kept_by) ?? null);
    return {
      wanted: wantedOf(appointment, attemptedIn(conflict), names),
      winner: { by, at: kept_at, device: kept_device_name },
    };
  });
};

/** What is decided about an appointment's time ends the open conflicts about it: nobody need decide it once more. */
export const settleLostSlots = (
  writer: LocalWriter,
  appointmentId: string,
  {
    resolution,
    at,
    by,
  }: { readonly resolution: Resolution; readonly at: string; readonly by: string | null },
): void => {
  const rows = conflictsAbout(writer, [appointmentId]);
  for (const row of rows.filter((one) => one.status === 'open' && isLostSlot(one)))
    writer.update('conflict', row.id, { status: 'settled', resolution, resolved_at: at, resolved_by: by });
};
