/** An exact decimal: `digits` / 10 ^ `scale`. Doses are compared with these, never with floats. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const form = /^([+-]?)(\d{1,18})(?:[.,](\d{1,17}))?$/;

/** Reads a decimal as people write it, with a point or a comma; null when it is none. */
export const decimalOf = (text: string): Decimal | null => {
  const found = form.exec(text.trim());
  if (!found) return null;
  const [, sign, whole = '', fraction = ''] = found;
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, scale: fraction.length };
};

export const times = (a: Decimal, b: Decimal): Decimal => ({
  digits: a.digits * b.digits,
  scale: a.scale + b.scale,
});

/** Negative where `a` is smaller, 0 where both are the same, whatever zeros they were written with. */
export const compare = (a: Decimal, b: Decimal): number => {
  const scale = Math.max(a.scale, b.scale);
  const difference = a.digits * 10n ** BigInt(scale - a.scale) - b.digits * 10n ** BigInt(scale - b.scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** As text with a point and without needless zeros. */
export const decimalText = ({ digits, scale }: Decimal): string => {
  const sign = digits < 0n ? '-' : '';
  const all = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  const whole = all.slice(0, all.length - scale);
  const fraction = all.slice(all.length - scale).replace(/0+$/, '');
  return sign + whole + (fraction === '' ? '' : `.${fraction}`);
};

/** As a number, to show how many times one is the other; nothing is decided with it. */
export const approximate = (value: Decimal): number => Number(decimalText(value));
