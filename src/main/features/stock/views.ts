import type { FeatureDeps } from '#main/core/deps.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { Certainty } from '#shared/contract/appointments.ts';
import type { BatchView, StockItemDetails, StockLine } from '#shared/contract/stock.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { byExpiry } from '#shared/domain/stock/allocate.ts';
import type { Level } from '#shared/domain/stock/level.ts';
import { type StoredBatch, soonDays, usableOf, usableSum } from '#shared/domain/stock/usable.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import type { MedicineId, StockBatchId, StockItemId } from '#shared/kernel/ids.ts';
import {
  costsOf,
  type ItemRow,
  items,
  type LevelRow,
  levelsOf,
  medicineNames,
  type StockedRow,
  stockOf,
  waitingOf,
} from './repository.ts';

export const todayOf = ({ clock, home }: Pick<FeatureDeps, 'clock' | 'home'>): string =>
  dayAt(clock.now(), home().timeZone);

/** A row as the rules of the stock room take it. */
export const storedOf = (row: StockedRow): StoredBatch => ({
  batchId: row.id,
  lot: row.lot,
  expiry: row.expiry_date,
  recalled: row.recalled === 1,
  quantity: row.quantity,
  held: row.held,
});

export const detailsOf = (row: ItemRow): StockItemDetails => ({
  title: row.title,
  unit: row.unit,
  medicineId: row.medicine_id as MedicineId | null,
  active: row.active === 1,
});

export const levelOf = (row: LevelRow | undefined): Level => ({
  minimum: row?.minimum ?? null,
  fillTo: row?.fill_to ?? null,
});

/** What the centre has not confirmed of what is in a store, by batch. */
const waitingBatches = (reader: LocalReader, storeId: string): ReadonlyMap<string, Certainty> => {
  const rows = waitingOf(reader, storeId);
  const uncertain = reader.uncertain(
    'stock_movement',
    rows.map(({ id }) => id),
  );
  return new Map(rows.map(({ id, batch_id }) => [batch_id, uncertain.get(id) ?? 'confirmed']));
};

/** What every item is and how much of it a store has and wants. */
export const linesOf = (deps: FeatureDeps, storeId: string): readonly StockLine[] => {
  const { store } = deps;
  const today = todayOf(deps);
  const soon = addDays(today, soonDays);
  const rows = items(store);
  const names = medicineNames(store);
  const levels = levelsOf(store, storeId);
  const stocked = Map.groupBy(stockOf(store, storeId), (row) => row.item_id);
  const waiting = waitingBatches(store, storeId);
  const uncertain = store.uncertain(
    'stock_item',
    rows.map(({ id }) => id),
  );
  return rows.map((row) => {
    const here = stocked.get(row.id) ?? [];
    const batches = here.map(storedOf);
    const sum = usableSum(batches, today);
    const usable = batches.filter((batch) => usableOf(batch, { today, until: null }).usable > 0);
    const first = usable.toSorted(byExpiry)[0];
    return {
      ...detailsOf(row),
      id: row.id as StockItemId,
      medicineName: row.medicine_id === null ? null : (names.get(row.medicine_id) ?? null),
      ...sum,
      excluded: [...sum.excluded],
      ...levelOf(levels.get(row.id)),
      nextExpiry: first?.expiry ?? null,
      expiring: usable
        .filter(({ expiry }) => expiry !== null && expiry <= soon)
        .reduce((total, batch) => total + usableOf(batch, { today, until: null }).usable, 0),
      certainty:
        uncertain.get(row.id) ??
        here.map(({ id }) => waiting.get(id) ?? 'confirmed').find((one) => one !== 'confirmed') ??
        'confirmed',
    };
  });
};

/** The batches of an item in a store, the first to expire first. */
export const batchViews = (
  deps: FeatureDeps,
  rows: readonly StockedRow[],
  storeId: string,
): readonly BatchView[] => {
  const today = todayOf(deps);
  const waiting = waitingBatches(deps.store, storeId);
  const costs = Map.groupBy(
    costsOf(
      deps.store,
      rows.map(({ id }) => id),
    ),
    (row) => row.batch_id,
  );
  const costOf = (id: string): BatchView['cost'] => {
    const row = costs.get(id)?.[0];
    return row === undefined || row.cost === null || row.cost_units === null || row.currency === null
      ? null
      : { amount: row.cost, units: row.cost_units, currency: row.currency };
  };
  return rows
    .map((row) => ({ row, batch: storedOf(row) }))
    .toSorted((a, b) => byExpiry(a.batch, b.batch))
    .map(({ row, batch }) => {
      const { usable, excluded } = usableOf(batch, { today, until: null });
      return {
        id: row.id as StockBatchId,
        lot: row.lot,
        expiry: row.expiry_date,
        recalled: batch.recalled,
        recallReason: batch.recalled ? row.recall_reason : null,
        quantity: row.quantity,
        held: row.held,
        usable,
        excluded,
        cost: costOf(row.id),
        certainty: waiting.get(row.id) ?? 'confirmed',
      };
    });
};
