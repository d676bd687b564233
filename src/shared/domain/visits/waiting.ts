import type { visitPriorities } from '#shared/domain/appointments/stage.ts';
import { type Course, isWaiting, type VisitState, visitState } from './course.ts';

export type VisitPriority = (typeof visitPriorities)[number];

/** Minutes from which time counts. */
export interface WaitingLimits {
  /** After its time: a patient who has not come is late. */
  readonly late: number;
  /** Of waiting, from which a desk looks, and from which somebody must do something. */
  readonly long: number;
  readonly tooLong: number;
}

/** Hours before its time within which a cancellation comes too late to give the time to somebody else. */
export const cancelledLateWithin = 24;
/** Minutes for which the waiting room is told that somebody was called. */
export const calledFor = 5;

/** Whole minutes since an instant. Workstations' clocks differ: what lies ahead has just been, so never less than 0. */
export const minutesSince = (since: string | null, now: number): number => {
  const at = since === null ? Number.NaN : Date.parse(since);
  return Number.isNaN(at) ? 0 : Math.max(0, Math.floor((now - at) / 60_000));
};

export type WaitingTone = 'short' | 'long' | 'too-long';

/** How long a wait is, for its colour and its word. */
export const waitingTone = (minutes: number, { long, tooLong }: WaitingLimits): WaitingTone => {
  if (minutes >= tooLong) return 'too-long';
  return minutes >= long ? 'long' : 'short';
};

/** Whether somebody who is booked should have been here by now. Never stored: it follows from the time. */
export const isLate = (
  visit: Course & { readonly startAt: string },
  now: number,
  { late }: WaitingLimits,
): boolean => visitState(visit) === 'booked' && now - Date.parse(visit.startAt) >= late * 60_000;

/** Whether an appointment was cancelled within a day before its time, or after it. A cancellation sets `stageAt` too. */
export const isCancelledLate = (
  visit: Course & { readonly startAt: string; readonly stageAt: string | null },
): boolean =>
  visit.status === 'cancelled' &&
  visit.stageAt !== null &&
  Date.parse(visit.startAt) - Date.parse(visit.stageAt) < cancelledLateWithin * 3_600_000;

/** How many patients of a day a desk has to think of. What lost its slot is counted elsewhere. */
export interface FlowCounts {
  readonly waiting: number;
  readonly late: number;
  readonly noShow: number;
}

/** Counts who waits, who should be here by now, and who did not come. */
export const countFlow = (
  visits: readonly (Course & { readonly startAt: string; readonly needsRebooking: boolean })[],
  now: number,
  limits: WaitingLimits,
): FlowCounts => {
  const standing = visits.filter(({ needsRebooking }) => !needsRebooking);
  const count = (test: (visit: (typeof visits)[number]) => boolean) => standing.filter(test).length;
  return {
    waiting: count((visit) => isWaiting(visitState(visit))),
    late: count((visit) => isLate(visit, now, limits)),
    noShow: count((visit) => visitState(visit) === 'noshow'),
  };
};

/** The most urgent first. */
export const rankOfPriority: Readonly<Record<VisitPriority, number>> = {
  stat: 0,
  asap: 1,
  urgent: 2,
  routine: 3,
};
const places: readonly VisitState[] = ['with-doctor', 'with-nurse', 'checkout'];

interface Queued extends Course {
  readonly id: string;
  readonly priority: VisitPriority;
  readonly stageAt: string | null;
}

/**
 * The order of a queue: who waits, the more urgent first and then who has waited longest where they are; after them who is with
 * somebody. The id decides between equals, so that every desk has the same order.
 */
export const byQueue = (a: Queued, b: Queued): number => {
  const [stateA, stateB] = [visitState(a), visitState(b)];
  const waits = Number(isWaiting(stateB)) - Number(isWaiting(stateA));
  if (waits !== 0) return waits;
  return (
    (isWaiting(stateA) ? 0 : places.indexOf(stateA) - places.indexOf(stateB)) ||
    rankOfPriority[a.priority] - rankOfPriority[b.priority] ||
    (a.stageAt ?? '').localeCompare(b.stageAt ?? '') ||
    a.id.localeCompare(b.id)
  );
};

/** The next priority when one key goes through them. */
export const priorityAfter = (priority: VisitPriority): VisitPriority =>
  (({ routine: 'urgent', urgent: 'asap', asap: 'stat', stat: 'routine' }) as const)[priority];
