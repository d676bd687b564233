import { isPositive, numberProblem, readDecimal, tidyDecimal } from '#shared/kernel/decimal.ts';
import type { Result } from '#shared/kernel/result.ts';

/** The most that moves at once; what the centre takes. */
const mostQuantity = 1_000_000_000;

export type QuantityProblem =
  | 'required'
  | 'two-numbers'
  | 'number'
  | 'whole-number'
  | 'above-zero'
  | 'too-many';

/** A whole number of the smallest unit as somebody typed it, zero and below too. */
export const readWhole = (typed: string): Result<number, QuantityProblem> => {
  if (typed.trim() === '') return { ok: false, error: 'required' };
  const read = readDecimal(typed);
  if (read === null) return { ok: false, error: numberProblem(typed) ?? 'number' };
  const tidy = tidyDecimal(read);
  if (tidy.includes('.')) return { ok: false, error: 'whole-number' };
  const value = Number(tidy);
  return Math.abs(value) > mostQuantity ? { ok: false, error: 'too-many' } : { ok: true, value };
};

/**
 * How much somebody typed, in the smallest unit: a whole number above zero.
 * @example readQuantity('1 500') // { ok: true, value: 1500 }
 */
export const readQuantity = (typed: string): Result<number, QuantityProblem> => {
  const read = readWhole(typed);
  if (!read.ok) return read;
  return isPositive(String(read.value)) ? read : { ok: false, error: 'above-zero' };
};
