import {
  multiplyDecimals,
  numberProblem,
  readDecimal,
  scaleOf,
  tidyDecimal,
} from '#shared/kernel/decimal.ts';
import type { Result } from '#shared/kernel/result.ts';
import { wholeRate } from './round.ts';

/** Why a typed rate is none; `too-much`: above 100 %, as when 13 % is typed as `1300`. */
export type RateProblem = 'required' | 'two-numbers' | 'number' | 'negative' | 'decimals' | 'too-much';

/**
 * A rate as somebody typed it in percent, in basis points: of tax, of what a payer covers, of a discount. At most two digits after
 * the point; a percent sign at the end says nothing new.
 * @example readTaxRate('13') // { ok: true, value: 1300 }
 * @example readTaxRate('1300') // { ok: false, error: 'too-much' }
 */
export const readTaxRate = (typed: string): Result<number, RateProblem> => {
  const text = typed.trim().replace(/\s*%$/u, '');
  if (text === '') return { ok: false, error: 'required' };
  const read = readDecimal(text);
  if (read === null) return { ok: false, error: numberProblem(text) ?? 'number' };
  if (read.startsWith('-')) return { ok: false, error: 'negative' };
  const rate = tidyDecimal(read);
  if (scaleOf(rate) > 2) return { ok: false, error: 'decimals' };
  const points = Number(multiplyDecimals(rate, '100'));
  return points > wholeRate ? { ok: false, error: 'too-much' } : { ok: true, value: points };
};

/** What is wrong with a typed rate in the words of a field. */
export const rateField = (problem: RateProblem): string =>
  problem === 'too-much' ? 'rate' : problem === 'decimals' ? 'rate-decimals' : problem;

/** A rate in basis points as it would be typed: `5.5`. */
export const typedRate = (rate: number): string => tidyDecimal(multiplyDecimals(String(rate), '0.01'));
