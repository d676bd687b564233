import { sql } from 'kysely';
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

export const datasets = (reader: LocalReader): readonly LocalRowOf<'safety_dataset'>[] =>
  (['active', 'importing', 'superseded'] as const).flatMap((status) =>
    reader.all(
      localDb
        .selectFrom('safety_dataset')
        .selectAll()
        .where('status', '=', status)
        .orderBy('imported_at', 'desc')
        .limit(50),
    ),
  );

export const findDataset = (reader: LocalReader, id: string): LocalRowOf<'safety_dataset'> | undefined =>
  reader.get(localDb.selectFrom('safety_dataset').selectAll().where('id', '=', id));

/** How many facts of a data set say that somebody compared them with a source. */
export const checkedCount = (reader: LocalReader, datasetId: string): number =>
  reader.get(
    localDb
      .selectFrom('safety_fact')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('dataset_id', '=', datasetId)
      .where(sql<boolean>`json_extract(data, '$.checked.on') IS NOT NULL`),
  )?.count ?? 0;

/** How many facts of each kind a data set has here. */
export const factKindsOf = (
  reader: LocalReader,
  datasetId: string,
): readonly { readonly kind: string; readonly count: number }[] =>
  reader.all(
    localDb
      .selectFrom('safety_fact')
      .select(({ fn }) => ['kind', fn.countAll<number>().as('count')])
      .where('dataset_id', '=', datasetId)
      .groupBy('kind'),
  );

export const manifestOf = (reader: LocalReader, datasetId: string, kind: string): string | undefined =>
  reader.get(
    localDb
      .selectFrom('safety_fact')
      .select('data')
      .where('dataset_id', '=', datasetId)
      .where('kind', '=', kind)
      .limit(1),
  )?.data;

export interface OverrideFilter {
  readonly practitionerId: string | null;
  /** Instants: from the first, before the second. */
  readonly from: string | null;
  readonly until: string | null;
  readonly before: { readonly at: string; readonly id: string } | null;
}

/** What was overridden, the latest first. */
export const overridesOf = (
  reader: LocalReader,
  { practitionerId, from, until, before }: OverrideFilter,
  limit: number,
): readonly LocalRowOf<'detected_issue'>[] =>
  reader.all(
    localDb
      .selectFrom('detected_issue')
      .selectAll()
      // A literal, so that the index of overridden ones serves.
      .where(sql<boolean>`outcome = 'overridden'`)
      .$if(practitionerId !== null, (query) => query.where('practitioner_id', '=', practitionerId))
      .$if(from !== null, (query) => query.where('recorded_at', '>=', from ?? ''))
      .$if(until !== null, (query) => query.where('recorded_at', '<', until ?? ''))
      .$if(before !== null, (query) =>
        query
          .where('recorded_at', '<=', before?.at ?? '')
          .where((eb) => eb.or([eb('recorded_at', '<', before?.at ?? ''), eb('id', '<', before?.id ?? '')])),
      )
      .orderBy('recorded_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit),
  );

export const prescriptionNames = (reader: LocalReader, ids: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    ids.length === 0
      ? []
      : reader
          .all(localDb.selectFrom('medication_request').select(['id', 'medication']).where('id', 'in', ids))
          .map(({ id, medication }) => [id, medication]),
  );

export const patientMrns = (reader: LocalReader, ids: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    ids.length === 0
      ? []
      : reader
          .all(localDb.selectFrom('patient').select(['id', 'mrn']).where('id', 'in', ids))
          .map(({ id, mrn }) => [id, mrn]),
  );
