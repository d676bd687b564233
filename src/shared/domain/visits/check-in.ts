import { isInClinic, visitState } from './course.ts';
import { canStep, type Moment, type Visit } from './steps.ts';

/**
 * What comes of somebody who stands at a kiosk: `arrived` now, or `already`; too `early` or too `late` for a machine to decide;
 * `desk`: there is something about today that a person has to look at; `none`: nothing today.
 */
export const checkInOutcomes = ['arrived', 'already', 'early', 'late', 'desk', 'none'] as const;
export type CheckInOutcome = (typeof checkInOutcomes)[number];

/** How many minutes round its time an appointment is checked in by a machine. */
export interface CheckInTimes {
  readonly early: number;
  readonly late: number;
}

export interface CheckIn<V extends Visit> {
  readonly outcome: CheckInOutcome;
  /** The appointment it is about. */
  readonly visit: V | null;
}

const minute = 60_000;

/** Looks at the appointments that somebody has at one place on one day. What a desk decides by looking is left to it. */
export const checkInOf = <V extends Visit>(
  visits: readonly V[],
  { early, late }: CheckInTimes,
  moment: Moment,
): CheckIn<V> => {
  const today = visits
    .filter(({ voided, startLocal }) => !voided && startLocal.slice(0, 10) === moment.today)
    .toSorted((a, b) => a.startAt.localeCompare(b.startAt));
  const next = today.filter((visit) => visitState(visit) === 'booked' && canStep('arrive', visit, moment));
  const opens = (visit: V) => Date.parse(visit.startAt) - early * minute;
  const closes = (visit: V) => Date.parse(visit.startAt) + late * minute;
  const now = next.find((visit) => opens(visit) <= moment.now && moment.now <= closes(visit));
  if (now !== undefined) return { outcome: 'arrived', visit: now };
  const here = today.find((visit) => isInClinic(visitState(visit)));
  if (here !== undefined) return { outcome: 'already', visit: here };
  const tooSoon = next.find((visit) => moment.now < opens(visit));
  if (tooSoon !== undefined) return { outcome: 'early', visit: tooSoon };
  const [tooLate] = next;
  if (tooLate !== undefined) return { outcome: 'late', visit: tooLate };
  const isOpen = (visit: V) =>
    visit.needsRebooking || visitState(visit) === 'requested' || visitState(visit) === 'noshow';
  return { outcome: today.some(isOpen) ? 'desk' : 'none', visit: null };
};
