/**
 * Numbers as they are written, `-12.50`: exact, with the digits somebody gave them. The text is what PostgreSQL's
 * `decimal_text` takes, so nothing is rounded on its way there and back.
 */

/** `digits` divided by ten to the power of `scale`. */
interface Parts {
  readonly digits: bigint;
  readonly scale: number;
}

const written = /^-?(?:0|[1-9]\d{0,17})(?:\.\d{1,17})?$/;

/** Whether `text` is a number as it is kept. */
export const isDecimal = (text: string): boolean => written.test(text);

const partsOf = (text: string): Parts => {
  if (!isDecimal(text)) throw new RangeError('not a decimal');
  const [whole = '', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length };
};

const textOf = ({ digits, scale }: Parts): string => {
  const plain = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const at = plain.length - scale;
  const sign = digits < 0n ? '-' : '';
  return scale === 0 ? sign + plain : `${sign}${plain.slice(0, at)}.${plain.slice(at)}`;
};

/**
 * A number as people type it, with a decimal comma or point: `36,6`, `.5`, `007`. Null when it is none, also when it has
 * both signs (`1,000.5`): nobody knows then what was meant.
 */
export const readDecimal = (typed: string): string | null => {
  const found = /^([+-]?)0*(\d*)(?:[.,](\d+))?$/.exec(typed.trim());
  if (found === null || !/\d/.test(typed)) return null;
  const [, sign = '', whole = '', fraction] = found;
  const text = `${sign === '-' ? '-' : ''}${whole || '0'}${fraction === undefined ? '' : `.${fraction}`}`;
  return isDecimal(text) ? text : null;
};

/** `1,500`: a thousand and a half to some, one and a half to others. A dose or a result is not guessed at; `0,125` is one thing to all. */
const twoMeanings = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+$/u;

/** Whether a typed number means one thing where the comma stands before thousands and another where it stands before decimals. */
export const isAmbiguous = (text: string): boolean => twoMeanings.test(text.trim());

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

/** With at most `scale` digits after the point, halves away from zero, no zeros at the end. */
export const roundDecimal = (text: string, scale: number): string => {
  const rounded = partsOf(text).scale <= scale ? text : divideDecimals(text, '1', scale);
  const short = rounded.includes('.') ? rounded.replace(/\.?0+$/, '') : rounded;
  return short === '-0' ? '0' : short;
};
