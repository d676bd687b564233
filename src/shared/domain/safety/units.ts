import { multiplyDecimals } from '#shared/kernel/decimal.ts';

/** What a unit measures; units of two kinds cannot be compared. */
type Dimension = 'mass' | 'volume' | 'international-units' | 'amount';

interface Unit {
  readonly dimension: Dimension;
  /** How many of the dimension's own unit (mg, mL, IU, mmol) it is. */
  readonly size: string;
}

const unit = (dimension: Dimension, size: string): Unit => ({ dimension, size });

/** Units as UCUM, RxNorm and people write them, in lower case. */
const units: ReadonlyMap<string, Unit> = new Map([
  ...['kg'].map((name) => [name, unit('mass', '1000000')] as const),
  ...['g', 'gram', 'grams', 'gm'].map((name) => [name, unit('mass', '1000')] as const),
  ...['mg', 'milligram', 'milligrams'].map((name) => [name, unit('mass', '1')] as const),
  ...['ug', 'µg', 'μg', 'mcg', 'microgram', 'micrograms'].map(
    (name) => [name, unit('mass', '0.001')] as const,
  ),
  ...['ng', 'nanogram', 'nanograms'].map((name) => [name, unit('mass', '0.000001')] as const),
  ...['l', 'litre', 'liter'].map((name) => [name, unit('volume', '1000')] as const),
  ...['ml', 'millilitre', 'milliliter'].map((name) => [name, unit('volume', '1')] as const),
  ...['iu', '[iu]', 'u', 'unt', 'unit', 'units', 'international units'].map(
    (name) => [name, unit('international-units', '1')] as const,
  ),
  ...['mu', 'million units'].map((name) => [name, unit('international-units', '1000000')] as const),
  ...['mmol'].map((name) => [name, unit('amount', '1')] as const),
  ...['mol'].map((name) => [name, unit('amount', '1000')] as const),
]);

const find = (name: string): Unit | undefined => units.get(name.trim().toLowerCase());

/** Whether something is measured in it, rather than counted. */
export const isMeasure = (name: string): boolean => find(name) !== undefined;

/** An amount in the own unit of what it measures: mg, mL, IU or mmol. */
export interface Amount {
  readonly dimension: Dimension;
  /** Decimal text. */
  readonly value: string;
}

/** Null where the unit is none that measures. */
export const amountOf = (value: string, name: string): Amount | null => {
  const found = find(name);
  return found ? { dimension: found.dimension, value: multiplyDecimals(value, found.size) } : null;
};

/** The name of a counted unit, however it was written: `Tablets`, `tab.`, `tablet(s)` are `tablet`. */
export const countedUnit = (name: string): string => {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/\(s\)$|\.$/, '')
    .replace(/^(.{3,}[^s])s$/, '$1');
  return { tab: 'tablet', cap: 'capsule', caps: 'capsule' }[plain] ?? plain;
};
