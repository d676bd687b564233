import { compareDecimals, multiplyDecimals } from '#shared/kernel/decimal.ts';
import type { Analyte, Measured, MeasuredIn, Range } from './analyte.ts';

/** HL7 v3 ObservationInterpretation: normal, low, high, critically low, critically high, abnormal. */
export const interpretations = ['N', 'L', 'H', 'LL', 'HH', 'A'] as const;
export type Interpretation = (typeof interpretations)[number];

export const reportFlags = ['normal', 'abnormal', 'critical'] as const;
/** What a report comes to; null: nobody has judged it. */
export type ReportFlag = (typeof reportFlags)[number] | null;

export const comparators = ['<', '<=', '>=', '>'] as const;
export type Comparator = (typeof comparators)[number];

/** Whom a value is of: the age in whole months on its day, null when unknown. */
export interface Whose {
  readonly sex: string;
  readonly ageMonths: number | null;
}

/** The bounds that were looked at, in the unit of the value. */
export interface Bounds {
  readonly low: string | null;
  readonly high: string | null;
  readonly source: string;
}

export interface Judged {
  readonly interpretation: Interpretation | null;
  /** The range that holds for this person; null when none is known. */
  readonly bounds: Bounds | null;
}

const significant = (text: string): number => Math.max(1, text.replace(/^0?\.?0*|\./g, '').length);

/** A bound in another unit, with as many significant digits as it was published with: 3.9 mmol/L is 70 mg/dL. */
export const boundIn = (bound: string, { factor }: MeasuredIn): string =>
  factor === '1'
    ? bound
    : String(Number(Number(multiplyDecimals(bound, factor)).toPrecision(significant(bound))));

const holdsFor = (range: Range, { sex, ageMonths }: Whose): boolean => {
  if (range.sex !== undefined && range.sex !== sex) return false;
  if (range.fromMonths === undefined && range.belowMonths === undefined) return true;
  return (
    ageMonths !== null &&
    ageMonths >= (range.fromMonths ?? 0) &&
    ageMonths < (range.belowMonths ?? Number.POSITIVE_INFINITY)
  );
};

const boundsOf = (ranges: readonly Range[], whose: Whose, unit: MeasuredIn): Bounds | null => {
  const range = ranges.find((one) => holdsFor(one, whose));
  if (range === undefined) return null;
  return {
    low: range.low === undefined ? null : boundIn(range.low, unit),
    high: range.high === undefined ? null : boundIn(range.high, unit),
    source: range.source,
  };
};

const isLess = (comparator: Comparator | null) => comparator === '<' || comparator === '<=';
const isMore = (comparator: Comparator | null) => comparator === '>' || comparator === '>=';

interface Compared {
  readonly value: string;
  readonly comparator: Comparator | null;
}

/** Whether the value is surely at or below `bound`. */
const reachesDown = ({ value, comparator }: Compared, bound: string | null): boolean =>
  bound !== null && !isMore(comparator) && compareDecimals(value, bound) <= 0;

const reachesUp = ({ value, comparator }: Compared, bound: string | null): boolean =>
  bound !== null && !isLess(comparator) && compareDecimals(value, bound) >= 0;

const isBelow = ({ value, comparator }: Compared, low: string | null): boolean =>
  low !== null &&
  !isMore(comparator) &&
  (comparator === '<' ? compareDecimals(value, low) <= 0 : compareDecimals(value, low) < 0);

const isAbove = ({ value, comparator }: Compared, high: string | null): boolean =>
  high !== null &&
  !isLess(comparator) &&
  (comparator === '>' ? compareDecimals(value, high) >= 0 : compareDecimals(value, high) > 0);

/** With a comparator the value itself is not known: it is normal only where every value it may stand for is. */
const isWithin = ({ value, comparator }: Compared, { low, high }: Bounds): boolean => {
  const lowest = isLess(comparator) ? null : value;
  const highest = isMore(comparator) ? null : value;
  const overLow = low === null || (lowest !== null && compareDecimals(lowest, low) >= 0);
  const underHigh = high === null || (highest !== null && compareDecimals(highest, high) <= 0);
  return overLow && underHigh;
};

export const unitOf = (analyte: Measured, unit: string): MeasuredIn | undefined =>
  analyte.units.find((one) => one.unit === unit);

/**
 * What a value of an analyte means for a person. Without a range for the person's age and sex nothing is said of what is
 * not critical. `value` is a decimal as it is kept, in `unit`; a unit the analyte has not gives no judgement.
 */
export const judgeValue = (
  analyte: Measured,
  { value, comparator, unit }: Compared & { readonly unit: string },
  whose: Whose,
): Judged => {
  const measuredIn = unitOf(analyte, unit);
  if (measuredIn === undefined) return { interpretation: null, bounds: null };
  const compared = { value, comparator };
  const bounds = boundsOf(analyte.ranges, whose, measuredIn);
  const critical = boundsOf(analyte.critical, whose, measuredIn);
  const interpretation = (): Interpretation | null => {
    if (reachesDown(compared, critical?.low ?? null)) return 'LL';
    if (reachesUp(compared, critical?.high ?? null)) return 'HH';
    if (bounds === null) return null;
    if (isBelow(compared, bounds.low)) return 'L';
    if (isAbove(compared, bounds.high)) return 'H';
    return isWithin(compared, bounds) ? 'N' : null;
  };
  return { interpretation: interpretation(), bounds };
};

/** What a chosen answer means: abnormal or not. An answer that is none of the analyte's is not judged. */
export const judgeChoice = (analyte: Analyte, answer: string): Interpretation | null => {
  if (analyte.kind !== 'choice' || !analyte.options.includes(answer)) return null;
  return analyte.normal.includes(answer) ? 'N' : 'A';
};

/** The worst of a report's values; normal only when every one of them is. */
export const flagOf = (values: readonly (Interpretation | null)[]): ReportFlag => {
  if (values.some((value) => value === 'LL' || value === 'HH')) return 'critical';
  if (values.some((value) => value === 'L' || value === 'H' || value === 'A')) return 'abnormal';
  return values.length > 0 && values.every((value) => value === 'N') ? 'normal' : null;
};

/** Whole months from a birth date to a day, both `YYYY-MM-DD`; null without a birth date. */
export const ageInMonths = (born: string | null, day: string): number | null => {
  if (born === null) return null;
  const [y = 0, m = 0, d = 0] = born.split('-').map(Number);
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return (year - y) * 12 + (month - m) - (date < d ? 1 : 0);
};

const weight = (flag: ReportFlag): number => (flag === null ? -1 : reportFlags.indexOf(flag));

/** The graver of two judgements; one that was not made does not count. */
export const worseOf = (a: ReportFlag, b: ReportFlag): ReportFlag => (weight(b) > weight(a) ? b : a);
