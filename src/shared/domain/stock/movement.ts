/** What can happen to what is in a store. */
export const movementKinds = [
  'receive',
  'dispense',
  'transfer-out',
  'transfer-in',
  'adjust',
  'waste',
  'stock-take',
  'reserve',
  'reversal',
] as const;
export type MovementKind = (typeof movementKinds)[number];

/** A movement, as far as it changes what is there: both in the smallest unit of the item. */
export interface Movement {
  readonly storeId: string;
  readonly batchId: string;
  readonly delta: number;
  /** What is put aside by it; negative where that ends. */
  readonly held: number;
}

/** How much of a batch is in a store, and how much of that is put aside. Negative where more went out than came in. */
export interface Quantity {
  readonly quantity: number;
  readonly held: number;
}

/** What is where, by store and batch as `storeId batchId`: the sums of the movements, in whatever order they are told. */
export const quantities = (movements: Iterable<Movement>): ReadonlyMap<string, Quantity> => {
  const sums = new Map<string, Quantity>();
  for (const { storeId, batchId, delta, held } of movements) {
    const key = `${storeId} ${batchId}`;
    const sum = sums.get(key) ?? { quantity: 0, held: 0 };
    sums.set(key, { quantity: sum.quantity + delta, held: sum.held + held });
  }
  return sums;
};
