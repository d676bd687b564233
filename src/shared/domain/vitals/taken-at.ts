import { resolveWallTime } from '#shared/domain/appointments/wall-time.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import type { Result } from '#shared/kernel/result.ts';

/** How far back a measurement may be entered, in days: five years, what the health booklet of a child goes back. Ours. */
const longestBack = 5 * 365 + 2;

/** Why a moment cannot be when something was measured; the first is no time that a clock showed. */
export type TakenProblem = 'invalid' | 'taken-to-come' | 'before-birth' | 'taken-long-ago';

interface Known {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly today: string;
  /** IANA. */
  readonly timeZone: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string | null;
}

/** The instant, in milliseconds, at which vitals were taken that were written down for a wall time `YYYY-MM-DDTHH:MM`. */
export const takenAt = (
  wall: string,
  { now, today, timeZone, birthDate }: Known,
): Result<number, TakenProblem> => {
  const at = resolveWallTime(wall, timeZone);
  if (!at.ok) return { ok: false, error: 'invalid' };
  const day = wall.slice(0, 10);
  if (at.value > now) return { ok: false, error: 'taken-to-come' };
  if (birthDate !== null && day < birthDate) return { ok: false, error: 'before-birth' };
  if (day < addDays(today, -longestBack)) return { ok: false, error: 'taken-long-ago' };
  return at;
};
