import { weekdayOf } from '#shared/domain/appointments/wall-time.ts';
import { addDays, calendarDate, daysBetween, partsOf } from '#shared/kernel/calendar.ts';

/** A day on which the clinic, or one site of it (null: all), is closed; several days where the last is another. */
export interface Holiday {
  readonly startDate: string;
  readonly endDate: string;
  readonly name: string;
  readonly locationId: string | null;
}

/** How a day of the next year was found: the year before had it on the same day, on the same weekday of the month, or does not tell. */
export const holidayRules = ['same-day', 'weekday', 'unsure'] as const;
export type HolidayRule = (typeof holidayRules)[number];

/** A holiday of the next year. Without a day where the calendar has none, as 29 February. */
export interface NextHoliday extends Pick<Holiday, 'name' | 'locationId'> {
  readonly days: Pick<Holiday, 'startDate' | 'endDate'> | null;
  readonly rule: HolidayRule;
}

const nthOf = (date: string): number => Math.ceil(partsOf(date)[2] / 7);

/** That weekday of the month a year later: the first, the second ..., or the last where it is the fifth. */
const sameWeekday = (date: string): string => {
  const [year, month] = partsOf(date);
  const first = `${String(year + 1).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`;
  const ahead = (weekdayOf(date) - weekdayOf(first) + 7) % 7;
  const day = addDays(first, ahead + (nthOf(date) - 1) * 7);
  return partsOf(day)[1] === month ? day : addDays(day, -7);
};

const sameDay = (date: string): string | null => {
  const [year, month, day] = partsOf(date);
  return calendarDate(year + 1, month, day);
};

const isAlike = (one: Holiday, other: Holiday): boolean =>
  one.locationId === other.locationId &&
  one.name.trim().toLocaleLowerCase() === other.name.trim().toLocaleLowerCase();

const ruleOf = (holiday: Holiday, before: readonly Holiday[]): HolidayRule => {
  const earlier = before.find((one) => isAlike(one, holiday));
  if (earlier === undefined) return 'unsure';
  if (sameDay(earlier.startDate) === holiday.startDate) return 'same-day';
  return sameWeekday(earlier.startDate) === holiday.startDate ? 'weekday' : 'unsure';
};

/**
 * The holidays of a year one year later. Which day one falls on is read from the year before it (`before`): one on a day of the month
 * stays there, one on a weekday of the month follows it, and for any other, Easter for one, the same day is only a guess.
 */
export const nextHolidays = (
  holidays: readonly Holiday[],
  before: readonly Holiday[],
): readonly NextHoliday[] =>
  holidays.map((holiday) => {
    const { name, locationId, startDate, endDate } = holiday;
    const rule = ruleOf(holiday, before);
    const first = rule === 'weekday' ? sameWeekday(startDate) : sameDay(startDate);
    const days =
      first === null ? null : { startDate: first, endDate: addDays(first, daysBetween(startDate, endDate)) };
    return { name, locationId, rule, days };
  });
