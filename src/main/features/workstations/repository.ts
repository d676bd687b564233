import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';

/** The names of these sites by id. */
export const siteNames = (reader: LocalReader, ids: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    reader
      .all(localDb.selectFrom('location').select(['id', 'name']).where('id', 'in', ids).limit(500))
      .map(({ id, name }) => [id, name]),
  );
