import { isAmbiguous } from '#shared/kernel/decimal.ts';

/**
 * Exact decimal arithmetic for doses and quantities: a number is `digits / 10^scale`, both whole. No floating point, since
 * 0.1 + 0.2 of something a person swallows is 0.3.
 */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** What `readDecimal` takes: a decimal comma or point, spaces or apostrophes between thousands, no exponent. */
const shape = /^([+-]?)(\d[\d\u0020\u00a0\u202f']*)?(?:[.,](\d+))?$/u;

/** Most digits before and after the point, as the databases take them (`decimal_text`). */
const mostDigits = 17;

const pow10 = (n: number): bigint => 10n ** BigInt(n);

/** The same number with no zero at its end. */
const tidy = ({ digits, scale }: Decimal): Decimal => {
  let [rest, places] = [digits, scale];
  while (places > 0 && rest % 10n === 0n) {
    rest /= 10n;
    places -= 1;
  }
  return { digits: rest, scale: places };
};

/** Reads what a person types; null for what is no number, or two. */
export const parseDecimal = (text: string): Decimal | null => {
  const [, sign = '', whole = '', part = ''] = shape.exec(text.trim().replace('\u2212', '-')) ?? [];
  if ((whole === '' && part === '') || isAmbiguous(text)) return null;
  const digits = whole.replace(/\D/gu, '');
  if (digits.replace(/^0+/u, '').length > mostDigits || part.length > mostDigits) return null;
  const value = BigInt(`${digits}${part}` || '0');
  return tidy({ digits: sign === '-' ? -value : value, scale: part.length });
};

/** As it is stored: a point, no sign but minus, no zeros that say nothing. */
export const decimalText = (value: Decimal): string => {
  const { digits, scale } = tidy(value);
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  return scale === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
};

/**
 * What a person typed in its stored spelling; null for what is no number.
 * @example readDecimal('0,50') // '0.5'
 */
export const readDecimal = (text: string): string | null => {
  const value = parseDecimal(text);
  return value === null ? null : decimalText(value);
};

export const fromWhole = (value: number): Decimal => ({ digits: BigInt(value), scale: 0 });

export const times = (a: Decimal, b: Decimal): Decimal =>
  tidy({ digits: a.digits * b.digits, scale: a.scale + b.scale });

export const plus = (a: Decimal, b: Decimal): Decimal => {
  const scale = Math.max(a.scale, b.scale);
  return tidy({ digits: a.digits * pow10(scale - a.scale) + b.digits * pow10(scale - b.scale), scale });
};

export const minus = (a: Decimal, b: Decimal): Decimal => plus(a, { ...b, digits: -b.digits });

/** Below, equal or above zero: how `a` stands to `b`. */
export const compare = (a: Decimal, b: Decimal): number => {
  const { digits } = minus(a, b);
  return digits < 0n ? -1 : digits > 0n ? 1 : 0;
};

export const isPositive = ({ digits }: Decimal): boolean => digits > 0n;

/** The least whole number not below `a / b`; `b` is above zero and `a` not below it. */
export const divideUp = (a: Decimal, b: Decimal): Decimal => {
  const scale = Math.max(a.scale, b.scale);
  const [top, bottom] = [a.digits * pow10(scale - a.scale), b.digits * pow10(scale - b.scale)];
  return { digits: (top + bottom - 1n) / bottom, scale: 0 };
};
