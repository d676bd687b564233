import { v5 } from 'uuid';

/** The namespace of the ids below. */
const namespace = '0193b1c4-7a52-7d10-8e3b-2c9d54f0a611';

/** A lot number as it stands in the file: without blanks around it, in capitals, so that `ab 12` and `AB 12` are one. */
export const lotOf = (typed: string): string => typed.trim().replaceAll(/\s+/gu, ' ').toLocaleUpperCase('en');

/**
 * The id of a batch: made of item, lot and expiry date (a UUID version 5), so that two workstations that receive of one lot without
 * hearing of each other write one row.
 */
export const batchId = (itemId: string, lot: string, expiry: string | null): string =>
  v5(`batch ${itemId} ${lotOf(lot)} ${expiry ?? ''}`, namespace);

/** The id of the minimum level of an item in a store. */
export const levelId = (itemId: string, storeId: string): string =>
  v5(`level ${itemId} ${storeId}`, namespace);

/** The id of what is said of a batch's recall. */
export const recallId = (batch: string): string => v5(`recall ${batch}`, namespace);

/**
 * The id of the count of a batch in a store, `turn` being how many counts of it were known: of two desks that count one shelf without
 * hearing of each other, each would write the difference, and it would be counted twice. With one id the second is refused and seen.
 */
export const countId = (storeId: string, batch: string, turn: number): string =>
  v5(`count ${storeId} ${batch} ${turn}`, namespace);

/** The id of what takes a movement back: it is taken back once, whoever does it. */
export const reversalId = (movementId: string): string => v5(`reversal ${movementId}`, namespace);
