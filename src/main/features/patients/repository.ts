import { sql } from 'kysely';
import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type PatientRow = LocalRowOf<'patient'>;

const standing = localDb.selectFrom('patient').selectAll().where('voided_at', 'is', null);

/** One patient that is not voided. */
export const findPatient = (reader: LocalReader, id: string): PatientRow | undefined =>
  reader.get(standing.where('id', '=', id));

/** Patients in the order of their ids; one that is voided or not here is left out. */
export const patientsById = (reader: LocalReader, ids: readonly string[]): readonly PatientRow[] => {
  if (ids.length === 0) return [];
  const wanted = sql<{ readonly id: string }>`(SELECT value AS id FROM json_each(${JSON.stringify(ids)}))`;
  // A cross join looks each id up, however few patients there were when SQLite last counted them.
  const found = reader.all(
    localDb
      .selectFrom(wanted.as('w'))
      .crossJoin('patient as p')
      .whereRef('p.id', '=', 'w.id')
      .where('p.voided_at', 'is', null)
      .selectAll('p'),
  );
  const rows = new Map(found.map((row) => [row.id, row]));
  return ids.flatMap((id) => rows.get(id) ?? []);
};

/** Patients an account opened, the latest first; its last 300 openings are looked at. */
export const recentPatients = (
  reader: LocalReader,
  accountId: string,
  limit: number,
): readonly PatientRow[] => {
  const opened = reader.all(
    localDb
      .selectFrom('audit_event')
      .select('entity_id')
      .where('account_id', '=', accountId)
      .where('entity_table', '=', 'patient')
      .orderBy('recorded_at', 'desc')
      .limit(300),
  );
  const ids = [...new Set(opened.flatMap(({ entity_id }) => (entity_id === null ? [] : [entity_id])))];
  return patientsById(reader, ids.slice(0, limit));
};

/** The greatest MRN from `first` up to, not including, `end`, of patients here and of registrations the centre refused, withdrawn or not: a card may have been given out. */
export const greatestMrn = (reader: LocalReader, first: string, end: string): string | null => {
  const here = reader.get(
    localDb
      .selectFrom('patient')
      .select('mrn')
      // The index is NOCASE.
      .where(sql<boolean>`mrn collate nocase >= ${first} and mrn collate nocase < ${end}`)
      .orderBy(sql`mrn collate nocase`, 'desc')
      .limit(1),
  )?.mrn;
  const registered = sql<string | null>`json_extract(payload, '$.changes[0].values.mrn')`.as('mrn');
  const parked = reader.all(
    localDb
      .selectFrom('outbox')
      .select(registered)
      .where('status', '=', 'parked')
      .where('kind', '=', 'patient.register')
      .limit(1000),
  );
  const decided = reader.all(
    localDb
      .selectFrom('outbox_history')
      .select(registered)
      .where('kind', '=', 'patient.register')
      // The latest give the greatest numbers; older ones have followers among the patients here.
      .where('n', '>', sql<number>`(SELECT max(n) - 1000 FROM outbox_history)`)
      .orderBy('n', 'desc'),
  );
  const inBlock = [here, ...[...parked, ...decided].map(({ mrn }) => mrn)].filter(
    (mrn) => typeof mrn === 'string' && mrn >= first && mrn < end,
  );
  return (inBlock as string[]).toSorted().at(-1) ?? null;
};
