import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { catalogue, type LocalRowOf, type TableName } from '#shared/sync/catalogue.ts';
import type { Cells } from '#shared/sync/wire.ts';

export type ConflictRow = LocalRowOf<'conflict'>;

/** Conflicts nobody has decided yet, oldest first, at most 500. */
export const openConflicts = (reader: LocalReader): readonly ConflictRow[] =>
  reader.all(
    localDb
      .selectFrom('conflict')
      .selectAll()
      .where('status', '=', 'open')
      .orderBy('created_at')
      // What was sent in one go was decided in one instant.
      .orderBy('attempted_at')
      .limit(500),
  );

/** Decided conflicts, the latest first. */
export const settledConflicts = (reader: LocalReader, limit: number): readonly ConflictRow[] =>
  reader.all(
    localDb
      .selectFrom('conflict')
      .selectAll()
      .where('status', '=', 'settled')
      .orderBy('resolved_at', 'desc')
      .limit(limit),
  );

/** A conflict by its id. */
export const findConflict = (reader: LocalReader, id: string): ConflictRow | undefined =>
  reader.get(localDb.selectFrom('conflict').selectAll().where('id', '=', id));

/** A row of any synced table by its id; undefined for a table this version does not know. */
export const findRow = (reader: LocalReader, table: string, id: string): Cells | undefined => {
  if (!Object.hasOwn(catalogue, table)) return undefined;
  const one = table as TableName as 'patient';
  return reader.get(localDb.selectFrom(one).selectAll().where('id', '=', id)) as Cells | undefined;
};
