import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type AllergyRow = LocalRowOf<'allergy_intolerance'>;

/** Nobody has more; it bounds what is read. */
const most = 300;

/** All that was not withdrawn, of any record of the patient. */
export const allergiesOf = (reader: LocalReader, patientId: string): readonly AllergyRow[] =>
  reader.all(
    localDb
      .selectFrom('allergy_intolerance')
      .selectAll()
      .where('patient_id', 'in', samePatient(patientId))
      .where('voided_at', 'is', null)
      .orderBy('recorded_at', 'desc')
      .orderBy('id')
      .limit(most),
  );

export const findAllergy = (reader: LocalReader, id: string): AllergyRow | undefined =>
  reader.get(
    localDb.selectFrom('allergy_intolerance').selectAll().where('id', '=', id).where('voided_at', 'is', null),
  );

/** A patient that is not voided. */
export const patientStands = (reader: LocalReader, id: string): boolean =>
  reader.get(
    localDb.selectFrom('patient').select('id').where('id', '=', id).where('voided_at', 'is', null),
  ) !== undefined;
