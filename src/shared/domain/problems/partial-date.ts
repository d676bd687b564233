import { parseBirthDate } from '#shared/domain/patients/birth-date.ts';
import { isCalendarDate } from '#shared/kernel/calendar.ts';
import type { Result } from '#shared/kernel/result.ts';

export type PartialDateProblem = 'unreadable' | 'impossible' | 'future' | 'too-old';

const lengths = { nothing: 10, day: 7, 'day-and-month': 4 } as const;

/** Whether `text` is a date as FHIR has it: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
export const isPartialDate = (text: string): boolean =>
  /^\d{4}$/.test(text) ||
  (/^\d{4}-\d{2}$/.test(text) && isCalendarDate(`${text}-01`)) ||
  isCalendarDate(text);

/**
 * Reads when something began or ended as people say it: `2019`, `Mar 2019`, `3/2019`, `3 mars 2019`, `3/2/2019`, or how long
 * ago (`3 weeks`, `2 ans`). What was not said is left out. A day to come is refused; null for an empty text.
 * @example parsePartialDate('Mar 2019', today) // { ok: true, value: '2019-03' }
 */
export const parsePartialDate = (text: string, today: string): Result<string | null, PartialDateProblem> => {
  const read = parseBirthDate(text, { today });
  if (read.ok) return { ok: true, value: read.value.date.slice(0, lengths[read.value.estimated]) };
  return read.error === 'empty' ? { ok: true, value: null } : { ok: false, error: read.error };
};

/** Negative, zero or positive as `a` is before, may be the same as, or is after `b`: as precisely as both are known. */
export const comparePartialDates = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length);
  const [left, right] = [a.slice(0, length), b.slice(0, length)];
  return left < right ? -1 : left > right ? 1 : 0;
};
