import type { FeatureDeps } from '#main/core/deps.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { DispenseView, StockPick, StockProposal } from '#shared/contract/prescriptions.ts';
import { parseUnit } from '#shared/domain/prescribing/units.ts';
import { allocate, byExpiry } from '#shared/domain/stock/allocate.ts';
import { readQuantity } from '#shared/domain/stock/quantity.ts';
import { type UseDays, usableOf } from '#shared/domain/stock/usable.ts';
import type { LocationId, StockBatchId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { movementRow, putMovements, reversalRow } from './put.ts';
import { storeHere } from './reading.ts';
import {
  batchesOf,
  batchIn,
  dispensedBy,
  findItem,
  findStore,
  type ItemRow,
  movementsById,
  stores,
} from './repository.ts';
import { linesOf, storedOf, todayOf } from './views.ts';

/** What a prescription asks of the stock room. */
export interface StockWish {
  readonly medicineId: string | null;
  readonly quantityUnit: string | null;
  /** The last day of the treatment, where it is known. */
  readonly until: string | null;
}

export interface ProposalAsked {
  /** As it was typed. */
  readonly quantity: string;
  readonly locationId: string | null;
  readonly itemId: string | null;
}

/** Whether an item is counted in what the prescription counts in. */
const isSameUnit = ({ unit }: Pick<ItemRow, 'unit'>, { quantityUnit }: StockWish): boolean =>
  quantityUnit === null || (parseUnit(unit) ?? unit) === (parseUnit(quantityUnit) ?? quantityUnit);

/** How much is wanted in the smallest unit; null where the prescription counts in another, or nothing whole is typed. */
const wantedOf = (item: Pick<ItemRow, 'unit'>, wish: StockWish, typed: string): number | null => {
  const read = readQuantity(typed);
  return read.ok && isSameUnit(item, wish) ? read.value : null;
};

const itemsFor = (deps: FeatureDeps, storeId: string, { medicineId }: StockWish): StockProposal['items'] =>
  linesOf(deps, storeId)
    .filter(({ active }) => active)
    .map((line) => ({
      id: line.id,
      title: line.title,
      unit: line.unit,
      usable: line.usable,
      prescribed: medicineId !== null && line.medicineId === medicineId,
    }))
    .filter(({ prescribed, usable }) => prescribed || usable > 0)
    // Of those of the medicine, the one there is most of.
    .toSorted(
      (a, b) =>
        Number(b.prescribed) - Number(a.prescribed) ||
        (a.prescribed ? b.usable - a.usable : a.title.localeCompare(b.title)),
    )
    .slice(0, 500);

const propose = (deps: FeatureDeps, wish: StockWish, asked: ProposalAsked): StockProposal => {
  const open = stores(deps.store).filter(({ active }) => active === 1);
  const locationId = open.find(({ id }) => id === asked.locationId)?.id ?? storeHere(deps);
  const list = {
    stores: open.map(({ id, site_name, name }) => ({ id: id as LocationId, name: `${site_name}, ${name}` })),
    locationId: locationId as LocationId | null,
  };
  const items = locationId === null ? [] : itemsFor(deps, locationId, wish);
  const item = items.find(({ id, prescribed }) => (asked.itemId === null ? prescribed : id === asked.itemId));
  if (locationId === null || item === undefined)
    return { ...list, items, itemId: null, wanted: null, missing: 0, batches: [] };
  const days = { today: todayOf(deps), until: wish.until };
  const rows = batchesOf(deps.store, item.id, locationId).map(storedOf);
  const wanted = wantedOf(item, wish, asked.quantity);
  const { parts, missing } = allocate(rows, wanted ?? 0, days);
  const taken = new Map(parts.map(({ batchId, quantity }) => [batchId, quantity]));
  return {
    ...list,
    items,
    itemId: item.id,
    wanted,
    missing,
    batches: rows
      .toSorted(byExpiry)
      // What is used up stays in sight while somebody may still find some of it on the shelf.
      .filter(({ quantity, expiry }) => quantity !== 0 || expiry === null || expiry >= days.today)
      .map((batch) => ({
        id: batch.batchId as StockBatchId,
        lot: batch.lot,
        expiry: batch.expiry,
        quantity: batch.quantity,
        ...usableOf(batch, days),
        take: taken.get(batch.batchId) ?? 0,
      })),
  };
};

type Part = StockPick['parts'][number];

/** One batch that somebody chose: what is expired or recalled is refused, whoever chooses it. */
const checkPart = (
  { store }: FeatureDeps,
  { itemId, locationId, beyond }: StockPick,
  { batchId, quantity }: Part,
  days: UseDays,
): Result<null> => {
  const row = batchIn(store, batchId, locationId);
  if (row === undefined || row.item_id !== itemId) return fail('not-found');
  const { usable, excluded } = usableOf(storedOf(row), days);
  const params = { lot: row.lot };
  if (excluded === 'expired') return fail('batch-expired', { params });
  if (excluded === 'recalled') return fail('batch-recalled', { params });
  return quantity > usable && !beyond
    ? fail('stock-short', { params: { ...params, left: usable } })
    : ok(null);
};

/** Reads what is handed out of the stock; nothing is written. */
const check = (
  deps: FeatureDeps,
  wish: StockWish,
  quantity: string,
  pick: StockPick,
): Result<readonly Part[]> => {
  const item = findItem(deps.store, pick.itemId);
  if (item === undefined || findStore(deps.store, pick.locationId)?.active !== 1) return fail('not-found');
  const isPrescribed = wish.medicineId !== null && item.medicine_id === wish.medicineId;
  if (!isPrescribed && pick.substitution === '')
    return fail('invalid-input', { fields: { substitution: 'required' } });
  const wanted = wantedOf(item, wish, quantity);
  const total = pick.parts.reduce((sum, part) => sum + part.quantity, 0);
  const isOnce = new Set(pick.parts.map(({ batchId }) => batchId)).size === pick.parts.length;
  if (!isOnce || (wanted !== null && total !== wanted))
    return fail('invalid-input', { fields: { stock: 'sum' } });
  const days = { today: todayOf(deps), until: wish.until };
  for (const part of pick.parts) {
    const checked = checkPart(deps, pick, part, days);
    if (!checked.ok) return checked;
  }
  return ok(pick.parts);
};

/** What prescribing needs of the stock room: what to hand out, and the movements of what was. */
export const stockForDispensing = (deps: FeatureDeps) => ({
  propose: (wish: StockWish, asked: ProposalAsked) => propose(deps, wish, asked),
  check: (wish: StockWish, quantity: string, pick: StockPick) => check(deps, wish, quantity, pick),
  medicineOf: ({ itemId }: StockPick): string | null => findItem(deps.store, itemId)?.medicine_id ?? null,
  handOut: (writer: LocalWriter, dispenseId: string, pick: StockPick, user: string): void =>
    putMovements(
      writer,
      pick.parts.map(({ batchId, quantity }) =>
        movementRow(deps, user, {
          kind: 'dispense',
          batch_id: batchId,
          location_id: pick.locationId,
          delta: 0 - quantity,
          dispense_id: dispenseId,
          reason: pick.substitution || null,
        }),
      ),
    ),
  /** Puts back what a dispense took. */
  putBack: (writer: LocalWriter, dispenseId: string, reason: string, user: string | null): void => {
    const rows = dispensedBy(writer, [dispenseId]);
    const known = new Set(
      movementsById(
        writer,
        rows.map(({ id }) => id),
      ).map(({ corrects }) => corrects),
    );
    putMovements(
      writer,
      rows.filter(({ id }) => !known.has(id)).map((row) => reversalRow(deps, user, row, reason)),
    );
  },
  batchesOf: (dispenseIds: readonly string[]): ReadonlyMap<string | null, DispenseView['batches']> => {
    const rows = Map.groupBy(dispensedBy(deps.store, dispenseIds), (row) => row.dispense_id);
    return new Map(
      [...rows].map(([id, some]) => [
        id,
        some.map((row) => ({
          title: row.title,
          unit: row.unit,
          lot: row.lot,
          expiry: row.expiry_date,
          quantity: 0 - row.delta,
          store: row.store,
          substitution: row.reason,
        })),
      ]),
    );
  },
});
