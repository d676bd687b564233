import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type PayerRow = LocalRowOf<'organization'>;

/** Every payer by name, those that are closed too. */
export const payers = (reader: LocalReader): readonly PayerRow[] =>
  reader.all(
    localDb
      .selectFrom('organization')
      .selectAll()
      .where('kind', '=', 'payer')
      .orderBy('name')
      .orderBy('id')
      .limit(1000),
  );

export const findPayer = (reader: LocalReader, id: string): PayerRow | undefined =>
  reader.get(localDb.selectFrom('organization').selectAll().where('id', '=', id).where('kind', '=', 'payer'));
