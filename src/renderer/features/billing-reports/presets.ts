import { addDays } from '#shared/kernel/calendar.ts';

/** Days, both included, `YYYY-MM-DD`. */
export interface Days {
  readonly from: string;
  readonly until: string;
}

const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;

/** Days that are asked for often, of what today is. */
export const presets = {
  today: (today: string): Days => ({ from: today, until: today }),
  week: (today: string): Days => ({ from: addDays(today, -6), until: today }),
  month: (today: string): Days => ({ from: firstOfMonth(today), until: today }),
  before: (today: string): Days => {
    const until = addDays(firstOfMonth(today), -1);
    return { from: firstOfMonth(until), until };
  },
} as const;
