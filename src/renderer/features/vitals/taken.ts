import { readTime } from '#renderer/ui/dates/time-text.ts';
import type { Format } from '#renderer/ui/useFormat.ts';
import { wallTimeAt } from '#shared/domain/appointments/wall-time.ts';
import { takenAt } from '#shared/domain/vitals/taken-at.ts';

/** When a set was taken, as it is typed: the day, empty for what is none, and the time, empty for now. */
export interface TakenDraft {
  readonly day: string;
  readonly time: string;
}

/** The moment as fields. */
export const takenDraft = (instant: string, { timeZone }: Pick<Format, 'timeZone'>): TakenDraft => {
  const wall = wallTimeAt(Date.parse(instant), timeZone);
  return { day: wall.slice(0, 10), time: wall.slice(11, 16) };
};

export interface Taken {
  /** `YYYY-MM-DDTHH:MM` at the clinic; null for now, and where it cannot be. */
  readonly wall: string | null;
  /** The same moment for what is asked of the workstation. */
  readonly until: string | null;
  readonly wrong: Readonly<Record<string, string>>;
}

/** What the fields say; the workstation looks again. A day alone is not enough, unless it is today's. */
export const readTaken = (
  { day, time }: TakenDraft,
  birthDate: string | null,
  { timeZone, today }: Pick<Format, 'timeZone' | 'today'>,
): Taken => {
  const now = { wall: null, until: null };
  if (day === '') return { ...now, wrong: { effectiveLocal: 'date' } };
  const isToday = day === today();
  if (time.trim() === '') return { ...now, wrong: isToday ? {} : { takenTime: 'required' } };
  const read = readTime(time);
  if (read === null) return { ...now, wrong: { takenTime: 'time' } };
  const wall = `${day}T${read}`;
  const at = takenAt(wall, { now: Date.now(), today: today(), timeZone, birthDate });
  if (at.ok) return { wall, until: new Date(at.value).toISOString(), wrong: {} };
  return { ...now, wrong: { [isToday ? 'takenTime' : 'effectiveLocal']: at.error } };
};
