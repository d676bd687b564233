import { dayAt, firstInstantAt, weekdayOf, weekOf } from '#shared/domain/appointments/wall-time.ts';
import { addDays, calendarDate, partsOf } from '#shared/kernel/calendar.ts';

/**
 * How a series goes on: the part of an RFC 5545 RRULE a front desk needs. It is expanded here and not by a library, because days
 * without a time zone are all it takes: each occurrence is a day with the wall time of the series, and the time-zone helpers of
 * appointments find its instant.
 */
export interface RecurrenceRule {
  readonly frequency: 'daily' | 'weekly' | 'monthly';
  /** Every so many days, weeks or months. */
  readonly interval: number;
  /** Weekly: ISO 8601 weekdays, at least one. */
  readonly weekdays: readonly number[];
  /** Monthly: the day of the month, or the `nth` such weekday of it, -1 for the last. */
  readonly monthly: MonthlyDay | null;
  readonly end: RecurrenceEnd;
}

export type MonthlyDay =
  | { readonly by: 'day'; readonly day: number }
  | { readonly by: 'weekday'; readonly nth: number; readonly weekday: number };

/** After so many occurrences, or on a last day `YYYY-MM-DD` that may be one. */
export type RecurrenceEnd =
  | { readonly by: 'count'; readonly count: number }
  | { readonly by: 'until'; readonly until: string };

/** A year of weeks: no series has more. */
export const mostOccurrences = 52;
export const mostInterval = 99;

const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const codeOf = (weekday: number): string => weekdayCodes[weekday - 1] ?? '';

const dayOfMonth = (year: number, month: number, monthly: MonthlyDay): string | null => {
  if (monthly.by === 'day') return calendarDate(year, month, monthly.day);
  if (monthly.nth > 0) {
    const first = calendarDate(year, month, 1);
    if (first === null) return null;
    const ahead = ((monthly.weekday - weekdayOf(first) + 7) % 7) + (monthly.nth - 1) * 7;
    const day = addDays(first, ahead);
    return day.slice(0, 7) === first.slice(0, 7) ? day : null;
  }
  const next = calendarDate(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1);
  if (next === null) return null;
  const last = addDays(next, -1);
  return addDays(last, -((weekdayOf(last) - monthly.weekday + 7) % 7));
};

function* monthlyDays(start: string, interval: number, monthly: MonthlyDay): Generator<string> {
  const [year, month] = partsOf(start);
  for (let ahead = 0; ; ahead += interval) {
    const index = year * 12 + (month - 1) + ahead;
    if (index >= 9999 * 12) return;
    // A month without such a day has none: the 31st, the fifth Tuesday (RFC 5545, 3.3.10).
    const day = dayOfMonth(Math.floor(index / 12), (index % 12) + 1, monthly);
    if (day !== null && day >= start) yield day;
  }
}

function* weeklyDays(start: string, interval: number, weekdays: readonly number[]): Generator<string> {
  const monday = addDays(start, 1 - weekdayOf(start));
  const sorted = [...new Set(weekdays)].toSorted((a, b) => a - b);
  for (let week = 0; ; week += interval)
    for (const weekday of sorted) {
      const day = addDays(monday, week * 7 + weekday - 1);
      if (day >= start) yield day;
    }
}

function* dailyDays(start: string, interval: number): Generator<string> {
  for (let ahead = 0; ; ahead += interval) yield addDays(start, ahead);
}

const candidatesOf = (rule: RecurrenceRule, start: string): Generator<string> => {
  if (rule.frequency === 'weekly' && rule.weekdays.length > 0)
    return weeklyDays(start, rule.interval, rule.weekdays);
  if (rule.frequency === 'monthly' && rule.monthly !== null)
    return monthlyDays(start, rule.interval, rule.monthly);
  return dailyDays(start, rule.interval);
};

