import type { AppointmentView } from '#shared/contract/appointments.ts';
import { type AppointmentStatus, holdingStatuses } from '#shared/domain/appointments/status.ts';
import { isOpenRequest } from '#shared/domain/appointments/transitions.ts';

/** What a block's colour means; see the table of meanings in each: red, grey, blue, amber, green. */
export type Tone = 'urgent' | 'past' | 'provisional' | 'waiting' | 'confirmed';

/** Small signs with a word; a block shows them in this order. */
export type Mark =
  | 'confirming'
  | 'needsRebooking'
  | 'parked'
  | 'provisional'
  | 'requested'
  | 'otherTime'
  | 'overbooked'
  | 'walkIn'
  | 'fromPanel';

type Marked = Pick<
  AppointmentView,
  | 'status'
  | 'certainty'
  | 'needsRebooking'
  | 'overbooked'
  | 'proposedStartAt'
  | 'participantStatus'
  | 'walkIn'
  | 'fromPanel'
>;

const holding: readonly AppointmentStatus[] = holdingStatuses;

/** Whether the centre lets nobody else have this time; the same rule as its exclusion constraint. */
export const holdsTime = (
  appointment: Pick<AppointmentView, 'status' | 'needsRebooking' | 'overbooked'>,
): boolean => holding.includes(appointment.status) && !appointment.needsRebooking && !appointment.overbooked;

/** Whether its patient can be nowhere else then, overbooked or not. */
export const keepsPatient = (appointment: Pick<AppointmentView, 'status' | 'needsRebooking'>): boolean =>
  holding.includes(appointment.status) && !appointment.needsRebooking;

/** Drawn out of the way: the time is free again. */
export const isAside = (appointment: Pick<AppointmentView, 'status'>): boolean =>
  appointment.status === 'cancelled' || appointment.status === 'entered-in-error';

/** A booking the practitioner has not answered with yes or no. */
export const isRequest = (
  appointment: Pick<AppointmentView, 'status' | 'participantStatus' | 'needsRebooking'>,
): boolean => isOpenRequest(appointment) || appointment.status === 'pending';

/** The one meaning a block's colour carries. */
export const toneOf = (appointment: Marked): Tone => {
  if (isAside(appointment)) return appointment.certainty === 'parked' ? 'urgent' : 'past';
  if (appointment.needsRebooking || appointment.certainty === 'parked') return 'urgent';
  if (appointment.status === 'fulfilled' || appointment.status === 'noshow') return 'past';
  if (appointment.certainty === 'provisional') return 'provisional';
  return isRequest(appointment) ? 'waiting' : 'confirmed';
};

/** The signs of a block. `confirming`: the centre is being asked right now, which says more than `provisional`. */
export const marksOf = (appointment: Marked, confirming: boolean): readonly Mark[] => {
  const marks: Mark[] = [];
  const aside = isAside(appointment);
  if (confirming) marks.push('confirming');
  if (appointment.needsRebooking && !aside) marks.push('needsRebooking');
  if (appointment.certainty === 'parked') marks.push('parked');
  if (appointment.certainty === 'provisional' && !confirming) marks.push('provisional');
  if (isRequest(appointment)) marks.push(appointment.proposedStartAt ? 'otherTime' : 'requested');
  // Who came without an appointment is on top of the others by nature.
  if (appointment.overbooked && !aside) marks.push(appointment.walkIn ? 'walkIn' : 'overbooked');
  if (appointment.fromPanel && !aside) marks.push('fromPanel');
  return marks;
};
