/** Plain calendar arithmetic on `YYYY-MM-DD`, proleptic Gregorian, no time zone. */

const pad = (value: number, width: number) => String(value).padStart(width, '0');

/** `YYYY-MM-DD` for year, month (1 to 12) and day, or null when the calendar has no such day. */
export const calendarDate = (year: number, month: number, day: number): string | null => {
  if (!Number.isInteger(year) || year < 1 || year > 9999) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const same =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same ? `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` : null;
};

/** Year, month and day of a `YYYY-MM-DD`. */
export const partsOf = (date: string): readonly [year: number, month: number, day: number] => [
  Number(date.slice(0, 4)),
  Number(date.slice(5, 7)),
  Number(date.slice(8, 10)),
];

/** Whether `text` is a day of the calendar, `YYYY-MM-DD`. */
export const isCalendarDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && calendarDate(...partsOf(text)) === text;

/** The day `days` after (or, when negative, before) `date`. */
export const addDays = (date: string, days: number): string => {
  const [year, month, day] = partsOf(date);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
};

/** Days from one date to another, `YYYY-MM-DD` both; negative when it is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
