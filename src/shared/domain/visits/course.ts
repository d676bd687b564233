import type { visitStages } from '#shared/domain/appointments/stage.ts';
import type { AppointmentStatus } from '#shared/domain/appointments/status.ts';

export type VisitStage = (typeof visitStages)[number];

/** What the columns of an appointment say of the course of its visit. */
export interface Course {
  readonly status: AppointmentStatus;
  readonly stage: VisitStage | null;
}

/** Where a visit is, from being asked for to its end, in the words of a front desk. */
export const visitStates = ['requested', 'booked', 'noshow', 'cancelled'] as const;
export type VisitState = (typeof visitStates)[number] | VisitStage;

/**
 * Which FHIR status each stage implies. From the checkout on the practitioner is free, so `fulfilled`, which holds no slot. FHIR
 * has no word for who came and left unseen: the consultation did not take place, which is what `noshow` says of it.
 */
export const statusOfStage = {
  arrived: 'arrived',
  'checked-in': 'checked-in',
  'with-nurse': 'checked-in',
  'waiting-doctor': 'checked-in',
  'with-doctor': 'checked-in',
  checkout: 'fulfilled',
  done: 'fulfilled',
  'left-unseen': 'noshow',
} as const satisfies Record<VisitStage, AppointmentStatus>;

/** What a status without a stage says, or with one that another status implies. */
const stateOfStatus: Readonly<Record<AppointmentStatus, VisitState>> = {
  proposed: 'requested',
  pending: 'requested',
  waitlist: 'requested',
  booked: 'booked',
  arrived: 'arrived',
  'checked-in': 'checked-in',
  fulfilled: 'done',
  noshow: 'noshow',
  cancelled: 'cancelled',
  'entered-in-error': 'cancelled',
};

/**
 * Where a visit is. The status leads: two desks may each have set one of the two columns, and a stage that the status does not
 * know is left over from before.
 */
export const visitState = ({ status, stage }: Course): VisitState =>
  stage !== null && statusOfStage[stage] === status ? stage : stateOfStatus[status];

/** Stages in which a patient sits and waits for somebody. */
export const waitingStates = ['arrived', 'checked-in', 'waiting-doctor'] as const;
/** Stages in which somebody is with the patient. */
export const careStates = ['with-nurse', 'with-doctor'] as const;

const among = (states: readonly VisitState[], state: VisitState): boolean => states.includes(state);
export const isWaiting = (state: VisitState): boolean => among(waitingStates, state);

/** Whether the patient is in the clinic: came, and has not left. */
export const isInClinic = (state: VisitState): boolean =>
  isWaiting(state) || among(careStates, state) || state === 'checkout';

/** Whether the visit takes place: from the check-in on. Who left unseen had none. */
export const isAttended = (state: VisitState): boolean =>
  isInClinic(state) ? state !== 'arrived' : state === 'done';
