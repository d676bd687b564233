import type { Permission } from '#shared/contract/permissions.ts';
import { visitStages } from '#shared/domain/appointments/stage.ts';
import { type Course, statusOfStage, type VisitState, visitState } from './course.ts';

/** What a desk, a nurse or a doctor does with a visit. */
export const visitSteps = [
  'arrive',
  'check-in',
  'to-nurse',
  'to-doctor-queue',
  'call',
  'checkout',
  'done',
  'leave-unseen',
  'no-show',
] as const;
export type VisitStep = (typeof visitSteps)[number];

interface StepRule {
  readonly from: readonly VisitState[];
  readonly to: VisitState;
  readonly needs: Permission;
  /** `that-day`: only on the day of the appointment. `begun`: not before its time. */
  readonly when: 'any-time' | 'that-day' | 'begun';
}

/** Every step there is. A clinic without a nurse goes from check-in to the doctor at once, and who came late was no no-show. */
export const stepRules: Readonly<Record<VisitStep, StepRule>> = {
  arrive: { from: ['booked', 'noshow'], to: 'arrived', needs: 'visit.create', when: 'that-day' },
  'check-in': { from: ['booked', 'arrived'], to: 'checked-in', needs: 'visit.create', when: 'that-day' },
  'to-nurse': {
    from: ['arrived', 'checked-in', 'waiting-doctor'],
    to: 'with-nurse',
    needs: 'visit.update',
    when: 'any-time',
  },
  'to-doctor-queue': {
    from: ['arrived', 'checked-in', 'with-nurse'],
    to: 'waiting-doctor',
    needs: 'visit.update',
    when: 'any-time',
  },
  call: {
    from: ['arrived', 'checked-in', 'with-nurse', 'waiting-doctor'],
    to: 'with-doctor',
    needs: 'visit.update',
    when: 'any-time',
  },
  checkout: { from: ['with-nurse', 'with-doctor'], to: 'checkout', needs: 'visit.update', when: 'any-time' },
  done: { from: ['with-doctor', 'checkout'], to: 'done', needs: 'visit.update', when: 'any-time' },
  'leave-unseen': {
    from: ['arrived', 'checked-in', 'with-nurse', 'waiting-doctor'],
    to: 'left-unseen',
    needs: 'visit.update',
    when: 'any-time',
  },
  'no-show': { from: ['booked'], to: 'noshow', needs: 'visit.update', when: 'begun' },
};

/** Whom somebody who treats waits with: a nurse sees whoever has come and was not seen, a doctor whoever waits. */
const seenBy = {
  nurse: ['arrived', 'checked-in'],
  doctor: ['arrived', 'checked-in', 'waiting-doctor'],
} as const satisfies Record<'nurse' | 'doctor', readonly VisitState[]>;

/** Whether somebody in this state waits for a nurse, or for the doctor of the visit. */
export const waitsFor = (role: keyof typeof seenBy, state: VisitState): boolean =>
  (seenBy[role] as readonly VisitState[]).includes(state);

/** The step with which each takes the next patient. */
export const callingStep = { nurse: 'to-nurse', doctor: 'call' } as const satisfies Record<
  keyof typeof seenBy,
  VisitStep
>;

/** A visit as the rules look at it. */
export interface Visit extends Course {
  readonly needsRebooking: boolean;
  readonly voided: boolean;
  readonly startAt: string;
  /** Wall time at the place, `YYYY-MM-DDTHH:MM`. */
  readonly startLocal: string;
}

/** Now, and the calendar day it is at the place. */
export interface Moment {
  readonly now: number;
  readonly today: string;
}

const isTime = (step: VisitStep, visit: Visit, { now, today }: Moment): boolean => {
  switch (stepRules[step].when) {
    case 'any-time':
      return true;
    case 'that-day':
      return visit.startLocal.slice(0, 10) === today;
    case 'begun':
      return Date.parse(visit.startAt) <= now;
  }
};

/** Whether a visit can take a step. One whose appointment is voided, or has lost its slot, takes none. */
export const canStep = (step: VisitStep, visit: Visit, moment: Moment): boolean =>
  !visit.voided &&
  !visit.needsRebooking &&
  stepRules[step].from.includes(visitState(visit)) &&
  isTime(step, visit, moment);

/** Who may take a step. A doctor does so with own visits only, which is decided where it is known whose they are. */
export const mayStep = (step: VisitStep, granted: readonly Permission[]): boolean =>
  granted.includes(stepRules[step].needs);

/** The steps somebody can take next, in the order of a visit. */
export const nextSteps = (
  visit: Visit,
  granted: readonly Permission[],
  moment: Moment,
): readonly VisitStep[] =>
  visitSteps.filter((step) => mayStep(step, granted) && canStep(step, visit, moment));

/** The step that leads on: of several the first that does not lead back to where a visit usually has been. */
export const usualStep = (visit: Course, next: readonly VisitStep[]): VisitStep | undefined => {
  const order: readonly VisitState[] = visitStages;
  const here = order.indexOf(visitState(visit));
  return next.find((step) => order.indexOf(stepRules[step].to) > here) ?? next[0];
};

/** What a step writes: status and stage together, and when what happened. Instants as text; `at` is the workstation's own clock. */
export interface StepColumns extends Course {
  readonly stage_at: string | null;
  readonly arrived_at: string | null;
  readonly nurse_at: string | null;
  readonly called_at: string | null;
  readonly left_at: string | null;
}

const courseAfter = (step: VisitStep): Course => {
  const { to } = stepRules[step];
  if (to === 'requested' || to === 'booked' || to === 'cancelled')
    throw new RangeError(`no step leads to ${to}`);
  return to === 'noshow' ? { status: 'noshow', stage: null } : { status: statusOfStage[to], stage: to };
};

/** The columns after `step`. Who is checked in has arrived, whether or not somebody said so before. */
export const stepped = (step: VisitStep, before: StepColumns, at: string): StepColumns => {
  const after = courseAfter(step);
  const came = step === 'arrive' || step === 'check-in';
  return {
    ...after,
    stage_at: at,
    arrived_at: came ? (before.arrived_at ?? at) : before.arrived_at,
    nurse_at: step === 'to-nurse' ? (before.nurse_at ?? at) : before.nurse_at,
    called_at: step === 'call' ? at : before.called_at,
    left_at: step === 'done' || step === 'leave-unseen' ? at : null,
  };
};

/** The keys of the steps, the same on every screen; a step and the one that follows it share a key. */
export const stepKeys: Readonly<Record<VisitStep, string>> = {
  arrive: 'a',
  'check-in': 'c',
  'to-nurse': 'v',
  'to-doctor-queue': 'q',
  call: 'l',
  checkout: 'k',
  done: 'k',
  'leave-unseen': 'x',
  'no-show': 'x',
};

/** The step a key means for a visit: the first in the order of a visit that it can take. */
export const stepOfKey = (
  key: string,
  visit: Visit,
  granted: readonly Permission[],
  moment: Moment,
): VisitStep | undefined => nextSteps(visit, granted, moment).find((step) => stepKeys[step] === key);
