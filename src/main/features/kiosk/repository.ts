import { sql } from 'kysely';
import { goingOn } from '#main/data/local/merged.ts';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type AppointmentRow = LocalRowOf<'appointment'>;

const standing = localDb.selectFrom('patient').selectAll().where('voided_at', 'is', null);

/** Whose record number it is: the record that goes on, where the one on the card was merged into another. */
export const personOfNumber = (reader: LocalReader, mrn: string): LocalRowOf<'patient'> | undefined => {
  // The index of numbers knows no case.
  const row = reader.get(standing.where(sql<boolean>`mrn = ${mrn} COLLATE NOCASE`));
  if (row === undefined || row.merged_into === null) return row;
  const root = goingOn(reader, [row.id]).get(row.id);
  return root === undefined ? undefined : reader.get(standing.where('id', '=', root));
};

/** What a person has on a day, at one site or at any; nobody has more than a few. */
export const appointmentsOn = (
  reader: LocalReader,
  patientId: string,
  date: string,
  siteId: string | null,
): readonly AppointmentRow[] => {
  const query = localDb
    .selectFrom('appointment')
    .selectAll()
    .where('patient_id', 'in', samePatient(patientId))
    // Instants that contain the day in every zone on earth, for the index; the wall times say which are of it.
    .where('start_at', '>=', `${addDays(date, -1)}T00:00:00.000Z`)
    .where('start_at', '<', `${addDays(date, 2)}T00:00:00.000Z`)
    .where('start_local', '>=', `${date}T00:00`)
    .where('start_local', '<=', `${date}T23:59`)
    .where('voided_at', 'is', null)
    .orderBy('start_at')
    .limit(20);
  return reader.all(siteId === null ? query : query.where(sql<boolean>`+location_id = ${siteId}`));
};
