/**
 * Numbers as they are written, `-12.50`: exact, with the digits somebody gave them. The text is what PostgreSQL's
 * `decimal_text` takes, so nothing is rounded on its way there and back. No floating point, since 0.1 + 0.2 of something a
 * person swallows is 0.3.
 */

/** `digits` divided by ten to the power of `scale`. */
interface Parts {
  readonly digits: bigint;
  readonly scale: number;
}

const kept = /^-?(?:0|[1-9]\d{0,17})(?:\.\d{1,17})?$/;

/** What is computed may have more digits than what is kept. */
const computed = /^-?\d+(?:\.\d+)?$/;

/** Whether `text` is a number as it is kept. */
export const isDecimal = (text: string): boolean => kept.test(text);

const partsOf = (text: string): Parts => {
  if (!computed.test(text)) throw new RangeError('not a decimal');
  const [whole = '', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length };
};

const textOf = ({ digits, scale }: Parts): string => {
  const plain = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const at = plain.length - scale;
  const sign = digits < 0n ? '-' : '';
  return scale === 0 ? sign + plain : `${sign}${plain.slice(0, at)}.${plain.slice(at)}`;
};

/** Digits, in groups of three where one and the same blank or apostrophe stands between them, and what is behind a comma or point. */
const typedShape =
  /^([+-]?)(\d*|\d{1,3}(?:([\u0020\u00a0\u2009\u202f'\u2019])\d{3})(?:\3\d{3})*)(?:[.,](\d+))?$/u;

const withOneMinus = (typed: string): string => typed.trim().replace('\u2212', '-');

/**
 * `1,500` is a thousand and a half to some and one and a half to others, and so is `1.500`. With a point only what ends in zero is
 * taken for it: `1.5` says the same, where `1.025` has no other way to be written. `0,125` is one thing to all.
 */
const twoMeanings = /^[+-]?0*[1-9]\d{0,2}(?:(?:,\d{3})+|\.\d\d0|(?:\.\d{3}){2,})$/u;

/**
 * A number as people type it: a decimal comma or point, `.5`, `007`, `1 500` with any blank or an apostrophe between thousands. Null
 * for what is none, and for what is two: `1,500`, `1.500`, `1,000.5`. An exponent, a word and the digits of other scripts are none,
 * since nobody types them into a field for a number unless by mistake.
 * @example readDecimal('36,60') // '36.60'
 */
export const readDecimal = (typed: string): string | null => {
  const text = withOneMinus(typed);
  const [, sign, digits = '', , fraction = ''] = typedShape.exec(text) ?? [];
  if ((digits === '' && fraction === '') || twoMeanings.test(text)) return null;
  const whole = digits.replace(/\D/gu, '').replace(/^0+(?=\d)/u, '') || '0';
  const read = fraction === '' ? whole : `${whole}.${fraction}`;
  const signed = sign === '-' && /[1-9]/u.test(read) ? `-${read}` : read;
  return isDecimal(signed) ? signed : null;
};

/** Why a typed number was not read: it may mean two things, or none. */
export type NumberProblem = 'two-numbers' | 'number';

/** What `readDecimal` has against what was typed; null for nothing. */
export const numberProblem = (typed: string): NumberProblem | null => {
  if (readDecimal(typed) !== null) return null;
  return twoMeanings.test(withOneMinus(typed)) ? 'two-numbers' : 'number';
};

/** How many digits stand after the point. */
export const scaleOf = (text: string): number => partsOf(text).scale;

const raised = ({ digits, scale }: Parts, to: number): bigint => digits * 10n ** BigInt(to - scale);

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export const compareDecimals = (a: string, b: string): number => {
  const [left, right] = [partsOf(a), partsOf(b)];
  const scale = Math.max(left.scale, right.scale);
  const difference = raised(left, scale) - raised(right, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

export const addDecimals = (a: string, b: string): string => {
  const [left, right] = [partsOf(a), partsOf(b)];
  const scale = Math.max(left.scale, right.scale);
  return textOf({ digits: raised(left, scale) + raised(right, scale), scale });
};

export const subtractDecimals = (a: string, b: string): string =>
  addDecimals(a, textOf({ ...partsOf(b), digits: -partsOf(b).digits }));

export const multiplyDecimals = (a: string, b: string): string => {
  const [left, right] = [partsOf(a), partsOf(b)];
  return textOf({ digits: left.digits * right.digits, scale: left.scale + right.scale });
};

/** The quotient with `scale` digits after the point, halves away from zero. Throws a RangeError for a division by zero. */
export const divideDecimals = (a: string, b: string, scale: number): string => {
  const [above, below] = [partsOf(a), partsOf(b)];
  const numerator = above.digits * 10n ** BigInt(below.scale + scale);
  const denominator = below.digits * 10n ** BigInt(above.scale);
  const negative = numerator < 0n !== denominator < 0n;
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const quotient = (2n * n + d) / (2n * d);
  return textOf({ digits: negative ? -quotient : quotient, scale });
};

/** The least whole number not below `a / b`. Throws a RangeError for a division by zero. */
export const divideUp = (a: string, b: string): string => {
  const [above, below] = [partsOf(a), partsOf(b)];
  const scale = Math.max(above.scale, below.scale);
  const [n, d] = [raised(above, scale), raised(below, scale)];
  const isUp = n % d !== 0n && n < 0n === d < 0n;
  return textOf({ digits: n / d + (isUp ? 1n : 0n), scale: 0 });
};

export const isPositive = (text: string): boolean => partsOf(text).digits > 0n;

/** With at most `scale` digits after the point, halves away from zero, no zeros at the end. */
export const roundDecimal = (text: string, scale: number): string => {
  const rounded = partsOf(text).scale <= scale ? text : divideDecimals(text, '1', scale);
  const short = rounded.includes('.') ? rounded.replace(/\.?0+$/, '') : rounded;
  return short === '-0' ? '0' : short;
};

/** The same number with no zero at its end that says nothing. Throws a RangeError for what is no number. */
export const tidyDecimal = (text: string): string => roundDecimal(text, scaleOf(text));

/** What a row says where it is a number, without such zeros; null where it is none. Nothing is typed here, so `1.500` is one and a half. */
export const keptDecimal = (text: string | null): string | null =>
  text !== null && isDecimal(text) ? tidyDecimal(text) : null;
