import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader, LocalRowOf } from '#main/data/local/store.ts';

/** Of each kind what is read of one person; nobody has more. */
const most = 500;

/** The data set that holds; where two desks made one active each, the one imported last. */
export const activeDataset = (reader: LocalReader): LocalRowOf<'safety_dataset'> | undefined =>
  reader.get(
    localDb
      .selectFrom('safety_dataset')
      .selectAll()
      .where('status', '=', 'active')
      .orderBy('imported_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1),
  );

export const factCount = (reader: LocalReader, datasetId: string): number =>
  reader.get(
    localDb
      .selectFrom('safety_fact')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('dataset_id', '=', datasetId),
  )?.count ?? 0;

export const factsOf = (reader: LocalReader, datasetId: string): readonly LocalRowOf<'safety_fact'>[] =>
  reader.all(
    localDb
      .selectFrom('safety_fact')
      .selectAll()
      .where('dataset_id', '=', datasetId)
      .orderBy('kind')
      .orderBy('subject')
      .orderBy('id'),
  );

export const findPatient = (reader: LocalReader, id: string): LocalRowOf<'patient'> | undefined =>
  reader.get(localDb.selectFrom('patient').selectAll().where('id', '=', id).where('voided_at', 'is', null));

/** What was stated of allergies and holds or held, explicit statements that there are none among them. */
export const allergiesOf = (
  reader: LocalReader,
  patientId: string,
): readonly LocalRowOf<'allergy_intolerance'>[] =>
  reader.all(
    localDb
      .selectFrom('allergy_intolerance')
      .selectAll()
      .where('patient_id', 'in', samePatient(patientId))
      .where('verification_status', 'not in', ['refuted', 'entered-in-error'])
      .where('voided_at', 'is', null)
      .orderBy('recorded_at')
      .limit(most),
  );

/** Every version of every prescription that may hold: which do is told from their parents. */
export const prescriptionsOf = (
  reader: LocalReader,
  patientId: string,
): readonly LocalRowOf<'medication_request'>[] =>
  reader.all(
    localDb
      .selectFrom('medication_request')
      .selectAll()
      .where('patient_id', 'in', samePatient(patientId))
      .orderBy('created_at', 'desc')
      .limit(5000),
  );

export const medicinesById = (
  reader: LocalReader,
  ids: readonly string[],
): readonly LocalRowOf<'medicine'>[] =>
  ids.length === 0 ? [] : reader.all(localDb.selectFrom('medicine').selectAll().where('id', 'in', ids));

/** The latest observations of one code that were not corrected. */
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
      .where('o.patient_id', 'in', samePatient(patientId))
      .where('o.code', '=', code)
      .where('o.status', 'not in', ['entered-in-error', 'cancelled'])
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('observation as c').select('c.id').whereRef('c.corrects', '=', 'o.id'))),
      )
      .orderBy('o.effective_at', 'desc')
      .orderBy('o.id', 'desc')
      .limit(count),
  );
