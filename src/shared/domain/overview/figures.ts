import type { AppointmentStatus } from '#shared/domain/appointments/status.ts';
import { isWaiting, type VisitStage, visitState } from '#shared/domain/visits/course.ts';

/** How many appointments stand alike. */
export interface Counted {
  readonly status: AppointmentStatus;
  readonly stage: VisitStage | null;
  readonly count: number;
}

/** What became of appointments. `booked` counts all but the cancelled ones, those of who did not come too. */
export interface Outcomes {
  readonly booked: number;
  /** Came and has not left. */
  readonly here: number;
  /** Of those here, who waits for somebody. */
  readonly waiting: number;
  readonly done: number;
  readonly noshow: number;
  readonly cancelled: number;
}

export const nothingCounted: Outcomes = {
  booked: 0,
  here: 0,
  waiting: 0,
  done: 0,
  noshow: 0,
  cancelled: 0,
};

/** Sums what became of appointments, in the states a front desk knows. */
export const outcomesOf = (rows: readonly Counted[]): Outcomes =>
  rows.reduce((sum, { count, ...course }) => {
    const state = visitState(course);
    const isCancelled = state === 'cancelled';
    const isDone = state === 'done';
    const isMissed = state === 'noshow' || state === 'left-unseen';
    const isAhead = state === 'requested' || state === 'booked';
    const isHere = !isCancelled && !isDone && !isMissed && !isAhead;
    return {
      booked: sum.booked + (isCancelled ? 0 : count),
      here: sum.here + (isHere ? count : 0),
      waiting: sum.waiting + (isWaiting(state) ? count : 0),
      done: sum.done + (isDone ? count : 0),
      noshow: sum.noshow + (isMissed ? count : 0),
      cancelled: sum.cancelled + (isCancelled ? count : 0),
    };
  }, nothingCounted);

/** How many visits took so many minutes. */
export interface MinutesCounted {
  readonly minutes: number;
  readonly count: number;
}

/**
 * The smallest number of minutes within which `share` of the visits were (nearest rank, so it is one that was really waited); null of
 * no visits.
 */
export const percentile = (counted: readonly MinutesCounted[], share: number): number | null => {
  const sorted = counted.filter(({ count }) => count > 0).toSorted((a, b) => a.minutes - b.minutes);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  const rank = Math.max(1, Math.ceil(total * share));
  let passed = 0;
  for (const { minutes, count } of sorted) {
    passed += count;
    if (passed >= rank) return minutes;
  }
  return null;
};

/** `part` of `whole` in hundredths, rounded; null of nothing. */
export const percentOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 100);
