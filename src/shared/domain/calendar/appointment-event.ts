import type { CalendarEvent, EventStatus } from './calendar-file.ts';

/** Of an appointment, what its entry in somebody's calendar is made of. Instants as the database has them. */
export interface CalendarAppointment {
  readonly id: string;
  readonly status: string;
  readonly participantStatus: string;
  readonly needsRebooking: boolean;
  readonly isVoided: boolean;
  readonly startAt: string;
  readonly endAt: string;
  readonly timeZone: string;
  readonly createdAt: string;
  /** The centre's count of its changes; 0 until it has confirmed the first. */
  readonly rowVersion: number;
  /** The centre has it as it is here. */
  readonly isConfirmed: boolean;
  readonly clinic: string;
  readonly place: string;
}

/** The words of an entry, in the language of whose calendar it is. */
export interface EntryWords {
  /** With `{{clinic}}`. */
  readonly summary: string;
  /** Both with `{{summary}}`: many programs do not show a status. */
  readonly unconfirmed: string;
  readonly cancelled: string;
  readonly description: string;
}

const over = ['cancelled', 'entered-in-error'];
const agreed = ['booked', 'arrived', 'checked-in', 'fulfilled', 'noshow'];

/**
 * Whether an appointment takes place. Confirmed is only what the clinic has agreed to and the centre has confirmed, as it is
 * here.
 */
export const entryStatus = ({
  status,
  participantStatus,
  needsRebooking,
  isVoided,
  isConfirmed,
}: Pick<
  CalendarAppointment,
  'status' | 'participantStatus' | 'needsRebooking' | 'isVoided' | 'isConfirmed'
>): EventStatus => {
  if (isVoided || over.includes(status) || participantStatus === 'declined') return 'CANCELLED';
  const isAgreed = agreed.includes(status) && participantStatus === 'accepted' && !needsRebooking;
  return isAgreed && isConfirmed ? 'CONFIRMED' : 'TENTATIVE';
};

/** An appointment as an entry of a calendar, which others may see: where and when, nothing of why, with whom or for whom. */
export const entryOf = (appointment: CalendarAppointment, words: EntryWords): CalendarEvent => {
  const status = entryStatus(appointment);
  const said = words.summary.replace('{{clinic}}', () => appointment.clinic);
  const summary = {
    CONFIRMED: said,
    TENTATIVE: words.unconfirmed.replace('{{summary}}', () => said),
    CANCELLED: words.cancelled.replace('{{summary}}', () => said),
  }[status];
  return {
    uid: `${appointment.id}@clinichub`,
    sequence: appointment.rowVersion,
    status,
    start: Date.parse(appointment.startAt),
    end: Date.parse(appointment.endAt),
    timeZone: appointment.timeZone,
    summary,
    description: words.description,
    location: appointment.place,
    createdAt: Date.parse(appointment.createdAt),
  };
};
