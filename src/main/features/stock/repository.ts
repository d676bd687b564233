import { localDb } from '#main/data/local/query.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type ItemRow = LocalRowOf<'stock_item'>;
export type LevelRow = LocalRowOf<'stock_level'>;
export type MovementRow = LocalRowOf<'stock_movement'>;

/** More items than a stock room has; it bounds what is read. */
const mostItems = 1000;
const mostBatches = 5000;

export type StoreRow = LocalRowOf<'location'> & { readonly site_id: string; readonly site_name: string };

/** The stores of the clinic by site and name, those closed too. */
export const stores = (reader: LocalReader): readonly StoreRow[] =>
  reader.all<StoreRow>(
    localDb
      .selectFrom('location as l')
      .innerJoin('location as s', 's.id', 'l.part_of')
      .selectAll('l')
      .select(['s.id as site_id', 's.name as site_name'])
      .where('l.kind', '=', 'store')
      .orderBy('s.name')
      .orderBy('l.name')
      .orderBy('l.id')
      .limit(200),
  );

export const findStore = (reader: LocalReader, id: string): LocalRowOf<'location'> | undefined =>
  reader.get(localDb.selectFrom('location').selectAll().where('id', '=', id).where('kind', '=', 'store'));

/** The sites that are open, by name. */
export const openSites = (reader: LocalReader): readonly LocalRowOf<'location'>[] =>
  reader.all(
    localDb
      .selectFrom('location')
      .selectAll()
      .where('kind', '=', 'site')
      .where('active', '=', 1)
      .orderBy('name')
      .orderBy('id')
      .limit(200),
  );

/** Every item by title, what is no longer kept too. */
export const items = (reader: LocalReader): readonly ItemRow[] =>
  reader.all(localDb.selectFrom('stock_item').selectAll().orderBy('title').orderBy('id').limit(mostItems));

export const findItem = (reader: LocalReader, id: string): ItemRow | undefined =>
  reader.get(localDb.selectFrom('stock_item').selectAll().where('id', '=', id));

/** The names of the medicines that items are, by the medicine. */
export const medicineNames = (reader: LocalReader): ReadonlyMap<string, string> =>
  new Map(
    reader
      .all(
        localDb
          .selectFrom('stock_item as i')
          .innerJoin('medicine as m', 'm.id', 'i.medicine_id')
          .select(['m.id', 'm.name'])
          .distinct()
          .limit(mostItems),
      )
      .map(({ id, name }) => [id, name]),
  );

export const hasMedicine = (reader: LocalReader, id: string): boolean =>
  reader.get(localDb.selectFrom('medicine').select('id').where('id', '=', id)) !== undefined;

/** How much a store wants to have, by item. */
export const levelsOf = (reader: LocalReader, storeId: string): ReadonlyMap<string, LevelRow> =>
  new Map(
    reader
      .all(localDb.selectFrom('stock_level').selectAll().where('location_id', '=', storeId).limit(mostItems))
      .map((row) => [row.item_id, row]),
  );

export const findLevel = (reader: LocalReader, id: string): LevelRow | undefined =>
  reader.get(localDb.selectFrom('stock_level').selectAll().where('id', '=', id));

/** A batch with what a store has of it by the movements. */
export interface StockedRow {
  readonly id: string;
  readonly item_id: string;
  readonly lot: string;
  readonly expiry_date: string | null;
  readonly recalled: 0 | 1 | null;
  readonly recall_reason: string | null;
  readonly quantity: number;
  readonly held: number;
}

/** Everything of which a store has something by the book, or owes something. The sums first: of them alone batches are looked up. */
export const stockOf = (reader: LocalReader, storeId: string): readonly StockedRow[] => {
  const sums = reader.all(
    localDb
      .selectFrom('stock_movement')
      .select((eb) => [
        'batch_id',
        eb.fn.sum<number>('delta').as('quantity'),
        eb.fn.sum<number>('held').as('held'),
      ])
      .where('location_id', '=', storeId)
      .groupBy('batch_id')
      .having((eb) => eb.or([eb(eb.fn.sum('delta'), '<>', 0), eb(eb.fn.sum('held'), '<>', 0)]))
      .limit(mostBatches),
  );
  if (sums.length === 0) return [];
  const batches = new Map(
    reader
      .all(
        localDb
          .selectFrom('stock_batch as b')
          .leftJoin('stock_recall as r', 'r.batch_id', 'b.id')
          .select(['b.id', 'b.item_id', 'b.lot', 'b.expiry_date', 'r.recalled', 'r.reason as recall_reason'])
          .where(
            'b.id',
            'in',
            sums.map(({ batch_id }) => batch_id),
          ),
      )
      .map((row) => [row.id, row]),
  );
  return sums.flatMap(({ batch_id, quantity, held }) => {
    const batch = batches.get(batch_id);
    return batch === undefined ? [] : [{ ...batch, quantity, held }];
  });
};

