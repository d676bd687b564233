/** The name of an ISO weekday: 1 is Monday. */
export const weekdayName = (weekday: number, locale: string, length: 'long' | 'short' = 'long'): string =>
  new Intl.DateTimeFormat(locale, { weekday: length, timeZone: 'UTC' }).format(
    // 1 January 2024 was a Monday.
    new Date(Date.UTC(2024, 0, weekday)),
  );

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
