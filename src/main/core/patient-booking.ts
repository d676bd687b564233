import type { BookingOutcome, FreeSlot } from '#shared/contract/appointments.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Connection } from './dispatch.ts';

/** Where and for what patients look. */
export interface Looking {
  /** Null: anybody. */
  readonly practitionerId: string | null;
  readonly speciality: string | null;
  readonly locationId: string | null;
  /** Whether patients book at a site. */
  readonly isOpen: (locationId: string) => boolean;
  readonly visitTypeId: string | null;
  readonly minutes: number;
  /** The first day that would do; null: from now on. */
  readonly from: string | null;
}

/** What would do, by wall time. */
export interface Fitting {
  readonly isDay: (day: string) => boolean;
  readonly isTime: (time: string) => boolean;
}

export interface DoctorsPage {
  /** The first free time of the last doctor of the page before, and who that is. */
  readonly after: { readonly startAt: string; readonly id: string } | null;
  readonly most: number;
  /** Times of each. */
  readonly each: number;
}

/** A visit as a patient asks for it. */
export interface AskedVisit {
  readonly practitionerId: string;
  readonly locationId: string;
  readonly startLocal: string;
  readonly visitTypeId: string | null;
  readonly minutes: number;
}

/** How a patient moves an appointment. */
export interface PatientsMove {
  /** The practitioner is asked again. */
  readonly asks: boolean;
  /** It is the time they offered, however soon that is. */
  readonly isAsProposed: boolean;
}

type Outcome = Promise<Result<BookingOutcome>>;

/** What the desks do with appointments, as a patient does it: by the same rules. */
export interface PatientBooking {
  /** Doctors with their first free times, whoever is free soonest first, one more than `most` where there are more. */
  doctors(
    looking: Looking,
    fitting: Fitting,
    page: DoctorsPage,
    connection: Connection,
  ): readonly { readonly id: string; readonly slots: readonly FreeSlot[] }[];
  /** The free times of one doctor in the first week that has some that fit, and where to look on. */
  times(
    looking: Looking,
    fitting: Fitting,
    connection: Connection,
  ): { readonly slots: readonly FreeSlot[]; readonly next: string | null };
  /** Whether a time is one that is offered: on the grid of the hours, and free but for the appointment `itself`. */
  isOffered(visit: AskedVisit, itself: string | null, connection: Connection): boolean;
  /** Whether it can be had, as a desk would be told. */
  place(
    visit: AskedVisit & { readonly patientId: string; readonly isAsProposed: boolean },
    itself: string | null,
    connection: Connection,
  ): Result<unknown>;
  /** Until when a time is kept; null where nobody would hear of it. */
  hold(visit: Parsed<'appointments.hold'>, connection: Connection): Result<string | null>;
  release(connection: Connection): Result<null>;
  book(input: Parsed<'appointments.book'>, connection: Connection): Outcome;
  move(input: Parsed<'appointments.move'>, byPatient: PatientsMove, connection: Connection): Outcome;
  cancel(input: Parsed<'appointments.cancel'>, connection: Connection): Outcome;
}
