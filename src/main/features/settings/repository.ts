import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

/** Everything that is set. */
export const writtenSettings = (reader: LocalReader): readonly LocalRowOf<'setting'>[] =>
  reader.all(localDb.selectFrom('setting').selectAll().where('value', 'is not', null).limit(5000));

/** What was ever set for a key at a site, null: for the whole clinic. */
export const findSetting = (
  reader: LocalReader,
  key: string,
  siteId: string | null,
): LocalRowOf<'setting'> | undefined =>
  reader.get(
    localDb.selectFrom('setting').selectAll().where('key', '=', key).where('location_id', 'is', siteId),
  );

/** The sites of the clinic by name, closed ones too. */
export const sites = (reader: LocalReader): readonly LocalRowOf<'location'>[] =>
  reader.all(
    localDb
      .selectFrom('location')
      .selectAll()
      .where('part_of', 'is', null)
      .orderBy('name')
      .orderBy('id')
      .limit(1000),
  );
