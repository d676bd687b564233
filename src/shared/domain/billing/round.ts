/**
 * Rounding of money, the one rule of billing: a product is exact, and is rounded once to whole minor units of its currency, halves
 * away from zero (2.5 is 3, -2.5 is -3). Tax and shares are rounded for each line; a total is the sum of what its lines say.
 */

const magnitude = (n: bigint): bigint => (n < 0n ? -n : n);

/** `above / below` to the nearest whole number, halves away from zero. Throws a RangeError for a division by zero. */
const nearest = (above: bigint, below: bigint): number => {
  const [n, d] = [magnitude(above), magnitude(below)];
  const whole = (2n * n + d) / (2n * d);
  return Number(above < 0n === below < 0n ? whole : -whole);
};

/** `amount * part / whole` in whole minor units, halves away from zero; all three are whole numbers. */
export const proportion = (amount: number, part: number, whole: number): number =>
  nearest(BigInt(amount) * BigInt(part), BigInt(whole));

/** A rate of 100 %, in basis points. */
export const wholeRate = 10_000;

/**
 * So much of an amount, the rate in basis points.
 * @example shareOf(1250, 1800) // 225
 */
export const shareOf = (amount: number, rate: number): number => proportion(amount, rate, wholeRate);
