import { localDb } from '#main/data/local/query.ts';
import { recordsOf, samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type Observation = LocalRowOf<'observation'>;

/** What was observed and all that corrected it, the latest last. */
export type Versions = readonly [Observation, ...Observation[]];

/** Nobody corrects one value so often; it bounds what is read. */
const mostCorrections = 20;

interface Asked {
  /** A moment, or null for all. */
  readonly before: string | null;
  readonly limit: number;
}

/** What was first written of one code under one record, the newest first: read by the index in its order, however much there is. */
export const observedUnder = (
  reader: LocalReader,
  recordId: string,
  code: string,
  { before, limit }: Asked,
): readonly Observation[] => {
  let query = localDb
    .selectFrom('observation')
    .selectAll()
    .where('patient_id', '=', recordId)
    .where('code', '=', code)
    .where('corrects', 'is', null);
  if (before !== null) query = query.where('effective_at', '<', before);
  return reader.all(
    query.orderBy('effective_at', 'desc').orderBy('recorded_at', 'desc').orderBy('id', 'desc').limit(limit),
  );
};

const descending = (a: string, b: string): number => (a < b ? 1 : a > b ? -1 : 0);
const newestFirst = (a: Observation, b: Observation): number =>
  descending(a.effective_at, b.effective_at) ||
  descending(a.recorded_at, b.recorded_at) ||
  descending(a.id, b.id);

/** What was first written of one code under all records of a person, the newest first, `before` a moment or all. */
export const observed = (
  reader: LocalReader,
  patientId: string,
  code: string,
  asked: Asked,
): readonly Observation[] =>
  [...recordsOf(reader, patientId)]
    .flatMap((recordId) => observedUnder(reader, recordId, code, asked))
    .toSorted(newestFirst)
    .slice(0, asked.limit);

/** The first moment from `at` on at which nothing of a person was observed: what is taken together shares its moment. */
export const freeMoment = (reader: LocalReader, patientId: string, at: number): string => {
  const instant = new Date(at).toISOString();
  const other = reader.get(
    localDb
      .selectFrom('observation')
      .select('id')
      .where('patient_id', 'in', samePatient(patientId))
      .where('effective_at', '=', instant)
      .limit(1),
  );
  return other === undefined ? instant : freeMoment(reader, patientId, at + 1);
};

/** Rows that correct one of `ids`. */
export const correcting = (reader: LocalReader, ids: readonly string[]): readonly Observation[] =>
  ids.length === 0
    ? []
    : reader.all(
        localDb.selectFrom('observation').selectAll().where('corrects', 'in', ids).orderBy('recorded_at'),
      );

/** With each of `first` what was written in its place since. */
export const withCorrections = (reader: LocalReader, first: readonly Observation[]): readonly Versions[] => {
  const root = new Map(first.map(({ id }) => [id, id]));
  const later = new Map<string, Observation[]>();
  let ids = first.map(({ id }) => id);
  for (let step = 0; ids.length > 0 && step < mostCorrections; step += 1) {
    const rows = correcting(reader, ids).filter(({ id }) => !root.has(id));
    for (const row of rows) {
      const of = root.get(row.corrects ?? '') ?? row.id;
      root.set(row.id, of);
      later.set(of, [...(later.get(of) ?? []), row]);
    }
    ids = rows.map(({ id }) => id);
  }
  return first.map((row) => {
    const since = (later.get(row.id) ?? []).toSorted((a, b) => a.recorded_at.localeCompare(b.recorded_at));
    return [row, ...since];
  });
};

export const findObservation = (reader: LocalReader, id: string): Observation | undefined =>
  reader.get(localDb.selectFrom('observation').selectAll().where('id', '=', id));

/** The versions of the value a row belongs to. */
export const versionsOf = (reader: LocalReader, row: Observation): Versions => {
  let first = row;
  for (let step = 0; first.corrects !== null && step < mostCorrections; step += 1) {
    const before = findObservation(reader, first.corrects);
    if (before === undefined) break;
    first = before;
  }
  return withCorrections(reader, [first])[0] ?? [first];
};

/** Who somebody is, as far as it decides what is normal. */
export const personOf = (
  reader: LocalReader,
  id: string,
): { readonly birthDate: string | null; readonly gender: string } | undefined =>
  reader.get(
    localDb
      .selectFrom('patient')
      .select(['birth_date as birthDate', 'gender'])
      .where('id', '=', id)
      .where('voided_at', 'is', null),
  );

export const preferenceOf = (reader: LocalReader, id: string): string | undefined =>
  reader.get(localDb.selectFrom('preference').select('value').where('id', '=', id))?.value;
