import type { AppointmentStatus, ParticipantStatus } from './status.ts';

/** What decides which step an appointment may take next. */
export interface AppointmentState {
  readonly status: AppointmentStatus;
  readonly participantStatus: ParticipantStatus;
  readonly needsRebooking: boolean;
}

export const appointmentActions = ['move', 'cancel', 'reinstate', 'accept', 'reject', 'propose'] as const;
export type AppointmentAction = (typeof appointmentActions)[number];

const open: readonly AppointmentStatus[] = ['proposed', 'pending', 'booked'];

/** A request waits for its practitioner: nobody has said yes, no or another time, and its slot is still held. */
export const isOpenRequest = (state: AppointmentState): boolean =>
  state.status === 'proposed' &&
  !state.needsRebooking &&
  (state.participantStatus === 'needs-action' || state.participantStatus === 'tentative');

/** Whether `action` makes sense for an appointment in this state. Who may do it is decided elsewhere. */
export const isAllowed = (action: AppointmentAction, state: AppointmentState): boolean => {
  switch (action) {
    case 'move':
      return open.includes(state.status);
    case 'cancel':
      return open.includes(state.status) || state.status === 'arrived' || state.status === 'waitlist';
    case 'reinstate':
      return state.status === 'cancelled';
    case 'accept':
    case 'reject':
    case 'propose':
      return isOpenRequest(state);
  }
};

/** A cancelled appointment comes back as what it was: booked when its practitioner had agreed, else a request. */
export const reinstated = (state: AppointmentState): AppointmentState =>
  state.participantStatus === 'accepted'
    ? { status: 'booked', participantStatus: 'accepted', needsRebooking: false }
    : { status: 'proposed', participantStatus: 'needs-action', needsRebooking: false };

/**
 * What a move makes of an appointment. A booking stays a booking. A request moved to the very time and practitioner
 * that was proposed is agreed by both sides; moved elsewhere it asks the practitioner again.
 */
export const moved = (state: AppointmentState, isAsProposed: boolean): AppointmentState =>
  state.participantStatus === 'accepted' || isAsProposed
    ? { status: 'booked', participantStatus: 'accepted', needsRebooking: false }
    : { status: 'proposed', participantStatus: 'needs-action', needsRebooking: false };

/** What a move by the patient makes of an appointment: it `asks` the practitioner again, unless they offered that very time. */
export const movedByPatient = (isAsProposed: boolean, asks: boolean): AppointmentState =>
  asks && !isAsProposed
    ? { status: 'proposed', participantStatus: 'needs-action', needsRebooking: false }
    : { status: 'booked', participantStatus: 'accepted', needsRebooking: false };
