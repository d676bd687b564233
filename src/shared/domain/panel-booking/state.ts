import type { AppointmentStatus, ParticipantStatus } from '#shared/domain/appointments/status.ts';

/**
 * What an appointment is to its patient. `to-be-confirmed` and `cancelling`: the centre has still to hear what was done here. `pending`: the
 * doctor is asked. `confirmed`: the centre knows that the doctor agreed. `lost-its-time`: somebody else was first.
 */
export const panelStates = [
  'to-be-confirmed',
  'pending',
  'confirmed',
  'rejected',
  'reschedule-proposed',
  'lost-its-time',
  'cancelling',
  'cancelled',
  'arrived',
  'fulfilled',
  'missed',
] as const;
export type PanelState = (typeof panelStates)[number];

interface Seen {
  readonly status: AppointmentStatus;
  readonly participantStatus: ParticipantStatus;
  readonly needsRebooking: boolean;
  readonly proposedStartAt: string | null;
  /** The centre has it as it is here. */
  readonly isKnown: boolean;
}

const asked = (seen: Seen): PanelState =>
  seen.participantStatus === 'tentative' && seen.proposedStartAt !== null ? 'reschedule-proposed' : 'pending';

const open = (seen: Seen): PanelState => {
  if (!seen.isKnown) return 'to-be-confirmed';
  if (seen.needsRebooking) return seen.participantStatus === 'declined' ? 'rejected' : 'lost-its-time';
  return seen.status === 'booked' && seen.participantStatus === 'accepted' ? 'confirmed' : asked(seen);
};

/** Never more than the centre has said: `confirmed` and `cancelled` only of what it knows. */
export const panelStateOf = (seen: Seen): PanelState => {
  switch (seen.status) {
    case 'cancelled':
    case 'entered-in-error':
      return seen.isKnown ? 'cancelled' : 'cancelling';
    case 'arrived':
    case 'checked-in':
      return 'arrived';
    case 'fulfilled':
      return 'fulfilled';
    case 'noshow':
      return 'missed';
    case 'proposed':
    case 'pending':
    case 'booked':
    case 'waitlist':
      return open(seen);
  }
};

/** The patient still has a say in it: nobody waits for them at that time, so it is not too late to do something. */
const unsettled: readonly PanelState[] = ['pending', 'rejected', 'reschedule-proposed', 'lost-its-time'];
const changeable: readonly PanelState[] = [...unsettled, 'to-be-confirmed', 'confirmed'];

/** What a patient may do with an appointment; `late`: only by calling. */
export const changeOf = (
  state: PanelState,
  {
    startAt,
    now,
    cancelHours,
  }: { readonly startAt: number; readonly now: number; readonly cancelHours: number },
): 'allowed' | 'late' | 'none' => {
  if (!changeable.includes(state)) return 'none';
  if (unsettled.includes(state)) return 'allowed';
  return now <= startAt - cancelHours * 3_600_000 ? 'allowed' : 'late';
};