/** The days of a series from its first possible day on, at most {@link mostOccurrences}. Weeks begin on Monday. */
export const daysOf = (rule: RecurrenceRule, start: string): readonly string[] => {
  const { end } = rule;
  const most = Math.min(mostOccurrences, end.by === 'count' ? end.count : mostOccurrences);
  const days: string[] = [];
  if (most < 1) return days;
  for (const day of candidatesOf(rule, start)) {
    if (end.by === 'until' && day > end.until) break;
    days.push(day);
    if (days.length >= most) break;
  }
  return days;
};

/** Whether a day is one the rule can name, apart from its interval and its end. */
export const fits = (rule: RecurrenceRule, day: string): boolean => {
  if (rule.frequency === 'weekly') return rule.weekdays.includes(weekdayOf(day));
  if (rule.frequency !== 'monthly' || rule.monthly === null) return true;
  const [year, month] = partsOf(day);
  return dayOfMonth(year, month, rule.monthly) === day;
};

/** The nth of its weekday in its month, 1 to 5. */
export const nthOf = (day: string): number => Math.ceil(partsOf(day)[2] / 7);

/** The last second of a day where the series takes place, as RFC 5545 wants the UNTIL of a series with a time zone. */
const untilOf = (day: string, zone: string): string =>
  new Date(firstInstantAt(day, 1440, zone) - 1000).toISOString().replace(/[-:]|\.\d{3}/g, '');

/** The rule as the value of an RRULE. */
export const formatRule = (
  { frequency, interval, weekdays, monthly, end }: RecurrenceRule,
  zone: string,
): string => {
  const parts = [`FREQ=${frequency.toUpperCase()}`];
  if (interval !== 1) parts.push(`INTERVAL=${interval}`);
  if (frequency === 'weekly') parts.push(`BYDAY=${weekdays.map(codeOf).join(',')}`);
  if (frequency === 'monthly' && monthly !== null)
    parts.push(
      monthly.by === 'day' ? `BYMONTHDAY=${monthly.day}` : `BYDAY=${monthly.nth}${codeOf(monthly.weekday)}`,
    );
  parts.push(end.by === 'count' ? `COUNT=${end.count}` : `UNTIL=${untilOf(end.until, zone)}`);
  return parts.join(';');
};

const numberIn = (text: string | undefined, from: number, to: number): number | null => {
  const value = Number(text);
  return text !== undefined && Number.isInteger(value) && value >= from && value <= to ? value : null;
};

const weekdayIn = (code: string | undefined): number | null => {
  const codes: readonly (string | undefined)[] = weekdayCodes;
  const at = codes.indexOf(code);
  return at < 0 ? null : at + 1;
};

const readUntil = (text: string, zone: string): string | null => {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at) ? null : dayAt(at, zone);
};

const readEnd = (parts: ReadonlyMap<string, string>, zone: string): RecurrenceEnd | null => {
  const [count, until] = [parts.get('COUNT'), parts.get('UNTIL')];
  if ((count === undefined) === (until === undefined)) return null;
  if (until === undefined) {
    const number = numberIn(count, 1, mostOccurrences);
    return number === null ? null : { by: 'count', count: number };
  }
  const day = readUntil(until, zone);
  return day === null ? null : { by: 'until', until: day };
};

const readMonthly = (parts: ReadonlyMap<string, string>): MonthlyDay | null => {
  const [byDay, byMonthDay] = [parts.get('BYDAY'), parts.get('BYMONTHDAY')];
  if ((byDay === undefined) === (byMonthDay === undefined)) return null;
  if (byDay === undefined) {
    const day = numberIn(byMonthDay, 1, 31);
    return day === null ? null : { by: 'day', day };
  }
  const [, nth, code] = /^(-1|[1-5])([A-Z]{2})$/.exec(byDay) ?? [];
  const weekday = weekdayIn(code);
  return weekday === null ? null : { by: 'weekday', nth: Number(nth), weekday };
};

