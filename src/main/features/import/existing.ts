import { sql } from 'kysely';
import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { fold } from '#shared/domain/patients/fold.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { importMrn } from './mapping.ts';
import type { Written } from './work.ts';

/** Which of `ids` (at most a few hundred) this workstation already has. */
export const existingIds = (
  store: LocalReader,
  kind: Written,
  ids: readonly string[],
): ReadonlySet<string> => {
  if (ids.length === 0) return new Set();
  const rows = store.all(localDb.selectFrom(kind).select('id').where('id', 'in', ids));
  return new Set(rows.map((row) => row.id));
};

type Named = Pick<RowOf<'patient'>, 'family' | 'given' | 'birth_date'>;

/** What two records of one person have in common: the folded name and the birth date; null without a birth date. */
export const likeness = (patient: Named): string | null =>
  patient.birth_date === null ? null : `${fold(patient.family)}|${fold(patient.given)}|${patient.birth_date}`;

/** Whether a patient of the same name and birth date is here. */
export const looksLikeExisting = (store: LocalReader, patient: Named): boolean => {
  const key = likeness(patient);
  if (key === null) return false;
  const born = localDb
    .selectFrom('patient')
    .select(['family', 'given', 'birth_date'])
    .where('birth_date', '=', patient.birth_date)
    .where('voided_at', 'is', null);
  return store.all(born).some((other) => likeness(other) === key);
};

/** A medical record number for an imported patient that no patient here has. */
export const freeMrn = (store: LocalReader, patientId: string): string => {
  for (let attempt = 0; ; attempt += 1) {
    const mrn = importMrn(patientId, attempt);
    const holder = localDb.selectFrom('patient').select('id').where(sql`mrn collate nocase`, '=', mrn);
    if (store.get(holder) === undefined) return mrn;
  }
};
