import { addDays, isCalendarDate } from '#shared/kernel/calendar.ts';

/** What the day screen shows, as its address says it. */
export interface DayView {
  readonly date: string;
  readonly site: string | null;
  readonly speciality: string | null;
  readonly freeOnly: boolean;
  /** One doctor alone. */
  readonly doctor: string | null;
  /** The week of that doctor in which the date lies, instead of the day. */
  readonly week: boolean;
}

/** The Monday of a day's week (ISO 8601). */
export const mondayOf = (date: string): string =>
  addDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));

/** The view of an address's search part. A date that is none means today. */
export function readDay(search: string, today: string): DayView {
  const params = new URLSearchParams(search);
  const date = params.get('date') ?? '';
  return {
    date: isCalendarDate(date) ? date : today,
    site: params.get('site') || null,
    speciality: params.get('speciality') || null,
    freeOnly: params.get('free') === '1',
    doctor: params.get('doctor') || null,
    week: params.get('view') === 'week' && Boolean(params.get('doctor')),
  };
}

/** The address of a view. Today has no date in it, so that a kept address goes on meaning today. */
export function writeDay(path: string, view: DayView, today: string): string {
  const params = new URLSearchParams();
  if (view.date !== today) params.set('date', view.date);
  if (view.site) params.set('site', view.site);
  if (view.speciality) params.set('speciality', view.speciality);
  if (view.freeOnly) params.set('free', '1');
  if (view.doctor) params.set('doctor', view.doctor);
  if (view.doctor && view.week) params.set('view', 'week');
  return `${path}?${params}`;
}