/** Every batch of an item that was ever in a store, the last to expire first. */
export const batchesOf = (reader: LocalReader, itemId: string, storeId: string): readonly StockedRow[] =>
  reader.all<StockedRow>(
    localDb
      .selectFrom('stock_batch as b')
      .innerJoin('stock_movement as m', 'm.batch_id', 'b.id')
      .leftJoin('stock_recall as r', 'r.batch_id', 'b.id')
      .select(['b.id', 'b.item_id', 'b.lot', 'b.expiry_date', 'r.recalled', 'r.reason as recall_reason'])
      .select((eb) => [eb.fn.sum<number>('m.delta').as('quantity'), eb.fn.sum<number>('m.held').as('held')])
      .where('b.item_id', '=', itemId)
      .where('m.location_id', '=', storeId)
      .groupBy('b.id')
      .orderBy('b.expiry_date', 'desc')
      .orderBy('b.id')
      .limit(500),
  );

/** What a store has of one batch, wherever else it is. */
export const batchIn = (reader: LocalReader, batchId: string, storeId: string): StockedRow | undefined =>
  reader.get<StockedRow>(
    localDb
      .selectFrom('stock_batch as b')
      .leftJoin('stock_recall as r', 'r.batch_id', 'b.id')
      .leftJoin('stock_movement as m', (join) =>
        join.onRef('m.batch_id', '=', 'b.id').on('m.location_id', '=', storeId),
      )
      .select(['b.id', 'b.item_id', 'b.lot', 'b.expiry_date', 'r.recalled', 'r.reason as recall_reason'])
      .select((eb) => [
        eb.fn.coalesce(eb.fn.sum<number>('m.delta'), eb.val(0)).as('quantity'),
        eb.fn.coalesce(eb.fn.sum<number>('m.held'), eb.val(0)).as('held'),
      ])
      .where('b.id', '=', batchId)
      .groupBy('b.id'),
  );

export const findRecall = (reader: LocalReader, id: string): LocalRowOf<'stock_recall'> | undefined =>
  reader.get(localDb.selectFrom('stock_recall').selectAll().where('id', '=', id));

/** The ids of movements of a store that the centre has not seen, by batch. */
export const waitingOf = (
  reader: LocalReader,
  storeId: string,
): readonly { readonly id: string; readonly batch_id: string }[] =>
  reader.all(
    localDb
      .selectFrom('stock_movement')
      .select(['id', 'batch_id'])
      .where('location_id', '=', storeId)
      .where('row_version', '=', 0)
      .limit(mostBatches),
  );

/** Whether anything of an item ever moved. */
export const hasMoved = (reader: LocalReader, itemId: string): boolean =>
  reader.get(
    localDb
      .selectFrom('stock_batch as b')
      .innerJoin('stock_movement as m', 'm.batch_id', 'b.id')
      .select('m.id')
      .where('b.item_id', '=', itemId)
      .limit(1),
  ) !== undefined;

/** What moved of an item in a store. */
export const movementsOf = (itemId: string, storeId: string) =>
  localDb
    .selectFrom('stock_batch as b')
    .innerJoin('stock_movement as m', 'm.batch_id', 'b.id')
    .selectAll('m')
    .select(['b.lot', 'b.expiry_date'])
    .where('b.item_id', '=', itemId)
    .where('m.location_id', '=', storeId);

export const findMovement = (reader: LocalReader, id: string): MovementRow | undefined =>
  reader.get(localDb.selectFrom('stock_movement').selectAll().where('id', '=', id));

/** Movements among `ids`, and what takes those back. */
export const movementsById = (reader: LocalReader, ids: readonly string[]): readonly MovementRow[] =>
  reader.all(
    localDb
      .selectFrom('stock_movement')
      .selectAll()
      .where((eb) => eb.or([eb('id', 'in', [...ids]), eb('corrects', 'in', [...ids])]))
      .limit(1000),
  );

export const transferRows = (reader: LocalReader, transferIds: readonly string[]): readonly MovementRow[] =>
  reader.all(
    localDb
      .selectFrom('stock_movement')
      .selectAll()
      .where('transfer_id', 'in', [...transferIds])
      .where('kind', '<>', 'reversal')
      .limit(1000),
  );

/** The receipts of batches that say what they cost, the latest first. */
export const costsOf = (reader: LocalReader, batchIds: readonly string[]): readonly MovementRow[] =>
  reader.all(
    localDb
      .selectFrom('stock_movement')
      .selectAll()
      .where('batch_id', 'in', [...batchIds])
      .where('cost', 'is not', null)
      .orderBy('recorded_at', 'desc')
      .limit(mostBatches),
  );

/** How often a batch was counted in a store. */
export const countsOf = (reader: LocalReader, batchId: string, storeId: string): number =>
  reader.get(
    localDb
      .selectFrom('stock_movement')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('batch_id', '=', batchId)
      .where('location_id', '=', storeId)
      .where('kind', '=', 'stock-take'),
  )?.n ?? 0;

/** What was handed out of the stock by dispenses, with the batch, what it is of and where it was. */
export const dispensedBy = (reader: LocalReader, dispenseIds: readonly string[]) =>
  reader.all(
    localDb
      .selectFrom('stock_movement as m')
      .innerJoin('stock_batch as b', 'b.id', 'm.batch_id')
      .innerJoin('stock_item as i', 'i.id', 'b.item_id')
      .innerJoin('location as l', 'l.id', 'm.location_id')
      .selectAll('m')
      .select(['b.lot', 'b.expiry_date', 'i.title', 'i.unit', 'l.name as store'])
      .where('m.dispense_id', 'in', [...dispenseIds])
      .where('m.kind', '=', 'dispense')
      .orderBy('b.expiry_date')
      .orderBy('m.id')
      .limit(1000),
  );
