import { v5 } from 'uuid';

/** The namespace of the ids below. */
const namespace = '0193a5e0-5c1a-7c60-9d0f-6f2f1d6f7a24';

/**
 * The id of the price of something at a site (null: everywhere) from a day on: made of all three (a UUID version 5), so that two
 * workstations that set it without hearing of each other write one row.
 */
export const priceId = (definitionId: string, siteId: string | null, validFrom: string): string =>
  v5(`${definitionId} ${siteId ?? ''} ${validFrom}`, namespace);

/** What something costs from a day (`YYYY-MM-DD`) on, at a site or, with null, everywhere. */
export interface Price {
  readonly locationId: string | null;
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

/**
 * What something costs at a site on a day: the latest price of the site that holds by then, else the latest of those that hold
 * everywhere. Null where none does. `prices` are of one thing; their order does not matter.
 */
export const priceAt = <P extends Price>(
  prices: readonly P[],
  siteId: string | null,
  day: string,
): StandingPrice<P> | null => {
  const holding = prices.filter(stands).filter(({ validFrom }) => validFrom <= day);
  const of = (place: string | null) =>
    holding.filter(({ locationId }) => locationId === place).reduce<StandingPrice<P> | null>(later, null);
  return (siteId === null ? null : of(siteId)) ?? of(null);
};

/** The next day after `day` on which something costs otherwise at a site, and what; null where nothing is to come. */
export const nextPrice = <P extends Price>(
  prices: readonly P[],
  siteId: string | null,
  day: string,
): StandingPrice<P> | null => {
  const now = priceAt(prices, siteId, day);
  const days = prices.filter(({ validFrom }) => validFrom > day).map(({ validFrom }) => validFrom);
  for (const next of days.toSorted()) {
    const then = priceAt(prices, siteId, next);
    if (then !== null && (then.amount !== now?.amount || then.currency !== now.currency)) return then;
  }
  return null;
};
