import { addDays } from '#shared/kernel/calendar.ts';
import { fold } from '../patients/fold.ts';

/** UCUM's codes of a day, a week and a month, as `duration_unit` has them. */
export const durationUnits = ['d', 'wk', 'mo'] as const;
export type DurationUnit = (typeof durationUnits)[number];

export interface Duration {
  readonly value: number;
  readonly unit: DurationUnit;
}

/** A month of treatment is 30 days, so that quantity and end do not depend on the month one starts in. */
const daysIn: Readonly<Record<DurationUnit, number>> = { d: 1, wk: 7, mo: 30 };

/** Longer is a typing error: two years. */
export const mostDays = 730;

const unitWords: Readonly<Record<string, DurationUnit>> = {
  d: 'd',
  day: 'd',
  days: 'd',
  j: 'd',
  jr: 'd',
  jrs: 'd',
  jour: 'd',
  jours: 'd',
  w: 'wk',
  wk: 'wk',
  wks: 'wk',
  week: 'wk',
  weeks: 'wk',
  sem: 'wk',
  semaine: 'wk',
  semaines: 'wk',
  m: 'mo',
  mo: 'mo',
  mth: 'mo',
  mths: 'mo',
  month: 'mo',
  months: 'mo',
  mois: 'mo',
};

/** Years are given in months. */
const yearWords = new Set(['y', 'yr', 'yrs', 'year', 'years', 'an', 'ans', 'annee', 'annees']);

/** `1/12` is a month, `2/52` two weeks, `5/7` five days, as they are written on charts. */
const fractions: Readonly<Record<string, DurationUnit>> = { '7': 'd', '52': 'wk', '12': 'mo' };

const counted = /^(?:for |x ?|pendant |pdt )?(\d{1,3}) ?([a-z]+)$/u;
const overCalendar = /^(?:for |x ?|pendant |pdt )?(\d{1,2})\/(7|52|12)$/u;

/** How many days it lasts. */
export const daysOf = ({ value, unit }: Duration): number => value * daysIn[unit];

const within = (duration: Duration): Duration | null =>
  duration.value > 0 && daysOf(duration) <= mostDays ? duration : null;

/**
 * A duration as a doctor types it; null for what is none or longer than two years.
 * @example parseDuration('2/52') // { value: 2, unit: 'wk' }
 */
export const parseDuration = (text: string): Duration | null => {
  const plain = fold(text).replace(/\./gu, '').replace(/\s+/gu, ' ').trim();
  const [, count, part] = overCalendar.exec(plain) ?? [];
  const partUnit = part === undefined ? undefined : fractions[part];
  if (partUnit) return within({ value: Number(count), unit: partUnit });
  const [, value, word = ''] = counted.exec(plain) ?? [];
  if (value === undefined) return null;
  if (yearWords.has(word)) return within({ value: Number(value) * 12, unit: 'mo' });
  const unit = Object.hasOwn(unitWords, word) ? unitWords[word] : undefined;
  return unit ? within({ value: Number(value), unit }) : null;
};

/** The last day of a treatment that starts on `start`. */
export const endOf = (start: string, duration: Duration): string => addDays(start, daysOf(duration) - 1);
