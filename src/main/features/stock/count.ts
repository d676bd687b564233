import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { write } from '#main/core/write.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { byExpiry } from '#shared/domain/stock/allocate.ts';
import { countId } from '#shared/domain/stock/ids.ts';
import type { StockBatchId, StockItemId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { movementRow, putMovements } from './put.ts';
import { batchIn, countsOf, findStore, items, stockOf } from './repository.ts';
import { storedOf, todayOf } from './views.ts';

/** What is to be counted: that there is a batch, not how much of it is expected. */
export const toCount = (
  deps: FeatureDeps,
  { locationId }: Parsed<'stock.toCount'>,
): Output<'stock.toCount'> => {
  const stocked = Map.groupBy(stockOf(deps.store, locationId), (row) => row.item_id);
  const lines = items(deps.store).flatMap((item) =>
    (stocked.get(item.id) ?? [])
      .map(storedOf)
      .toSorted(byExpiry)
      .map(({ batchId, lot, expiry }) => ({
        batchId: batchId as StockBatchId,
        itemId: item.id as StockItemId,
        title: item.title,
        unit: item.unit,
        lot,
        expiry,
      })),
  );
  return { lines: lines.slice(0, 2000), today: todayOf(deps) };
};

const expectedOf = ({ store }: FeatureDeps, locationId: string): ((batchId: string) => number) => {
  const known = new Map(stockOf(store, locationId).map(({ id, quantity }) => [id, quantity]));
  return (id) => known.get(id) ?? 0;
};

export const compare = (
  deps: FeatureDeps,
  { locationId, counts }: Parsed<'stock.compare'>,
): Output<'stock.compare'> => {
  const expected = expectedOf(deps, locationId);
  return counts.map(({ batchId, counted }) => ({ batchId, counted, expected: expected(batchId) }));
};

/** Each batch is a mutation of its own: of two desks that counted one shelf, only what both counted is refused to the second. */
export const applyCount = (
  deps: FeatureDeps,
  { locationId, counts }: Parsed<'stock.applyCount'>,
  connection: Connection,
): Result<Output<'stock.applyCount'>> => {
  const { store } = deps;
  if (findStore(store, locationId)?.active !== 1) return fail('not-found');
  if (counts.some(({ batchId }) => batchIn(store, batchId, locationId) === undefined))
    return fail('not-found');
  const expectedNow = expectedOf(deps, locationId);
  if (counts.some(({ batchId, expected }) => expectedNow(batchId) !== expected))
    return fail('changed-meanwhile');
  const differing = counts.filter(({ counted, expected }) => counted !== expected);
  if (differing.some(({ reason }) => reason === ''))
    return fail('invalid-input', { fields: { reason: 'required' } });
  for (const { batchId, counted, expected, reason } of counts) {
    const row = movementRow(deps, connection.user?.id ?? null, {
      id: countId(locationId, batchId, countsOf(store, batchId, locationId)),
      kind: 'stock-take',
      batch_id: batchId,
      location_id: locationId,
      delta: counted - expected,
      counted,
      expected,
      reason: reason || null,
    });
    write(deps, 'stock.count', connection, (writer) => putMovements(writer, [row]));
  }
  return ok({ counted: counts.length, differences: differing.length });
};
