import { v5 } from 'uuid';

/** The namespace of the ids below. */
const namespace = '0193a5e0-5c1a-7c60-9d0f-6f2f1d6f7a24';

/** Where and for whom a price holds. */
export interface PricePlace {
  /** Null: everywhere. */
  readonly siteId: string | null;
  /** Null: whoever pays. */
  readonly payerId: string | null;
}

/**
 * The id of the price of something at a site (null: everywhere), of a payer (null: whoever pays) from a day on: made of all of them (a
 * UUID version 5), so that two workstations that set it without hearing of each other write one row. One without a payer is as it was
 * before there were payers.
 */
export const priceId = (definitionId: string, { siteId, payerId }: PricePlace, validFrom: string): string =>
  v5(`${definitionId} ${siteId ?? ''} ${validFrom}${payerId === null ? '' : ` ${payerId}`}`, namespace);

/** What something costs from a day (`YYYY-MM-DD`) on, at a site or everywhere, of a payer or whoever pays. */
export interface Price {
  readonly locationId: string | null;
  readonly payerId: string | null;
  readonly validFrom: string;
  /** In minor units of the currency; null: taken back. */
  readonly amount: number | null;
  readonly currency: string;
}

/** A price that was not taken back. */
export type StandingPrice<P extends Price> = P & { readonly amount: number };

const stands = <P extends Price>(price: P): price is StandingPrice<P> => price.amount !== null;

const later = <P extends Price>(one: P | null, other: P): P =>
  one === null || other.validFrom > one.validFrom ? other : one;

/** Where a price for this place is looked for, one after the other. */
const lookedFor = ({ siteId, payerId }: PricePlace): readonly PricePlace[] => [
  { siteId, payerId },
  { siteId: null, payerId },
  { siteId, payerId: null },
  { siteId: null, payerId: null },
];

/**
 * What something costs on a day: the price of the site and the payer, else of the payer, else of the site, else of everywhere; of each the
 * latest that holds by then. Null where none does. `prices` are of one thing; their order does not matter.
 */
export const priceAt = <P extends Price>(
  prices: readonly P[],
  place: PricePlace,
  day: string,
): StandingPrice<P> | null => {
  const holding = prices.filter(stands).filter(({ validFrom }) => validFrom <= day);
  for (const { siteId, payerId } of lookedFor(place)) {
    const found = holding
      .filter((price) => price.locationId === siteId && price.payerId === payerId)
      .reduce<StandingPrice<P> | null>(later, null);
    if (found !== null) return found;
  }
  return null;
};

/** The next day after `day` on which something costs otherwise, and what; null where nothing is to come. */
export const nextPrice = <P extends Price>(
  prices: readonly P[],
  place: PricePlace,
  day: string,
): StandingPrice<P> | null => {
  const now = priceAt(prices, place, day);
  const days = prices.filter(({ validFrom }) => validFrom > day).map(({ validFrom }) => validFrom);
  for (const next of days.toSorted()) {
    const then = priceAt(prices, place, next);
    if (then !== null && (then.amount !== now?.amount || then.currency !== now.currency)) return then;
  }
  return null;
};
