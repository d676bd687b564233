import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type EncounterRow = LocalRowOf<'encounter'>;

/** Where a page ends. */
export interface Place {
  readonly at: string;
  readonly id: string;
}

const standing = localDb.selectFrom('encounter').selectAll().where('voided_at', 'is', null);

/** One encounter that is not voided. */
export const findEncounter = (reader: LocalReader, id: string): EncounterRow | undefined =>
  reader.get(standing.where('id', '=', id));

/** Encounters of a person, under any record, that began before `after`, the latest first. */
export const encountersOf = (
  reader: LocalReader,
  patientId: string,
  after: Place | null,
  limit: number,
): readonly EncounterRow[] => {
  const all = standing.where('patient_id', 'in', samePatient(patientId));
  const query =
    after === null
      ? all
      : all
          // By itself it narrows the range of the index.
          .where('start_at', '<=', after.at)
          .where((eb) =>
            eb.or([
              eb('start_at', '<', after.at),
              eb.and([eb('start_at', '=', after.at), eb('id', '<', after.id)]),
            ]),
          );
  return reader.all(query.orderBy('start_at', 'desc').orderBy('id', 'desc').limit(limit));
};
