import { type StoredBatch, type UseDays, usableOf } from './usable.ts';

export interface Allocation {
  /** What to take of which batch, the first to expire first. */
  readonly parts: readonly { readonly batchId: string; readonly quantity: number }[];
  /** What cannot be had of any batch; 0 where all can. */
  readonly missing: number;
}

const never = '9999-12-31';

/** First expired, first out; what never expires comes last. Equal ones by lot, so that everybody is told the same. */
export const byExpiry = (a: StoredBatch, b: StoredBatch): number => {
  const [first, second] = [a.expiry ?? never, b.expiry ?? never];
  if (first !== second) return first < second ? -1 : 1;
  if (a.lot !== b.lot) return a.lot < b.lot ? -1 : 1;
  return a.batchId < b.batchId ? -1 : 1;
};

/**
 * Takes `wanted` of what may be used, of the batch that expires first and then of the next.
 * @example allocate(batches, 30, { today, until: null }) // { parts: [{ batchId, quantity: 30 }], missing: 0 }
 */
export const allocate = (batches: readonly StoredBatch[], wanted: number, days: UseDays): Allocation => {
  let missing = Math.max(wanted, 0);
  const parts = batches.toSorted(byExpiry).flatMap((batch) => {
    const quantity = Math.min(usableOf(batch, days).usable, missing);
    missing -= quantity;
    return quantity > 0 ? [{ batchId: batch.batchId, quantity }] : [];
  });
  return { parts, missing };
};
