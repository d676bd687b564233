import type { FeatureDeps } from '#main/core/deps.ts';
import { pageBack, pageOf } from '#main/core/paged.ts';
import { accountNames, idsIn, locationNames } from '#main/data/local/names.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { MovementView } from '#shared/contract/stock.ts';
import { toOrder } from '#shared/domain/stock/level.ts';
import type { MovementKind } from '#shared/domain/stock/movement.ts';
import { usableSum } from '#shared/domain/stock/usable.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import type { LocationId, StockBatchId, StockItemId, StockMovementId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import {
  batchesOf,
  findStore,
  items,
  type MovementRow,
  movementsById,
  movementsOf,
  openSites,
  stockOf,
  stores,
  transferRows,
} from './repository.ts';
import { batchViews, linesOf, storedOf, todayOf } from './views.ts';

/** The store that is likely meant at a workstation: the first open one of its site; without a site, of the clinic. */
export const storeHere = ({ store }: Pick<FeatureDeps, 'store'>): string | null => {
  const site = store.workstation()?.locationId ?? null;
  const open = stores(store).filter(({ active }) => active === 1);
  const found = site === null ? open[0] : open.find(({ site_id }) => site_id === site);
  return found?.id ?? null;
};

export const storeList = (deps: FeatureDeps): Output<'stock.stores'> => {
  const rows = stores(deps.store);
  const uncertain = deps.store.uncertain(
    'location',
    rows.map(({ id }) => id),
  );
  return {
    stores: rows.map((row) => ({
      id: row.id as LocationId,
      name: row.name,
      siteId: row.site_id as LocationId,
      siteName: row.site_name,
      active: row.active === 1,
      certainty: uncertain.get(row.id) ?? 'confirmed',
    })),
    here: storeHere(deps) as LocationId | null,
    sites: openSites(deps.store).map(({ id, name }) => ({ id: id as LocationId, name })),
  };
};

export const list = (
  deps: FeatureDeps,
  { locationId }: Parsed<'stock.list'>,
): Result<Output<'stock.list'>> => {
  if (findStore(deps.store, locationId) === undefined) return fail('not-found');
  return ok({
    items: [...linesOf(deps, locationId)],
    today: todayOf(deps),
    currency: deps.settings.of('clinic.currency', null),
  });
};

export const oneItem = (
  deps: FeatureDeps,
  { id, locationId }: Parsed<'stock.item'>,
): Result<Output<'stock.item'>> => {
  const { store } = deps;
  const item = linesOf(deps, locationId).find((line) => line.id === id);
  if (item === undefined || findStore(store, locationId) === undefined) return fail('not-found');
  const today = todayOf(deps);
  // What is used up and cannot come again is history.
  const shown = batchesOf(store, id, locationId).filter(
    ({ quantity, held, expiry_date }) =>
      quantity !== 0 || held !== 0 || expiry_date === null || expiry_date >= today,
  );
  const others = stores(store).filter((row) => row.id !== locationId && row.active === 1);
  return ok({
    item,
    batches: [...batchViews(deps, shown, locationId)],
    elsewhere: others.map((other) => ({
      locationId: other.id as LocationId,
      name: `${other.site_name}, ${other.name}`,
      usable: usableSum(batchesOf(store, id, other.id).map(storedOf), today).usable,
    })),
    today,
  });
};

type PagedRow = MovementRow & { readonly lot: string; readonly expiry_date: string | null };

const movementViews = ({ store }: FeatureDeps, rows: readonly PagedRow[]): MovementView[] => {
  const ids = rows.map(({ id }) => id);
  const related = movementsById(store, [...ids, ...idsIn(rows.map(({ corrects }) => corrects))]);
  const byId = new Map(related.map((row) => [row.id, row]));
  const takenBack = new Set(related.map(({ corrects }) => corrects));
  const pairs = Map.groupBy(
    transferRows(store, idsIn(rows.map(({ transfer_id }) => transfer_id))),
    (row) => row.transfer_id,
  );
  const otherOf = ({ transfer_id, location_id }: PagedRow) =>
    transfer_id === null
      ? null
      : (pairs.get(transfer_id)?.find((row) => row.location_id !== location_id)?.location_id ?? null);
  const places = locationNames(store, idsIn(rows.map(otherOf)));
  const people = accountNames(store, idsIn(rows.map(({ recorded_by }) => recorded_by)));
  const uncertain = store.uncertain('stock_movement', ids);
  return rows.map((row) => ({
    id: row.id as StockMovementId,
    kind: row.kind as MovementKind,
    lot: row.lot,
    expiry: row.expiry_date,
    delta: row.delta,
    held: row.held,
    otherStore: places.get(otherOf(row) ?? '') ?? null,
    reason: row.reason,
    reference: row.reference,
    counted: row.counted,
    expected: row.expected,
    dispensed: row.dispense_id !== null,
    reverses: row.corrects === null ? null : ((byId.get(row.corrects)?.kind as MovementKind) ?? null),
    takenBack: takenBack.has(row.id),
    at: row.recorded_at,
    by: row.recorded_by === null ? null : (people.get(row.recorded_by) ?? null),
    certainty: uncertain.get(row.id) ?? 'confirmed',
  }));
};

export const movements = (
  deps: FeatureDeps,
  { id, locationId, ...asked }: Parsed<'stock.movements'>,
): Output<'stock.movements'> => {
  const found = deps.store.all(pageBack(movementsOf(id, locationId), 'm.recorded_at', 'm.id', asked));
  const { rows, next } = pageOf(found, asked.limit, (row) => ({ at: row.recorded_at, id: row.id }));
  return { items: movementViews(deps, rows), next };
};

export const reorder = (
  deps: FeatureDeps,
  { locationId }: Parsed<'stock.reorder'>,
): Output<'stock.reorder'> => ({
  lines: linesOf(deps, locationId).flatMap((line) => {
    const { minimum, fillTo, usable } = line;
    const order = toOrder(usable, line);
    return !line.active || minimum === null || order === 0
      ? []
      : [
          {
            itemId: line.id,
            title: line.title,
            unit: line.unit,
            usable,
            quantity: line.quantity,
            excluded: line.excluded,
            negative: line.negative,
            minimum,
            fillTo,
            order,
          },
        ];
  }),
  today: todayOf(deps),
});

export const expiry = (
  deps: FeatureDeps,
  { locationId, days }: Parsed<'stock.expiry'>,
): Output<'stock.expiry'> => {
  const today = todayOf(deps);
  const until = addDays(today, days);
  const byItem = new Map(items(deps.store).map((row) => [row.id, row]));
  const lines = stockOf(deps.store, locationId).flatMap((row) => {
    const item = byItem.get(row.item_id);
    const { expiry_date: day } = row;
    return item === undefined || day === null || day > until || row.quantity <= 0
      ? []
      : [
          {
            itemId: item.id as StockItemId,
            batchId: row.id as StockBatchId,
            title: item.title,
            unit: item.unit,
            lot: row.lot,
            expiry: day,
            quantity: row.quantity,
            expired: day < today,
          },
        ];
  });
  return {
    lines: lines
      .toSorted((a, b) =>
        a.expiry === b.expiry ? a.title.localeCompare(b.title) : a.expiry < b.expiry ? -1 : 1,
      )
      .slice(0, 2000),
    today,
  };
};
