import { Temporal } from 'temporal-polyfill';
import type { Result } from '#shared/kernel/result.ts';

/** `clock-change`: the clocks were put forward over this time, so it does not exist on that day. */
export type WallTimeProblem = 'unreadable' | 'unknown-zone' | 'clock-change';

const readWallTime = (wall: string): Temporal.PlainDateTime | null => {
  try {
    return Temporal.PlainDateTime.from(wall);
  } catch {
    return null;
  }
};

const place = (local: Temporal.PlainDateTime, zone: string): Temporal.ZonedDateTime | null => {
  try {
    return local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  } catch {
    return null;
  }
};

/**
 * The instant, in milliseconds since 1970, of a wall time `YYYY-MM-DDTHH:MM` at a place in the IANA zone `zone`.
 * A time the clocks jump over is refused; a time that comes twice is the earlier one (RFC 5545, 3.3.5).
 */
export const resolveWallTime = (wall: string, zone: string): Result<number, WallTimeProblem> => {
  const local = readWallTime(wall);
  if (local === null) return { ok: false, error: 'unreadable' };
  const zoned = place(local, zone);
  if (zoned === null) return { ok: false, error: 'unknown-zone' };
  if (!zoned.toPlainDateTime().equals(local)) return { ok: false, error: 'clock-change' };
  return { ok: true, value: zoned.epochMilliseconds };
};

/** The wall time `YYYY-MM-DDTHH:MM` of an instant (milliseconds) in an IANA zone. */
export const wallTimeAt = (milliseconds: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(milliseconds)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });

/** The calendar day `YYYY-MM-DD` of an instant (milliseconds) in an IANA zone. */
export const dayAt = (milliseconds: number, zone: string): string =>
  wallTimeAt(milliseconds, zone).slice(0, 10);

/** The first instant of a day in a zone and the first after it; 23, 24 or 25 hours apart. Milliseconds. */
export const dayRange = (day: string, zone: string): { readonly from: number; readonly to: number } => {
  const date = Temporal.PlainDate.from(day);
  return {
    from: date.toZonedDateTime(zone).epochMilliseconds,
    to: date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds,
  };
};

/** Midnights by zone and day; a search asks for the same few hundred over and over, and each costs a look into the zone's rules. */
const midnights = new Map<string, number | null>();
const mostMidnights = 10_000;

/** The instant at which a day begins in a zone, null when the day is not 24 hours long there: then minutes cannot be added to it. Milliseconds. */
export const steadyMidnight = (day: string, zone: string): number | null => {
  const key = `${zone} ${day}`;
  const known = midnights.get(key);
  if (known !== undefined) return known;
  const { from, to } = dayRange(day, zone);
  const midnight = to - from === 86_400_000 ? from : null;
  if (midnights.size >= mostMidnights) midnights.clear();
  midnights.set(key, midnight);
  return midnight;
};

/** The first instant at which the clocks of a zone show `minute` of `day` or later; 1440 is the end of the day. Milliseconds. */
export const firstInstantAt = (day: string, minute: number, zone: string): number => {
  const midnight = steadyMidnight(day, zone);
  if (midnight !== null) return midnight + minute * 60_000;
  const local = Temporal.PlainDate.from(day).toPlainDateTime().add({ minutes: minute });
  const zoned = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (zoned.toPlainDateTime().equals(local)) return zoned.epochMilliseconds;
  // The clocks jump over it: the jump is that instant.
  return (zoned.getTimeZoneTransition('next') ?? zoned).epochMilliseconds;
};

/** A number of the ISO week of `YYYY-MM-DD`, one more each Monday. */
export const weekOf = (day: string): number =>
  // 1 January 1970 was a Thursday.
  Math.floor((Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 3) / 7);

/** The day `YYYY-MM-DD` of an ISO weekday in a week numbered as {@link weekOf} does. */
export const dayOfWeek = (week: number, weekday: number): string =>
  new Date((week * 7 + weekday - 4) * 86_400_000).toISOString().slice(0, 10);

/** ISO 8601 weekday of `YYYY-MM-DD`: 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/** Minutes since midnight of `HH:MM`; `24:00` is 1440. */
export const minuteOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** `HH:MM` of a number of minutes since midnight, 0 to 1440. */
export const timeOfMinute = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
