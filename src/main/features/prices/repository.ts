import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocationId, OrganizationId } from '#shared/kernel/ids.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type ItemRow = LocalRowOf<'charge_item_definition'> & {
  readonly visit_type_name: string | null;
  readonly medicine_name: string | null;
};
export type PriceRow = LocalRowOf<'charge_item_price'>;

/** Everything that is charged for by title, what no longer is too. */
export const items = (reader: LocalReader): readonly ItemRow[] =>
  reader.all<ItemRow>(
    localDb
      .selectFrom('charge_item_definition as c')
      .leftJoin('visit_type as t', 't.id', 'c.visit_type_id')
      .leftJoin('medicine as m', 'm.id', 'c.medicine_id')
      .selectAll('c')
      .select(['t.name as visit_type_name', 'm.name as medicine_name'])
      .orderBy('c.title')
      .orderBy('c.id')
      .limit(1000),
  );

export const findItem = (reader: LocalReader, id: string): LocalRowOf<'charge_item_definition'> | undefined =>
  reader.get(localDb.selectFrom('charge_item_definition').selectAll().where('id', '=', id));

/** All prices, those taken back too, the latest first. */
export const prices = (reader: LocalReader): readonly PriceRow[] =>
  reader.all(localDb.selectFrom('charge_item_price').selectAll().orderBy('valid_from', 'desc').limit(50_000));

export const findPrice = (reader: LocalReader, id: string): PriceRow | undefined =>
  reader.get(localDb.selectFrom('charge_item_price').selectAll().where('id', '=', id));

/** The prices of what is charged for kinds of visits, with what they are of. */
export const visitPrices = (
  reader: LocalReader,
): readonly (PriceRow & { readonly visit_type_id: string; readonly title: string })[] =>
  reader.all(
    localDb
      .selectFrom('charge_item_definition as c')
      .innerJoin('charge_item_price as p', 'p.definition_id', 'c.id')
      .selectAll('p')
      .select((eb) => [eb.ref('c.visit_type_id').$notNull().as('visit_type_id'), 'c.title'])
      .where('c.visit_type_id', 'is not', null)
      .where('c.active', '=', 1)
      .orderBy('c.title')
      .orderBy('c.id')
      .limit(50_000),
  );

/** Payers by name, those that are closed too. */
export const payers = (
  reader: LocalReader,
): readonly { readonly id: OrganizationId; readonly name: string; readonly active: number }[] =>
  reader.all<{ readonly id: OrganizationId; readonly name: string; readonly active: number }>(
    localDb
      .selectFrom('organization')
      .select(['id', 'name', 'active'])
      .where('kind', '=', 'payer')
      .orderBy('name')
      .orderBy('id')
      .limit(1000),
  );

/** A medicine of the formulary by its id, or those of a name, which several may have: in other forms. */
export const medicinesOf = (
  reader: LocalReader,
  idOrName: { readonly id: string } | { readonly name: string },
): readonly { readonly id: string }[] =>
  reader.all(
    'id' in idOrName
      ? localDb.selectFrom('medicine').select('id').where('id', '=', idOrName.id)
      : localDb
          .selectFrom('medicine')
          .select('id')
          .where('active', '=', 1)
          .where('name', '=', idOrName.name)
          .limit(2),
  );

/** Sites by name, those that are closed too: what they cost is history. */
export const sites = (reader: LocalReader): readonly { readonly id: LocationId; readonly name: string }[] =>
  reader.all<{ readonly id: LocationId; readonly name: string }>(
    localDb
      .selectFrom('location')
      .select(['id', 'name'])
      .where('part_of', 'is', null)
      .orderBy('name')
      .orderBy('id')
      .limit(200),
  );

/** Kinds of visits, those no longer offered too. */
export const visitTypes = (reader: LocalReader): readonly { readonly id: string; readonly name: string }[] =>
  reader.all(localDb.selectFrom('visit_type').select(['id', 'name']).orderBy('name').limit(500));
