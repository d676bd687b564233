import { calendarDate, partsOf } from '#shared/kernel/calendar.ts';

/** What the day screen shows, as its address says it. */
export interface DayView {
  readonly date: string;
  readonly site: string | null;
  readonly speciality: string | null;
  readonly freeOnly: boolean;
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && calendarDate(...partsOf(text)) === text;

/** The view of an address's search part. A date that is none means today. */
export function readDay(search: string, today: string): DayView {
  const params = new URLSearchParams(search);
  const date = params.get('date') ?? '';
  return {
    date: isDay(date) ? date : today,
    site: params.get('site') || null,
    speciality: params.get('speciality') || null,
    freeOnly: params.get('free') === '1',
  };
}

/** The address of a view. Today has no date in it, so that a kept address goes on meaning today. */
export function writeDay(path: string, view: DayView, today: string): string {
  const params = new URLSearchParams();
  if (view.date !== today) params.set('date', view.date);
  if (view.site) params.set('site', view.site);
  if (view.speciality) params.set('speciality', view.speciality);
  if (view.freeOnly) params.set('free', '1');
  return `${path}?${params}`;
}
