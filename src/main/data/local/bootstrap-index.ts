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

/** Does the next piece of building what was put aside; false when there is nothing left. */
export const indexNext = (context: LocalContext, names: number): boolean => {
  const { statements, transaction, db } = context;
  return transaction(() => {
    const { phase, boot_after } = readState(statements);
    if (phase !== 'indexing') return false;
    const next = statements.get<{ name: string; statement: string }>(
      'SELECT name, statement FROM deferred_schema WHERE position = 1 ORDER BY name LIMIT 1',
    );
    if (next !== undefined) {
      db.exec(next.statement);
      statements.run('DELETE FROM deferred_schema WHERE name = ?', next.name);
      return true;
    }
    if (indexNames(context, boot_after, names)) return true;
    for (const { statement } of statements.all<{ statement: string }>(
      'SELECT statement FROM deferred_schema ORDER BY position, name',
    )) {
      db.exec(statement);
    }
    statements.run('DELETE FROM deferred_schema');
    writeState(statements, { phase: 'catching-up', boot_after: null });
    return true;
  });
};

/** Rows that are still to be put into an index, as far as that can be told quickly. */
export const indexWork = ({ statements }: LocalContext): number => {
  const { phase, boot_after } = readState(statements);
  if (phase !== 'indexing') return 0;
  const rows = (table: string) =>
    statements.get<{ n: number | null }>(`SELECT max(rowid) AS n FROM ${table}`)?.n ?? 0;
  const aside = statements.all<{ statement: string }>(
    'SELECT statement FROM deferred_schema WHERE position = 1',
  );
  const ordinary = aside.reduce((sum, { statement }) => {
    const table = /\bON (\w+)/.exec(statement)?.[1];
    return sum + (table === undefined ? 0 : rows(table));
  }, 0);
  return ordinary + (rows('patient') - Number(boot_after ?? 0)) * fullTextWeight;
};
