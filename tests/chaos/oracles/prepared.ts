import type { Database, Statement } from 'better-sqlite3';

const known = new WeakMap<Database, Map<string, Statement<unknown[], unknown>>>();

/** A statement of an oracle, prepared once for each connection. */
export const prepared = (db: Database, sql: string): Statement<unknown[], unknown> => {
  const statements = known.get(db) ?? new Map<string, Statement<unknown[], unknown>>();
  known.set(db, statements);
  const statement = statements.get(sql) ?? db.prepare<unknown[]>(sql);
  statements.set(sql, statement);
  return statement;
};
