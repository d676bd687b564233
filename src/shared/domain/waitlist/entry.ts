import type { RowOf } from '#shared/sync/catalogue.ts';

/** The centre's domain `waitlist_status` has the same list. */
export const waitlistStatuses = ['waiting', 'offered', 'booked', 'expired', 'cancelled'] as const;
export type WaitlistStatus = (typeof waitlistStatuses)[number];

/** Minutes a patient has to answer before the slot may be offered to the next. */
export const offerMinutes = 30;

/** What decides where an entry stands. */
export interface Standing {
  readonly status: WaitlistStatus;
  /** The last instant of an offer. */
  readonly offeredUntil: string | null;
  /** The last day that would do, `YYYY-MM-DD`; null: any. */
  readonly endDate: string | null;
  /** Whether the appointment it was booked for has lost its time and waits for another. */
  readonly lost: boolean;
}

/**
 * Where an entry stands. An offer that ran out and a window that is over change no row: they follow from the time, so that no
 * desk's clock writes what another has decided. A booking that lost its time at the centre is waited for again.
 */
export const waitlistState = (
  { status, offeredUntil, endDate, lost }: Standing,
  now: number,
  today: string,
): WaitlistStatus => {
  if (status === 'cancelled' || status === 'expired') return status;
  if (status === 'booked' && !lost) return 'booked';
  const isOffered = status === 'offered' && offeredUntil !== null && now < Date.parse(offeredUntil);
  if (isOffered) return 'offered';
  return endDate !== null && endDate < today ? 'expired' : 'waiting';
};

type Decision = Pick<
  RowOf<'waitlist_entry'>,
  | 'status'
  | 'offered_practitioner_id'
  | 'offered_location_id'
  | 'offered_start_at'
  | 'offered_at'
  | 'offered_until'
  | 'appointment_id'
  | 'close_reason'
>;

/** The columns two desks can decide differently, of an entry nobody has decided about: they change together. */
export const undecided = {
  status: 'waiting',
  offered_practitioner_id: null,
  offered_location_id: null,
  offered_start_at: null,
  offered_at: null,
  offered_until: null,
  appointment_id: null,
  close_reason: null,
} as const satisfies Decision;

/** Those columns once the entry has its appointment. */
export const bookedFor = (appointmentId: string): Decision => ({
  ...undecided,
  status: 'booked',
  appointment_id: appointmentId,
});
