import type { LocalContext } from './context.ts';
import { readState, writeState } from './state.ts';

/** What a patient costs there, in entries of an ordinary index. */
const fullTextWeight = 6;

/** The full-text index, a piece at a time; false when every patient is in it. */
const indexNames = ({ statements }: LocalContext, after: string | null, atOnce: number): boolean => {
  const from = Number(after ?? 0);
  const last = statements.get<{ last: number | null }>(
    'SELECT max(rowid) AS last FROM (SELECT rowid FROM patient WHERE rowid > ? ORDER BY rowid LIMIT ?)',
    from,
    atOnce,
  )?.last;
  if (last === null || last === undefined) return false;
  statements.run(
    `INSERT INTO patient_fts (rowid, family, given)
      SELECT row, family, given FROM patient_name WHERE row > ? AND row <= ?`,
    from,
    last,
  );
  writeState(statements, { boot_after: String(last) });
  return true;
};

const rowsOf = ({ statements }: LocalContext, table: string): number =>
  statements.get<{ n: number | null }>(`SELECT max(rowid) AS n FROM ${table}`)?.n ?? 0;

interface Aside {
  readonly name: string;
  readonly statement: string;
}

/** Ordinary indexes that are still to be built, with the rows that go into each, as far as that can be told quickly. */
const indexesAside = (context: LocalContext): readonly (Aside & { readonly rows: number })[] => {
  const aside = context.statements.all<Aside>(
    'SELECT name, statement FROM deferred_schema WHERE position = 1 ORDER BY name',
  );
  const known = new Map<string, number>();
  return aside.map((one) => {
    const table = /\bON (\w+)/.exec(one.statement)?.[1];
    if (table === undefined) return { ...one, rows: 0 };
    const rows = known.get(table) ?? rowsOf(context, table);
    known.set(table, rows);
    return { ...one, rows };
  });
};

/** The next indexes: one of a large table, or as many as come to `entries` together; false when there is none left. */
const buildIndexes = (context: LocalContext, entries: number): boolean => {
  let built = 0; // With one for each index: empty ones are work too.
  for (const { name, statement, rows } of indexesAside(context)) {
    if (built > 0 && built + rows > entries) break;
    context.db.exec(statement);
    context.statements.run('DELETE FROM deferred_schema WHERE name = ?', name);
    built += rows + 1;
  }
  return built > 0;
};

/** Does the next piece of building what was put aside; false when there is nothing left. */
export const indexNext = (context: LocalContext, names: number): boolean => {
  const { statements, transaction, db } = context;
  return transaction(() => {
    const { phase, boot_after } = readState(statements);
    if (phase !== 'indexing') return false;
    if (buildIndexes(context, names * fullTextWeight)) return true;
    if (indexNames(context, boot_after, names)) return true;
    for (const { statement } of statements.all<{ statement: string }>(
      'SELECT statement FROM deferred_schema ORDER BY position, name',
    )) {
      db.exec(statement);
    }
    // Codes come with the history, unless the copy was one of everything at once.
    db.exec('INSERT INTO concept_fts (rowid, display) SELECT rowid, display FROM concept');
    db.exec('INSERT INTO medicine_fts (rowid, words) SELECT row, words FROM medicine_words');
    db.exec(
      'INSERT INTO waiting_report (id, requester_id, recorded_at) SELECT id, requester_id, recorded_at FROM unread_report',
    );
    statements.run('DELETE FROM deferred_schema');
    writeState(statements, { phase: 'catching-up', boot_after: null });
    return true;
  });
};

/** Entries that are still to be put into an index, as far as that can be told quickly. */
export const indexWork = (context: LocalContext): number => {
  const { phase, boot_after } = readState(context.statements);
  if (phase !== 'indexing') return 0;
  const ordinary = indexesAside(context).reduce((sum, { rows }) => sum + rows, 0);
  return ordinary + (rowsOf(context, 'patient') - Number(boot_after ?? 0)) * fullTextWeight;
};
