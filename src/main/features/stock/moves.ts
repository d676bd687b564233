import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { readAmount } from '#shared/domain/prices/money.ts';
import { batchId as batchIdOf, lotOf, recallId } from '#shared/domain/stock/ids.ts';
import { readQuantity, readWhole } from '#shared/domain/stock/quantity.ts';
import { usableOf } from '#shared/domain/stock/usable.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { StockMovementId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { movementRow, putMovements, reversalRow } from './put.ts';
import {
  batchIn,
  findItem,
  findMovement,
  findRecall,
  findStore,
  movementsById,
  type StockedRow,
  transferRows,
} from './repository.ts';
import { storedOf, todayOf } from './views.ts';

type Row = RowOf<'stock_movement'>;
type Moved = Result<Output<'stock.receive'>>;

const wrong = (field: string, problem: string) => fail('invalid-input', { fields: { [field]: problem } });
const idsOf = (rows: readonly Row[]): Moved => ok({ ids: rows.map(({ id }) => id as StockMovementId) });
const isOpen = ({ store }: FeatureDeps, storeId: string): boolean => findStore(store, storeId)?.active === 1;

interface Cost {
  readonly cost: number | null;
  readonly cost_units: number | null;
  readonly currency: string | null;
}

/** What it cost, as it was typed; nothing where nothing was. */
const costOf = (
  { settings }: FeatureDeps,
  { cost, costUnits }: Pick<Parsed<'stock.receive'>, 'cost' | 'costUnits'>,
  received: number,
): Result<Cost> => {
  if (cost.trim() === '') return ok({ cost: null, cost_units: null, currency: null });
  const currency = settings.of('clinic.currency', null);
  if (currency === null) return fail('no-currency');
  const amount = readAmount(cost, currency);
  if (!amount.ok) return wrong('cost', amount.error);
  const units = costUnits.trim() === '' ? ({ ok: true, value: received } as const) : readQuantity(costUnits);
  return units.ok
    ? ok({ cost: amount.value, cost_units: units.value, currency })
    : wrong('costUnits', units.error);
};

/** Days that are printed on no box. */
const isLikelyExpiry = (day: string): boolean => day >= '2000-01-01' && day <= '2100-12-31';

export const receive = (deps: FeatureDeps, input: Parsed<'stock.receive'>, connection: Connection): Moved => {
  const { itemId, locationId, expiry } = input;
  const item = findItem(deps.store, itemId);
  if (item === undefined || !isOpen(deps, locationId)) return fail('not-found');
  const quantity = readQuantity(input.quantity);
  if (!quantity.ok) return wrong('quantity', quantity.error);
  if (expiry !== null && !isLikelyExpiry(expiry)) return wrong('expiry', 'date');
  const cost = costOf(deps, input, quantity.value);
  if (!cost.ok) return cost;
  const batch_id = batchIdOf(itemId, input.lot, expiry);
  const row = movementRow(deps, connection.user?.id ?? null, {
    kind: 'receive',
    batch_id,
    location_id: locationId,
    delta: quantity.value,
    reference: input.reference || null,
    ...cost.value,
  });
  write(deps, 'stock.receive', connection, (writer) => {
    if (batchIn(writer, batch_id, locationId) === undefined)
      writer.insert('stock_batch', {
        id: batch_id,
        item_id: itemId,
        lot: lotOf(input.lot),
        expiry_date: expiry,
      });
    putMovements(writer, [row]);
  });
  return idsOf([row]);
};

/** A batch that a store has at least so much of. */
const enough = (
  deps: FeatureDeps,
  { batchId, locationId, quantity: typed }: Parsed<'stock.putAside'>,
  has: (row: StockedRow) => number,
): Result<{ readonly row: StockedRow; readonly quantity: number }> => {
  const row = batchIn(deps.store, batchId, locationId);
  if (row === undefined || !isOpen(deps, locationId)) return fail('not-found');
  const quantity = readQuantity(typed);
  if (!quantity.ok) return wrong('quantity', quantity.error);
  const left = Math.max(has(row), 0);
  if (quantity.value > left) return fail('stock-short', { params: { lot: row.lot, left } });
  return ok({ row, quantity: quantity.value });
};

/** What nobody has put aside. */
const free = ({ quantity, held }: StockedRow): number => quantity - Math.max(held, 0);

