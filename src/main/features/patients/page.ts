import { sql } from 'kysely';
import type { FeatureDeps } from '#main/core/deps.ts';
import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import type { PatientRow } from './repository.ts';
import { patientSummaries } from './view.ts';

type Sought = Pick<Parsed<'patients.page'>, 'mrn' | 'birthDate' | 'locationId' | 'after'>;

/** Patients looked through for one page, where no index answers what is sought. */
const mostLookedAt = 5000;

const registered = localDb
  .selectFrom('patient')
  .where('voided_at', 'is', null)
  .where('merged_into', 'is', null);

/** The id of the last patient that is looked at for a page after `after`; undefined where there are fewer. */
export const lastLookedAt = (reader: LocalReader, after: string | null, most: number): string | undefined =>
  reader.get(
    localDb
      .selectFrom('patient')
      .select('id')
      .where('id', '>', after ?? '')
      .orderBy('id')
      .limit(1)
      .offset(most - 1),
  )?.id;

/** Patients that fit in the order of their ids, which is that of their registration, none beyond `last`. */
export const registeredAfter = (
  reader: LocalReader,
  { mrn, birthDate, locationId, after }: Sought,
  last: string | undefined,
  limit: number,
): readonly PatientRow[] => {
  let query = registered.where('id', '>', after ?? '');
  // The index is NOCASE.
  if (mrn !== null) query = query.where(sql<boolean>`mrn collate nocase = ${mrn}`);
  if (birthDate !== null) query = query.where('birth_date', '=', birthDate);
  if (locationId !== null) query = query.where('location_id', '=', locationId);
  if (last !== undefined) query = query.where('id', '<=', last);
  return reader.all(query.selectAll().orderBy('id').limit(limit));
};

/** See the contract. */
export const patientsPage = (
  { store }: FeatureDeps,
  { limit, ...sought }: Parsed<'patients.page'>,
): Output<'patients.page'> => {
  const isIndexed = sought.mrn !== null || sought.birthDate !== null || sought.locationId === null;
  const last = isIndexed ? undefined : lastLookedAt(store, sought.after, mostLookedAt);
  const found = registeredAfter(store, sought, last, limit + 1);
  const rows = found.slice(0, limit);
  const next = found.length > limit ? rows.at(-1)?.id : last;
  return { patients: patientSummaries(store, rows), next: (next ?? null) as PatientId | null };
};
