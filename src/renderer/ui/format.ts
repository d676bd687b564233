import { fullName } from '#shared/domain/patients/name.ts';
import { minorDigits } from '#shared/domain/prices/money.ts';

/** How dates, times, ages and names are written. Pure: the locale and the day are passed in. */

const dateStyles = {
  /** 24 Nov 2026 */
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  /** Tue 24 Nov */
  weekday: { weekday: 'short', day: 'numeric', month: 'short' },
  /** Tuesday 24 November 2026 */
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
export type DateStyle = keyof typeof dateStyles;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, known);
  return known;
}

/** A calendar day, `YYYY-MM-DD` (a longer text is cut there); the text itself when it is no date. */
export function formatDay(day: string, locale: string, style: DateStyle = 'date'): string {
  const at = Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(at)) return day;
  return formatter(locale, { ...dateStyles[style], timeZone: 'UTC' }).format(at);
}

/** A wall time, `YYYY-MM-DDTHH:MM`, as `09:15`: it is the location's own time, so no zone is applied. */
export const formatWallTime = (wallTime: string): string => wallTime.slice(11, 16);

/** An instant as a time of day in `timeZone`. */
export function formatTime(instant: string, locale: string, timeZone: string): string {
  return formatter(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(
    Date.parse(instant),
  );
}

/** An instant as day and time in `timeZone`. */
export function formatDateTime(instant: string, locale: string, timeZone: string): string {
  const at = Date.parse(instant);
  return `${formatter(locale, { ...dateStyles.date, timeZone }).format(at)}, ${formatTime(instant, locale, timeZone)}`;
}

/** The calendar day, `YYYY-MM-DD`, that `milliseconds` falls on in `timeZone`. */
export function dayIn(timeZone: string, milliseconds: number): string {
  return formatter('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }).format(
    milliseconds,
  );
}

export const formatNumber = (value: number, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(value);

/** An amount in minor units of a currency (ISO 4217), as the language writes it. */
export const formatMoney = (amount: number, currency: string, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount / 10 ** minorDigits(currency));

/** A length of time in its largest fitting unit: `40 sec`, `12 min`, `3 hr`. */
export function formatDuration(seconds: number, locale: string): string {
  const [value, unit] =
    seconds < 60 ? [seconds, 'second'] : seconds < 5400 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 0,
  }).format(Math.max(1, Math.round(value)));
}

/** Family name first, as lists are read at a desk. */
export const patientName = (patient: { readonly family: string; readonly given: string }): string =>
  fullName(patient);

const titles = /^(dr|pr|prof|mr|mrs|ms|mme)\.?$/i;

/** At most two letters that stand for a person: of the first and the last word of the name, titles left out. */
export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word) && !titles.test(word))
    .map((word) => [...word][0]?.toLocaleUpperCase() ?? '')
    .filter((_, index, all) => index === 0 || index === all.length - 1)
    .join('');
