import { isCalendarDate } from '#shared/kernel/calendar.ts';

/** A day, a month and a year as they are typed: eight digits. */
export const mostDigits = 8;

export const digitsIn = (text: string): string => text.replace(/\D/g, '').slice(0, mostDigits);

/** `03 02 1985`, as far as it is typed. */
export const spaced = (digits: string): string =>
  [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].filter(Boolean).join(' ');

/** `YYYY-MM-DD` of eight digits; null when there is no such day. */
export const dayOf = (digits: string): string | null => {
  if (digits.length !== mostDigits) return null;
  const day = `${digits.slice(4)}-${digits.slice(2, 4)}-${digits.slice(0, 2)}`;
  return isCalendarDate(day) ? day : null;
};
