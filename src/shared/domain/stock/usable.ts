import type { Quantity } from './movement.ts';

/** A batch in a store. */
export interface StoredBatch extends Quantity {
  readonly batchId: string;
  readonly lot: string;
  /** `YYYY-MM-DD`: the last day it may be used; null for what does not expire. */
  readonly expiry: string | null;
  readonly recalled: boolean;
}

/** What expires within so many days is pointed out. */
export const soonDays = 90;

/** Why nothing of a batch may be handed out. */
export const exclusions = ['recalled', 'expired', 'empty', 'reserved'] as const;
export type Exclusion = (typeof exclusions)[number];

export interface Usability {
  /** What may be handed out of it; 0 where it is excluded. */
  readonly usable: number;
  readonly excluded: Exclusion | null;
  /** It may be handed out, and expires before it is used up. */
  readonly expiresInTreatment: boolean;
}

/** The days a batch is looked at for. */
export interface UseDays {
  readonly today: string;
  /** The last day of the treatment it is for; null where that is not known. */
  readonly until: string | null;
}

const exclusionOf = ({ recalled, expiry, quantity, held }: StoredBatch, today: string): Exclusion | null => {
  if (recalled) return 'recalled';
  if (expiry !== null && expiry < today) return 'expired';
  if (quantity <= 0) return 'empty';
  return quantity - held <= 0 ? 'reserved' : null;
};

/** What of a batch may be used on a day, or why nothing of it may. A batch may be used on the day it expires, and not after. */
export const usableOf = (batch: StoredBatch, { today, until }: UseDays): Usability => {
  const excluded = exclusionOf(batch, today);
  return {
    usable: excluded === null ? batch.quantity - Math.max(batch.held, 0) : 0,
    excluded,
    expiresInTreatment: excluded === null && until !== null && batch.expiry !== null && batch.expiry < until,
  };
};

/** What of an item may be used, and what is there and may not, by the reason. */
export interface UsableSum {
  readonly usable: number;
  /** Of all batches, those that may not be used too. */
  readonly quantity: number;
  readonly excluded: readonly {
    readonly why: Exclusion;
    readonly quantity: number;
    readonly batches: number;
  }[];
  /** Batches of which more went out than came in. */
  readonly negative: number;
}

/** What of several batches of one item may be used on a day. What is put aside of a batch is excluded as `reserved`. */
export const usableSum = (batches: readonly StoredBatch[], today: string): UsableSum => {
  const found = batches.map((batch) => ({ batch, ...usableOf(batch, { today, until: null }) }));
  const left = found.flatMap(({ batch, usable, excluded }) => {
    const rest = Math.max(batch.quantity, 0) - usable;
    return rest > 0 ? [{ why: excluded ?? 'reserved', rest }] : [];
  });
  return {
    usable: found.reduce((sum, { usable }) => sum + usable, 0),
    quantity: batches.reduce((sum, { quantity }) => sum + quantity, 0),
    excluded: exclusions.flatMap((why) => {
      const of = left.filter((one) => one.why === why);
      return of.length === 0
        ? []
        : [{ why, quantity: of.reduce((sum, { rest }) => sum + rest, 0), batches: of.length }];
    }),
    negative: batches.filter(({ quantity }) => quantity < 0).length,
  };
};
