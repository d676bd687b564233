/** The board's row: 15 minutes. */
export const slotMinutes = 15;
/** Appointments start on multiples of 5 minutes. */
export const stepMinutes = 5;
export const dayMinutes = 24 * 60;

/** Now at the clinic: its calendar day, and minutes after midnight of its wall time. */
export interface ClinicNow {
  readonly date: string;
  readonly minute: number;
}

/** The minute of `date` that is now; null when it is another day. */
export const nowOn = (date: string, now: ClinicNow): number | null => (date === now.date ? now.minute : null);

/** The minute of `date` by which something must end to be over. */
export const pastUntil = (date: string, now: ClinicNow): number =>
  nowOn(date, now) ?? (date < now.date ? dayMinutes + 1 : 0);

/** A stretch of one day in minutes after midnight, wall time at the clinic; `end` is not part of it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Minutes after midnight of `HH:MM` or `YYYY-MM-DDTHH:MM`. */
export const minutesOf = (wallTime: string): number => {
  const [hours = '0', minutes = '0'] = wallTime.slice(wallTime.indexOf('T') + 1).split(':');
  return Number(hours) * 60 + Number(minutes);
};

const two = (value: number): string => String(value).padStart(2, '0');

/** `HH:MM` of a minute of the day; the end of the day is `24:00`. */
export const clockTime = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** The wall time `YYYY-MM-DDTHH:MM` the contract speaks. */
export const wallTimeOf = (date: string, minute: number): string => `${date}T${clockTime(minute)}`;

/** The slot a minute lies in. */
export const slotOf = (minute: number): number => Math.floor(minute / slotMinutes) * slotMinutes;

/** The slot boundary nearest to a minute. */
export const snap = (minute: number): number => Math.round(minute / slotMinutes) * slotMinutes;

export const clamp = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(value, high));

export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;
