import { partsOf } from '#shared/kernel/calendar.ts';

/** An age in the unit people use for it: days up to four weeks, weeks up to three months, months up to two years, then years. */
export interface Age {
  readonly count: number;
  readonly unit: 'day' | 'week' | 'month' | 'year';
}

const dayNumber = (date: string): number => {
  const [year, month, day] = partsOf(date);
  return Date.UTC(year, month - 1, day) / 86_400_000;
};

/** Whole calendar months from `from` to `to`. */
const monthsBetween = (from: string, to: string): number => {
  const [fromYear, fromMonth, fromDay] = partsOf(from);
  const [toYear, toMonth, toDay] = partsOf(to);
  return (toYear - fromYear) * 12 + (toMonth - fromMonth) - (toDay < fromDay ? 1 : 0);
};

/** The age on `day` of somebody born on `birthDate` (both `YYYY-MM-DD`); null when `day` comes before. */
export const ageOn = (birthDate: string, day: string): Age | null => {
  if (day < birthDate) return null;
  const days = dayNumber(day) - dayNumber(birthDate);
  if (days < 28) return { count: days, unit: 'day' };
  const months = monthsBetween(birthDate, day);
  if (months < 3) return { count: Math.floor(days / 7), unit: 'week' };
  if (months < 24) return { count: months, unit: 'month' };
  return { count: Math.floor(months / 12), unit: 'year' };
};

/** An age in the words of `locale` (BCP 47), short: `52 yrs`, `8 mths`, `52 ans`. */
export const ageText = (age: Age, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: age.unit, unitDisplay: 'short' }).format(age.count);
