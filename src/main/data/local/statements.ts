import type { Database, Statement } from 'better-sqlite3';

/** Prepared statements by their text. */
export interface Statements {
  prepare(sql: string): Statement<unknown[], unknown>;
  run(sql: string, ...parameters: readonly unknown[]): number;
  get<T>(sql: string, ...parameters: readonly unknown[]): T | undefined;
  all<T>(sql: string, ...parameters: readonly unknown[]): readonly T[];
  /** Lets every statement go: before the schema changes and before closing. */
  forget(): void;
}

/** More than all queries of the program; what goes over is built from lists of ids of many lengths. */
const kept = 400;

/** A cache of prepared statements that forgets the least recently used. */
export const createStatements = (db: Database): Statements => {
  const cache = new Map<string, Statement<unknown[], unknown>>();
  const prepare = (sql: string) => {
    const known = cache.get(sql);
    const statement = known ?? db.prepare<unknown[]>(sql);
    if (known !== undefined) cache.delete(sql);
    cache.set(sql, statement);
    if (cache.size > kept) {
      const oldest = cache.keys().next();
      if (oldest.done !== true) cache.delete(oldest.value);
    }
    return statement;
  };
  return {
    prepare,
    run: (sql, ...parameters) => prepare(sql).run(...parameters).changes,
    get: <T>(sql: string, ...parameters: readonly unknown[]) =>
      prepare(sql).get(...parameters) as T | undefined,
    all: <T>(sql: string, ...parameters: readonly unknown[]) =>
      prepare(sql).all(...parameters) as readonly T[],
    forget: () => cache.clear(),
  };
};
