import { addDays, calendarDate, partsOf } from '#shared/kernel/calendar.ts';

const monthNames = (locale: string): readonly string[] => {
  const format = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => folded(format.format(Date.UTC(2026, month, 1))));
};

const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/\./g, '').toLowerCase();

const monthOf = (text: string, locale: string): number => {
  if (/^\d+$/.test(text)) return Number(text);
  const typed = folded(text);
  return monthNames(locale).findIndex((name) => name.startsWith(typed) || typed.startsWith(name)) + 1;
};

/** The first day on or after `today` with that day and month: what is booked lies ahead. */
const ahead = (day: number, month: number, today: string): string | null => {
  const [year] = partsOf(today);
  const thisYear = calendarDate(year, month, day);
  return thisYear !== null && thisYear >= today ? thisYear : calendarDate(year + 1, month, day);
};

/** The next day of the month with that number. */
const dayAhead = (day: number, today: string): string | null => {
  const [year, month] = partsOf(today);
  for (let later = 0; later < 3; later += 1) {
    const [inYear, inMonth] = [year + Math.floor((month - 1 + later) / 12), ((month - 1 + later) % 12) + 1];
    const date = calendarDate(inYear, inMonth, day);
    if (date !== null && date >= today) return date;
  }
  return null;
};

const fullYear = (text: string): number => (text.length === 2 ? 2000 + Number(text) : Number(text));

/**
 * The day `YYYY-MM-DD` people mean when they type one for a booking: `24`, `24/11`, `24 nov`, `24.11.2026`,
 * `2026-11-24`, `+7`; day before month, as both languages of the product write it. Without a year it lies ahead.
 * Null when it is none.
 */
export function readDayText(text: string, today: string, locale: string): string | null {
  const typed = text.trim().replace(/^\p{L}+\.?,?\s+(?=\d)/u, '');
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed);
  if (iso) return calendarDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const later = /^([+-]\d{1,3})$/.exec(typed);
  if (later) return addDays(today, Number(later[1]));
  const parts = /^(\d{1,2})(?:[\s/.-]+(\d{1,2}|\p{L}+\.?)(?:[\s/.-]+(\d{2}|\d{4}))?)?$/u.exec(typed);
  if (!parts) return null;
  const day = Number(parts[1]);
  if (parts[2] === undefined) return dayAhead(day, today);
  const month = monthOf(parts[2], locale);
  return parts[3] === undefined ? ahead(day, month, today) : calendarDate(fullYear(parts[3]), month, day);
}

/** The weeks of a month, Monday first, with the days of the months around it that fill them. */
export function weeksOf(month: string): readonly (readonly string[])[] {
  const first = `${month.slice(0, 7)}-01`;
  const weekday = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const start = addDays(first, -weekday);
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (__, day) => addDays(start, week * 7 + day)),
  );
}

/** The same day `by` months on, or that month's last day. */
export function addMonths(date: string, by: number): string {
  const [year, month, day] = partsOf(date);
  const months = year * 12 + month - 1 + by;
  const [inYear, inMonth] = [Math.floor(months / 12), (months % 12) + 1];
  for (let last = day; last > 28; last -= 1) {
    const found = calendarDate(inYear, inMonth, last);
    if (found) return found;
  }
  return calendarDate(inYear, inMonth, Math.min(day, 28)) ?? date;
}
