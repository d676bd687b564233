import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type ProblemRow = LocalRowOf<'condition'>;

/** An import may bring many findings of one person; it bounds what is read. */
const most = 1000;

/** All that was not withdrawn, of any record of the patient. */
export const problemsOf = (reader: LocalReader, patientId: string): readonly ProblemRow[] =>
  reader.all(
    localDb
      .selectFrom('condition')
      .selectAll()
      .where('patient_id', 'in', samePatient(patientId))
      .where('voided_at', 'is', null)
      .where('verification_status', '!=', 'entered-in-error')
      .orderBy('recorded_at', 'desc')
      .limit(most),
  );

/** Codes that an edition of their system no longer has, of some ids of concepts. */
export const retiredAmong = (
  reader: LocalReader,
  ids: readonly string[],
): readonly Pick<LocalRowOf<'concept'>, 'id' | 'edition'>[] =>
  ids.length === 0
    ? []
    : reader.all(
        localDb
          .selectFrom('concept')
          .select(['id', 'edition'])
          .where('id', 'in', ids)
          .where('active', '=', 0),
      );

export const findProblem = (reader: LocalReader, id: string): ProblemRow | undefined =>
  reader.get(localDb.selectFrom('condition').selectAll().where('id', '=', id).where('voided_at', 'is', null));

/** The birth date of a patient that is not voided; undefined when there is none of that id. */
export const birthDateOf = (
  reader: LocalReader,
  id: string,
): { readonly birthDate: string | null } | undefined =>
  reader.get(
    localDb
      .selectFrom('patient')
      .select('birth_date as birthDate')
      .where('id', '=', id)
      .where('voided_at', 'is', null),
  );
