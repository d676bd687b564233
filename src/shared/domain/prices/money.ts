import { multiplyDecimals, numberProblem, readDecimal, scaleOf } from '#shared/kernel/decimal.ts';
import type { Result } from '#shared/kernel/result.ts';

/** The most a price can be, in minor units; what the centre takes. */
export const mostAmount = 2_000_000_000;

/** Every currency (ISO 4217), by code. */
export const currencies = (): readonly string[] => Intl.supportedValuesOf('currency');

/** Whether there is such a currency. */
export const isCurrency = (code: string): boolean => currencies().includes(code);

/** How many digits of a currency stand after the point: 0 of the Rwandan franc, 2 of the euro, 3 of the Bahraini dinar. */
export const minorDigits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

export type AmountProblem = 'required' | 'two-numbers' | 'number' | 'negative' | 'minor-units' | 'too-much';

/**
 * What somebody typed as a price, in minor units of the currency. The rule for typed numbers is that of the house, so `1,500` is asked
 * about.
 * @example readAmount('12.50', 'EUR') // { ok: true, value: 1250 }
 */
export const readAmount = (typed: string, currency: string): Result<number, AmountProblem> => {
  if (typed.trim() === '') return { ok: false, error: 'required' };
  const read = readDecimal(typed);
  if (read === null)
    return { ok: false, error: numberProblem(typed) === 'two-numbers' ? 'two-numbers' : 'number' };
  if (read.startsWith('-')) return { ok: false, error: 'negative' };
  const digits = minorDigits(currency);
  const plain = read.includes('.') ? read.replace(/\.?0+$/u, '') : read;
  if (scaleOf(plain) > digits) return { ok: false, error: 'minor-units' };
  const amount = Number(multiplyDecimals(plain, `1${'0'.repeat(digits)}`));
  return amount > mostAmount ? { ok: false, error: 'too-much' } : { ok: true, value: amount };
};

/** An amount as it would be typed: `12.50`. Of three digits a last zero is left out, since `1.500` may mean two numbers. */
export const typedAmount = (amount: number, currency: string): string => {
  const digits = minorDigits(currency);
  const text = String(amount).padStart(digits + 1, '0');
  if (digits === 0) return text;
  const written = `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return digits > 2 ? written.replace(/0$/u, '') : written;
};