/** The rule an RRULE says; null when it says more than a front desk knows, or nothing. */
export const parseRule = (text: string, zone: string): RecurrenceRule | null => {
  const entries = text.split(';').map((part) => part.split('=', 2) as [string, string]);
  const parts = new Map(entries);
  if (parts.size !== entries.length) return null;
  const known = new Set(['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'COUNT', 'UNTIL']);
  if ([...parts.keys()].some((name) => !known.has(name))) return null;
  const interval = numberIn(parts.get('INTERVAL') ?? '1', 1, mostInterval);
  const end = readEnd(parts, zone);
  if (interval === null || end === null) return null;
  const plain = { interval, end, weekdays: [], monthly: null };
  const days = parts.get('BYDAY')?.split(',').map(weekdayIn) ?? [];
  const monthly = readMonthly(parts);
  switch (parts.get('FREQ')) {
    case 'DAILY':
      return parts.has('BYDAY') || parts.has('BYMONTHDAY') ? null : { ...plain, frequency: 'daily' };
    case 'WEEKLY': {
      const weekdays = days.filter((day) => day !== null);
      const isWhole = weekdays.length === days.length && weekdays.length > 0 && !parts.has('BYMONTHDAY');
      return isWhole ? { ...plain, frequency: 'weekly', weekdays } : null;
    }
    case 'MONTHLY':
      return monthly === null ? null : { ...plain, frequency: 'monthly', monthly };
    default:
      return null;
  }
};

/** Which day of its month, in the terms of `monthly`, another day is. */
const monthlyLike = (monthly: MonthlyDay, day: string): MonthlyDay => {
  if (monthly.by === 'day') return { by: 'day', day: partsOf(day)[2] };
  const isLast = addDays(day, 7).slice(0, 7) !== day.slice(0, 7);
  const nth = nthOf(day);
  return {
    by: 'weekday',
    weekday: weekdayOf(day),
    nth: isLast && (monthly.nth === -1 || nth === 5) ? -1 : nth,
  };
};

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/**
 * The rule of what follows when its first occurrence goes from one day to another: weekdays move along, a month's day becomes the new
 * one. It ends on `until`.
 */
export const shifted = (rule: RecurrenceRule, from: string, to: string, until: string): RecurrenceRule => {
  const end = { by: 'until', until } as const;
  if (from === to) return { ...rule, end };
  const by = daysBetween(from, to);
  const turned = (weekday: number) => ((((weekday - 1 + by) % 7) + 7) % 7) + 1;
  return {
    ...rule,
    end,
    weekdays: rule.weekdays.map(turned).toSorted((a, b) => a - b),
    monthly: rule.monthly && monthlyLike(rule.monthly, to),
  };
};

/** Where an occurrence on `day` goes when the first of those that follow goes from one day to another: as many days on, or the same day of its month. */
export const dayShifted = (rule: RecurrenceRule, from: string, to: string, day: string): string => {
  const plain = addDays(day, daysBetween(from, to));
  if (rule.frequency !== 'monthly' || rule.monthly === null || from === to) return plain;
  const [fromYear, fromMonth] = partsOf(from);
  const [toYear, toMonth] = partsOf(to);
  const [year, month] = partsOf(day);
  const index = year * 12 + (month - 1) + (toYear - fromYear) * 12 + toMonth - fromMonth;
  return dayOfMonth(Math.floor(index / 12), (index % 12) + 1, monthlyLike(rule.monthly, to)) ?? plain;
};

/** What is left of a rule when its occurrences from `day` on are no longer its own. */
export const endedBefore = (rule: RecurrenceRule, day: string): RecurrenceRule => ({
  ...rule,
  end: { by: 'until', until: addDays(day, -1) },
});

/** The week a day lies in, for what is looked for within it. */
export const isSameWeek = (one: string, other: string): boolean => weekOf(one) === weekOf(other);
