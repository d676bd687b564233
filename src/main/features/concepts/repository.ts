import { sql } from 'kysely';
import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type ConceptRow = LocalRowOf<'concept'>;

/** How many candidates are ranked for one answer, however many match. */
const pool = 200;

export const conceptsByIds = (reader: LocalReader, ids: readonly string[]): readonly ConceptRow[] =>
  ids.length === 0 ? [] : reader.all(localDb.selectFrom('concept').selectAll().where('id', 'in', ids));

/** Codes that begin so, in their order. */
export const byCode = (reader: LocalReader, start: string, limit: number): readonly ConceptRow[] =>
  reader.all(
    localDb
      .selectFrom('concept')
      .selectAll()
      .where('code', '>=', start)
      // What comes after every sign a code is made of.
      .where('code', '<', `${start}~`)
      .where('active', '=', 1)
      .orderBy('code')
      .limit(limit),
  );

/** Codes whose title has words that begin so. The full-text index stops at the pool. */
export const byWords = (reader: LocalReader, words: readonly string[]): readonly ConceptRow[] => {
  const match = words.map((word) => `"${word.replaceAll('"', '')}" *`).join(' AND ');
  const query = sql<ConceptRow>`SELECT c.* FROM concept_fts f CROSS JOIN concept c ON c.rowid = f.rowid
    WHERE concept_fts MATCH ${match} AND c.active = 1 LIMIT ${pool}`;
  return reader.all<ConceptRow>({ compile: () => query.compile(localDb) });
};

/** The systems there are codes of, by walking from one to the next: the index is not read through. */
export const systemsHere = (reader: LocalReader): readonly string[] => {
  const query = sql<{ readonly system: string }>`WITH RECURSIVE path (system) AS (
      SELECT min(code_system) FROM concept
      UNION ALL SELECT (SELECT min(c.code_system) FROM concept c WHERE c.code_system > path.system)
        FROM path WHERE path.system IS NOT NULL
    ) SELECT system FROM path WHERE system IS NOT NULL`;
  return reader
    .all<{ readonly system: string }>({ compile: () => query.compile(localDb) })
    .map(({ system }) => system);
};

/** How many codes of a system are offered, or are no longer. */
export const countOf = (reader: LocalReader, system: string, active: 0 | 1): number =>
  Number(
    reader.get(
      localDb
        .selectFrom('concept')
        .select(({ fn }) => fn.countAll().as('n'))
        .where('code_system', '=', system)
        .where('active', '=', active),
    )?.n ?? 0,
  );

/** The next codes of a system that are offered, in their order. */
export const offeredAfter = (
  reader: LocalReader,
  system: string,
  after: string,
  limit: number,
): readonly ConceptRow[] =>
  reader.all(
    localDb
      .selectFrom('concept')
      .selectAll()
      .where('code_system', '=', system)
      .where('code', '>', after)
      .where('active', '=', 1)
      .orderBy('code')
      .limit(limit),
  );

/** An edition that codes of a system are of. */
export const editionOf = (reader: LocalReader, system: string): string | null =>
  reader.get(
    localDb
      .selectFrom('concept')
      .select('edition')
      .where('code_system', '=', system)
      .orderBy('code', 'desc')
      .limit(1),
  )?.edition ?? null;
