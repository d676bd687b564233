import { sql } from 'kysely';
import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { callCode, stepCodes } from '#shared/domain/appointments/task-codes.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';
import { type AppointmentRow, shown } from '../repository.ts';

/** More are not told by one desk; it bounds what one call can ask of memory. */
const most = 500;

/** Appointments whose patient must be told of another time or of none, which begin at or after an instant, soonest first. */
export const appointmentsToTell = (reader: LocalReader, from: string): readonly AppointmentRow[] =>
  reader.all<AppointmentRow>(
    shown
      // Written out, so that SQLite sees that the partial index fits without looking at what is bound.
      .where(sql<boolean>`a.patient_status = 'needs-action'`)
      .where('a.start_at', '>=', from)
      .where('a.status', 'in', ['proposed', 'pending', 'booked', 'cancelled'])
      .orderBy('a.start_at')
      .limit(most),
  );

/** What was done about appointments that had to be told of: attempts to call, and what changes of many did, oldest first. */
export const tasksAbout = (
  reader: LocalReader,
  appointmentIds: readonly string[],
): readonly LocalRowOf<'task'>[] =>
  appointmentIds.length === 0
    ? []
    : reader.all(
        localDb
          .selectFrom('task')
          .selectAll()
          .where('appointment_id', 'in', [...appointmentIds])
          .where('code', 'in', [callCode, ...stepCodes])
          .orderBy('created_at')
          .limit(5000),
      );

/** Further telephone numbers of patients, by patient. */
export const phonesOf = (
  reader: LocalReader,
  patientIds: readonly string[],
): ReadonlyMap<string, readonly string[]> => {
  if (patientIds.length === 0) return new Map();
  const rows = reader.all(
    localDb
      .selectFrom('patient_telecom')
      .select(['patient_id', 'value'])
      .where('patient_id', 'in', [...patientIds])
      .where('system', 'in', ['phone', 'sms'])
      .where(sql<boolean>`"use" is not 'old'`)
      .where('voided_at', 'is', null)
      .orderBy('id')
      .limit(5000),
  );
  return new Map(
    [...Map.groupBy(rows, (row) => row.patient_id)].map(([id, some]) => [id, some.map(({ value }) => value)]),
  );
};
