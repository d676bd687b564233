import { ageOn } from '#shared/domain/patients/age.ts';
import { compareDecimals } from '#shared/kernel/decimal.ts';
import { boys, girls } from './head-circumference.ts';
import type { MeasureName } from './measures.ts';

/** Where a value is usual; `severeLow` and below, `severeHigh` and above, somebody looks at once. In the unit that is kept. */
export interface NormalRange {
  readonly low?: string;
  readonly high?: string;
  readonly severeLow?: string;
  readonly severeHigh?: string;
}

/** FHIR's observation interpretation: normal, low, high, and critically so. */
export const interpretations = ['N', 'L', 'H', 'LL', 'HH'] as const;
export type Interpretation = (typeof interpretations)[number];

export interface Person {
  /** `YYYY-MM-DD` */
  readonly birthDate: string | null;
  readonly gender: string;
}

/** A range from an age on, in months, until the next. */
type Bands = readonly (readonly [from: number, range: NormalRange])[];

const fourWeeks = 28 / 30.4375;
const years = (count: number) => count * 12;

/**
 * Children: American Heart Association, Pediatric Advanced Life Support provider manual, 2015, awake rates and blood
 * pressure by age. From 16 years: heart rate, breathing and oxygen by the Royal College of Physicians, National Early
 * Warning Score (NEWS) 2, 2017: what scores 0 is normal, what scores 3 severe. Compared on 30 November 2026: every value of
 * heart rate, breathing and blood pressure of children with the chart of PedsCases after PALS 2015 (scribd.com/document/508099272),
 * every value of NEWS 2 with its chart 1 (scribd.com/document/584338409).
 */
const heartRate: Bands = [
  [0, { low: '100', high: '205' }],
  [fourWeeks, { low: '100', high: '190' }],
  [years(1), { low: '98', high: '140' }],
  [years(3), { low: '80', high: '120' }],
  [years(6), { low: '75', high: '118' }],
  [years(12), { low: '60', high: '100' }],
  [years(16), { low: '51', high: '90', severeLow: '40', severeHigh: '131' }],
];

/** The sources of `heartRate`. */
const respiratoryRate: Bands = [
  [0, { low: '30', high: '53' }],
  [years(1), { low: '22', high: '37' }],
  [years(3), { low: '20', high: '28' }],
  [years(6), { low: '18', high: '25' }],
  [years(12), { low: '12', high: '20' }],
  [years(16), { low: '12', high: '20', severeLow: '8', severeHigh: '25' }],
];

/**
 * Children: PALS 2015 as for `heartRate`. From 16 years: International Society of Hypertension, global practice guidelines,
 * 2020: normal is below 130 and below 85. Low, and a hypertensive crisis: American Heart Association, understanding blood
 * pressure readings, 2017: below 90 or 60, above 180 or 120. Compared on 30 November 2026: what is normal (meded101.com) and a crisis, not what is low.
 */
const systolic: Bands = [
  [0, { low: '67', high: '84' }],
  [fourWeeks, { low: '72', high: '104' }],
  [years(1), { low: '86', high: '106' }],
  [years(3), { low: '89', high: '112' }],
  [years(6), { low: '97', high: '115' }],
  [years(10), { low: '102', high: '120' }],
  [years(12), { low: '110', high: '131' }],
  [years(16), { low: '90', high: '129', severeHigh: '181' }],
];

/** The sources of `systolic`. */
const diastolic: Bands = [
  [0, { low: '35', high: '53' }],
  [fourWeeks, { low: '37', high: '56' }],
  [years(1), { low: '42', high: '63' }],
  [years(3), { low: '46', high: '72' }],
  [years(6), { low: '57', high: '76' }],
  [years(10), { low: '61', high: '80' }],
  [years(12), { low: '64', high: '83' }],
  [years(16), { low: '60', high: '84', severeHigh: '121' }],
];

/**
 * To four weeks: World Health Organization, Thermal protection of the newborn: a practical guide, 1997. To 16 years: fever from
 * 38 °C as NICE guideline NG143 (fever in under 5s) has it, below 36 °C a risk as NG51 (sepsis) has it. Then NEWS 2, 2017.
 */
const temperature: Bands = [
  [0, { low: '36.5', high: '37.5' }],
  [fourWeeks, { low: '36', high: '37.9' }],
  [years(16), { low: '36.1', high: '38', severeLow: '35' }],
];

/** To 16 years: PALS 2015, 94 % or more on room air. Then NEWS 2, 2017, scale 1. High above the sea less is usual. */
const spo2: Bands = [
  [0, { low: '94' }],
  [years(16), { low: '96', severeLow: '91' }],
];

/** World Health Organization, Obesity: preventing and managing the global epidemic (TRS 894), 2000: adults. Before 19 years it depends on age and sex. */
const bmi: Bands = [[years(19), { low: '18.5', high: '24.9' }]];

const bands: Readonly<Partial<Record<MeasureName, Bands>>> = {
  heartRate,
  respiratoryRate,
  systolic,
  diastolic,
  temperature,
  spo2,
  bmi,
};

/** The age in months, with a fraction while it is counted in days or weeks. */
export const monthsOld = (birthDate: string, day: string): number | null => {
  const age = ageOn(birthDate, day);
  if (age === null) return null;
  const perMonth = { day: 1 / 30.4375, week: 7 / 30.4375, month: 1, year: 12 } as const;
  return age.count * perMonth[age.unit];
};

const headRange = (months: number, gender: string): NormalRange | null => {
  const standard = gender === 'male' ? boys : gender === 'female' ? girls : null;
  const row = months > 24 ? undefined : standard?.[Math.floor(months)];
  if (row === undefined) return null;
  const [median, cv] = row;
  const at = (deviations: number) => String(Math.round(median * (1 + deviations * cv) * 10) / 10);
  return { low: at(-2), high: at(2) };
};

/** The normal range of a measure for somebody on `day`; null where there is none or the age is not known. */
export const normalRange = (
  name: MeasureName,
  { birthDate, gender }: Person,
  day: string,
): NormalRange | null => {
  const months = birthDate === null ? null : monthsOld(birthDate, day);
  if (months === null) return null;
  if (name === 'headCircumference') return headRange(months, gender);
  return bands[name]?.findLast(([from]) => months >= from)?.[1] ?? null;
};

/** What a value means against its range; null without one. */
export const interpret = (value: string, range: NormalRange | null): Interpretation | null => {
  if (range === null) return null;
  const { low, high, severeLow, severeHigh } = range;
  const below = (limit: string | undefined) => limit !== undefined && compareDecimals(value, limit) < 0;
  const above = (limit: string | undefined) => limit !== undefined && compareDecimals(value, limit) > 0;
  if (severeLow !== undefined && !above(severeLow)) return 'LL';
  if (severeHigh !== undefined && !below(severeHigh)) return 'HH';
  if (below(low)) return 'L';
  return above(high) ? 'H' : 'N';
};
