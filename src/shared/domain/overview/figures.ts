import { visitStages } from '#shared/domain/appointments/stage.ts';
import { appointmentStatuses } from '#shared/domain/appointments/status.ts';
import { type Course, isWaiting, visitState } from '#shared/domain/visits/course.ts';

/** How many appointments stand alike. */
export interface Counted extends Course {
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

/** What has become of an appointment, as it is counted: each is one of them. */
export const outcomeGroups = ['requested', 'booked', 'here', 'done', 'noshow', 'cancelled'] as const;
export type OutcomeGroup = (typeof outcomeGroups)[number];

/** The group of an appointment. Who came and left unseen was not seen either. */
export const outcomeOf = (course: Course): OutcomeGroup => {
  const state = visitState(course);
  if (state === 'left-unseen') return 'noshow';
  return outcomeGroups.find((group) => group === state) ?? 'here';
};

/** Sums what became of appointments, in the states a front desk knows. */
export const outcomesOf = (rows: readonly Counted[]): Outcomes =>
  rows.reduce((sum, { count, ...course }) => {
    const group = outcomeOf(course);
    const ifIs = (...groups: readonly OutcomeGroup[]) => (groups.includes(group) ? count : 0);
    return {
      booked: sum.booked + count - ifIs('cancelled'),
      here: sum.here + ifIs('here'),
      waiting: sum.waiting + (isWaiting(visitState(course)) ? count : 0),
      done: sum.done + ifIs('done'),
      noshow: sum.noshow + ifIs('noshow'),
      cancelled: sum.cancelled + ifIs('cancelled'),
    };
  }, nothingCounted);

/** How status and stage together are written where rows are sought by what became of them. */
export const courseKey = ({ status, stage }: Course): string => `${status}/${stage ?? ''}`;

/** Every course there can be that is of one of these groups, as keys. */
export const coursesOf = (groups: readonly OutcomeGroup[]): readonly string[] =>
  appointmentStatuses
    .flatMap((status) => [null, ...visitStages].map((stage) => ({ status, stage })))
    .filter((course) => groups.includes(outcomeOf(course)))
    .map(courseKey);

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
