import { minutesOf } from '#renderer/ui/DayBoard/time.ts';
import { dayIn, formatTime } from '#renderer/ui/format.ts';

/** The wall time `YYYY-MM-DDTHH:MM` of an instant in `timeZone`. */
export function wallTimeIn(instant: string, timeZone: string): string {
  return `${dayIn(timeZone, Date.parse(instant))}T${formatTime(instant, 'en-GB', timeZone)}`;
}

/**
 * An instant at or shortly before the first of a day in `timeZone`, for a search that starts with that day. It is worked
 * out from the zone's distance at noon, which a change of clocks puts at most an hour off; an hour earlier is safe.
 */
export function dayRangeStart(day: string, timeZone: string): string {
  const noon = Date.parse(`${day}T12:00:00Z`);
  const local = wallTimeIn(new Date(noon).toISOString(), timeZone);
  const daysOff = Math.round(
    (Date.parse(`${local.slice(0, 10)}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`)) / 86_400_000,
  );
  const minutesOff = minutesOf(local) + daysOff * 1440 - 720;
  return new Date(noon - (12 * 60 + minutesOff) * 60_000).toISOString();
}
