import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

/** Of each kind what is read of one person; nobody has more. */
const most = 200;

/** Verification statuses of what turned out not to be an allergy. */
const noAllergy = ['refuted', 'entered-in-error'];

/** Allergies that hold, explicit statements that there are none among them. */
export const allergiesOf = (
  reader: LocalReader,
  patientId: string,
): readonly LocalRowOf<'allergy_intolerance'>[] =>
  reader.all(
    localDb
      .selectFrom('allergy_intolerance')
      .selectAll()
      .where('patient_id', 'in', samePatient(patientId))
      .where('clinical_status', '=', 'active')
      .where('verification_status', 'not in', noAllergy)
      .where('voided_at', 'is', null)
      .orderBy('recorded_at')
      .limit(most),
  );

export const flagsOf = (reader: LocalReader, patientId: string): readonly LocalRowOf<'flag'>[] =>
  reader.all(
    localDb
      .selectFrom('flag')
      .selectAll()
      .where('patient_id', 'in', samePatient(patientId))
      .where('voided_at', 'is', null)
      .orderBy('created_at')
      .limit(most),
  );

export const findFlag = (reader: LocalReader, id: string): LocalRowOf<'flag'> | undefined =>
  reader.get(localDb.selectFrom('flag').selectAll().where('id', '=', id).where('voided_at', 'is', null));

/** The latest observations of one code under one record that were not corrected, at most `count`: read by the index in its order. */
export const latestOf = (
  reader: LocalReader,
  patientId: string,
  code: string,
  count: number,
): readonly LocalRowOf<'observation'>[] =>
  reader.all(
    localDb
      .selectFrom('observation as o')
      .selectAll('o')
      .where('o.patient_id', '=', patientId)
      .where('o.code', '=', code)
      .where('o.status', 'not in', ['entered-in-error', 'cancelled'])
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('observation as c').select('c.id').whereRef('c.corrects', '=', 'o.id'))),
      )
      .orderBy('o.effective_at', 'desc')
      .orderBy('o.id', 'desc')
      .limit(count),
  );

/** One patient that is not voided. */
export const findPatient = (reader: LocalReader, id: string): LocalRowOf<'patient'> | undefined =>
  reader.get(localDb.selectFrom('patient').selectAll().where('id', '=', id).where('voided_at', 'is', null));
