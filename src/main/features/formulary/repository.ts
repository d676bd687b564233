import { localDb } from '#main/data/local/query.ts';
import type { LocalReader, LocalRowOf } from '#main/data/local/store.ts';

export type MedicineRow = LocalRowOf<'medicine'>;

/** What the search keeps of each medicine in memory: the whole formulary, some ten thousand short lines at most. */
export const namesOfAll = (
  reader: LocalReader,
): readonly Pick<MedicineRow, 'id' | 'name' | 'ingredients' | 'active'>[] =>
  reader.all(localDb.selectFrom('medicine').select(['id', 'name', 'ingredients', 'active']));

export const medicinesById = (reader: LocalReader, ids: readonly string[]): readonly MedicineRow[] =>
  ids.length === 0 ? [] : reader.all(localDb.selectFrom('medicine').selectAll().where('id', 'in', ids));

export const findMedicine = (reader: LocalReader, id: string): MedicineRow | undefined =>
  reader.get(localDb.selectFrom('medicine').selectAll().where('id', '=', id));

export const findByCode = (reader: LocalReader, system: string, code: string): MedicineRow | undefined =>
  reader.get(
    localDb
      .selectFrom('medicine')
      .selectAll()
      .where('code_system', '=', system)
      .where('code', '=', code)
      .limit(1),
  );

/** The next medicines by name. */
export const medicinesAfter = (
  reader: LocalReader,
  after: { readonly name: string; readonly id: string } | null,
  limit: number,
): readonly MedicineRow[] =>
  reader.all(
    localDb
      .selectFrom('medicine')
      .selectAll()
      .$if(after !== null, (query) =>
        query
          .where('name', '>=', after?.name ?? '')
          .where((eb) => eb.or([eb('name', '>', after?.name ?? ''), eb('id', '>', after?.id ?? '')])),
      )
      .orderBy('name')
      .orderBy('id')
      .limit(limit),
  );
