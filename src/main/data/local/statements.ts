import type { Database, Statement } from 'better-sqlite3';

/** Prepared statements by their text. */
export interface Statements {
  prepare(sql: string): Statement<unknown[], unknown>;
  run(sql: string, ...parameters: readonly unknown[]): number;
  get<T>(sql: string, ...parameters: readonly unknown[]): T | undefined;
  all<T>(sql: string, ...parameters: readonly unknown[]): readonly T[];
  /** Row by row: for a reader that stops in between. */
  iterate<T>(sql: string, ...parameters: readonly unknown[]): Iterable<T>;
  /** Lets every statement go: before the schema changes and before closing. */
  forget(): void;
}

/** More than all queries of the program; what goes over is built from lists of ids of many lengths. */
const kept = 400;

/** A cache of prepared statements that forgets the least recently used. `failed` hears of every error before it is thrown. */
export const createStatements = (
  db: Database,
  failed: (error: unknown) => void = () => undefined,
): Statements => {
  const cache = new Map<string, Statement<unknown[], unknown>>();
  const watched = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      failed(error);
      throw error;
    }
  };
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
    run: (sql, ...parameters) => watched(() => prepare(sql).run(...parameters).changes),
    get: <T>(sql: string, ...parameters: readonly unknown[]) =>
      watched(() => prepare(sql).get(...parameters) as T | undefined),
    all: <T>(sql: string, ...parameters: readonly unknown[]) =>
      watched(() => prepare(sql).all(...parameters) as readonly T[]),
    iterate: function* <T>(sql: string, ...parameters: readonly unknown[]) {
      try {
        yield* prepare(sql).iterate(...parameters) as Iterable<T>;
      } catch (error) {
        failed(error);
        throw error;
      }
    },
    forget: () => cache.clear(),
  };
};