export const transfer = (
  deps: FeatureDeps,
  { to, ...input }: Parsed<'stock.transfer'>,
  connection: Connection,
): Moved => {
  if (to === input.locationId || !isOpen(deps, to)) return wrong('to', 'invalid');
  const found = enough(deps, input, free);
  if (!found.ok) return found;
  const { quantity } = found.value;
  const both = {
    batch_id: input.batchId,
    transfer_id: deps.newId(),
    reason: input.reason || null,
  };
  const user = connection.user?.id ?? null;
  const rows = [
    movementRow(deps, user, {
      ...both,
      kind: 'transfer-out',
      location_id: input.locationId,
      delta: 0 - quantity,
    }),
    movementRow(deps, user, { ...both, kind: 'transfer-in', location_id: to, delta: quantity }),
  ];
  write(deps, 'stock.transfer', connection, (writer) => putMovements(writer, rows));
  return idsOf(rows);
};

export const waste = (deps: FeatureDeps, input: Parsed<'stock.waste'>, connection: Connection): Moved => {
  const found = enough(deps, input, free);
  if (!found.ok) return found;
  const row = movementRow(deps, connection.user?.id ?? null, {
    kind: 'waste',
    batch_id: input.batchId,
    location_id: input.locationId,
    delta: 0 - found.value.quantity,
    reason: input.reason,
  });
  write(deps, 'stock.waste', connection, (writer) => putMovements(writer, [row]));
  return idsOf([row]);
};

export const putAside = (
  deps: FeatureDeps,
  input: Parsed<'stock.putAside'>,
  connection: Connection,
): Moved => {
  const days = { today: todayOf(deps), until: null };
  const found = enough(deps, input, (row) => usableOf(storedOf(row), days).usable);
  if (!found.ok) return found;
  const row = movementRow(deps, connection.user?.id ?? null, {
    kind: 'reserve',
    batch_id: input.batchId,
    location_id: input.locationId,
    held: found.value.quantity,
    reason: input.reason,
  });
  write(deps, 'stock.put-aside', connection, (writer) => putMovements(writer, [row]));
  return idsOf([row]);
};

export const adjust = (
  deps: FeatureDeps,
  { batchId, locationId, quantity: typed, reason }: Parsed<'stock.adjust'>,
  connection: Connection,
): Moved => {
  if (batchIn(deps.store, batchId, locationId) === undefined || !isOpen(deps, locationId))
    return fail('not-found');
  const delta = readWhole(typed);
  if (!delta.ok) return wrong('quantity', delta.error);
  if (delta.value === 0) return wrong('quantity', 'required');
  const row = movementRow(deps, connection.user?.id ?? null, {
    kind: 'adjust',
    batch_id: batchId,
    location_id: locationId,
    delta: delta.value,
    reason,
  });
  write(deps, 'stock.adjust', connection, (writer) => putMovements(writer, [row]));
  return idsOf([row]);
};

export const takeBack = (
  deps: FeatureDeps,
  { id, reason }: Parsed<'stock.takeBack'>,
  connection: Connection,
): Moved => {
  const { store } = deps;
  const row = findMovement(store, id);
  if (row === undefined || row.kind === 'reversal' || row.dispense_id !== null) return fail('not-found');
  const both = row.transfer_id === null ? [row] : transferRows(store, [row.transfer_id]);
  const known = movementsById(
    store,
    both.map((one) => one.id),
  );
  if (known.some(({ corrects }) => corrects !== null)) return fail('changed-meanwhile');
  const rows = both.map((one) => reversalRow(deps, connection.user?.id ?? null, one, reason));
  write(deps, 'stock.take-back', connection, (writer) => putMovements(writer, rows));
  return idsOf(rows);
};

export const recall = (
  deps: FeatureDeps,
  { batchId, recalled, reason }: Parsed<'stock.recall'>,
  connection: Connection,
): Result<null> => {
  if (batchIn(deps.store, batchId, '') === undefined) return fail('not-found');
  const id = recallId(batchId);
  const to = {
    recalled: recalled ? 1 : 0,
    reason,
    recorded_at: instant(deps.clock.now()),
    recorded_by: connection.user?.id ?? null,
  } as const;
  write(deps, 'stock.recall', connection, (writer) =>
    findRecall(writer, id) === undefined
      ? writer.insert('stock_recall', { id, batch_id: batchId, ...to })
      : writer.update('stock_recall', id, to),
  );
  return ok(null);
};
