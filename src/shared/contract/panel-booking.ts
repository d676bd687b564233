import { z } from 'zod';
import { dayParts } from '#shared/domain/panel-booking/day-part.ts';
import { panelStates } from '#shared/domain/panel-booking/state.ts';
import { AppointmentId, LocationId, PatientId, PractitionerId, VisitTypeId } from '#shared/kernel/ids.ts';
import { FreeSlot } from './appointments.ts';
import { defineCalls } from './call.ts';

const day = z.iso.date();
/** A wall time at the site, `YYYY-MM-DDTHH:MM`. */
const wallTime = z.iso.datetime({ local: true, precision: -1 });
const speciality = z.string().max(100).nullable().default(null);
/** Lines of text; other control characters and halves of a character, which the centre cannot keep, are refused. */
const reason = z
  .string()
  .trim()
  .max(300, 'too-long')
  .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'characters')
  .default('');

const Fee = z.object({ amount: z.number().int(), currency: z.string() });

/** An appointment as its patient sees it: nothing that was written for the clinic. */
export const PanelAppointment = z.object({
  id: AppointmentId,
  patientId: PatientId,
  practitionerId: PractitionerId,
  practitionerName: z.string(),
  speciality: z.string(),
  locationId: LocationId,
  locationName: z.string(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  state: z.enum(panelStates),
  startAt: z.string(),
  endAt: z.string(),
  /** Wall time at the site, `YYYY-MM-DDTHH:MM`. */
  startLocal: z.string(),
  timeZone: z.string(),
  minutes: z.number().int(),
  visitTypeId: VisitTypeId.nullable(),
  visitTypeName: z.string().nullable(),
  /** What was written when it was booked in the panel. */
  reason: z.string().nullable(),
  /** The other time the doctor offers. */
  proposed: z.object({ startAt: z.string(), startLocal: z.string() }).nullable(),
  /** Whether it can be cancelled and moved here; `late`: only by calling. */
  cancel: z.enum(['allowed', 'late', 'none']),
  move: z.enum(['allowed', 'late', 'none']),
  /** Until how many hours before it begins that can be done here. */
  cancelHours: z.number().int(),
  /** On the day of a confirmed one, of a person the desk has approved: what is said at the kiosk, which asks the date of birth besides. */
  checkIn: z
    .object({
      /** The record number. */
      number: z.string(),
      /** `HH:MM` at the site, from when the kiosk takes it; null once it does. */
      from: z.string().nullable(),
    })
    .nullable(),
});
export type PanelAppointment = z.infer<typeof PanelAppointment>;

/** A time a patient can have, of one doctor at one site. */
const slot = {
  practitionerId: PractitionerId,
  locationId: LocationId,
  startLocal: wallTime,
  visitTypeId: VisitTypeId.nullable(),
};

/** Where a page of doctors ends: the first free time of the last, and who that is. */
const DoctorPlace = z.object({ startAt: z.iso.datetime(), id: PractitionerId });

export const BookableDoctor = z.object({
  id: PractitionerId,
  name: z.string(),
  /** The first before the others. */
  specialities: z.array(z.string()),
  locationIds: z.array(LocationId),
});
export type BookableDoctor = z.infer<typeof BookableDoctor>;

export const BookableSite = z.object({
  id: LocationId,
  name: z.string(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  timeZone: z.string(),
  /** The doctor is asked first; else it is booked at once. */
  asks: z.boolean(),
});
export type BookableSite = z.infer<typeof BookableSite>;

/** What a patient books, and what becomes of it. Each is about one person, who is theirs or `not-found`. */
/** ISO 8601, 1 is Monday; none: any. */
const weekdays = z.array(z.number().int().min(1).max(7)).max(7).default([]);

export const panelBookingCalls = defineCalls({
  /**
   * Appointments, those still to come soonest first, the past and cancelled ones latest first. `live`: the centre is in reach, so
   * that what is shown is how it is there.
   */
  'panel.appointments': {
    kind: 'query',
    needs: 'own',
    input: z.object({
      patientId: PatientId,
      when: z.enum(['upcoming', 'past']),
      after: z.object({ startAt: z.iso.datetime(), id: AppointmentId }).nullable().default(null),
      limit: z.number().int().min(1).max(50).default(20),
    }),
    output: z.object({
      appointments: z.array(PanelAppointment),
      next: z.object({ startAt: z.string(), id: AppointmentId }).nullable(),
      live: z.boolean(),
    }),
  },
  'panel.appointment': {
    kind: 'query',
    needs: 'own',
    input: z.object({ patientId: PatientId, id: AppointmentId }),
    output: z.object({ appointment: PanelAppointment, fee: Fee.nullable(), live: z.boolean() }),
  },
  /** What there is to choose from: who can be booked in the panel, where, and for what. At most 500 doctors and 200 sites. */
  'panel.bookable': {
    kind: 'query',
    needs: 'own',
    input: z.object({}),
    output: z.object({
      doctors: z.array(BookableDoctor),
      sites: z.array(BookableSite),
      visitTypes: z.array(
        z.object({ id: VisitTypeId, name: z.string(), minutes: z.number().int(), fee: Fee.nullable() }),
      ),
      live: z.boolean(),
    }),
  },
  /** Doctors with their first free times that fit, whoever is free soonest first; at most 60 days ahead of `from`. */
  'panel.doctors': {
    kind: 'query',
    needs: 'own',
    input: z.object({
      visitTypeId: VisitTypeId.nullable(),
      speciality,
      locationId: LocationId.nullable().default(null),
      practitionerId: PractitionerId.nullable().default(null),
      /** Null: from now on. */
      from: day.nullable().default(null),
      weekdays,
      part: z.enum(dayParts).nullable().default(null),
      after: DoctorPlace.nullable().default(null),
      limit: z.number().int().min(1).max(20).default(8),
    }),
    output: z.object({
      doctors: z.array(z.object({ id: PractitionerId, slots: z.array(FreeSlot) })),
      next: z.object({ startAt: z.string(), id: PractitionerId }).nullable(),
    }),
  },
  /**
   * The free times of one doctor that fit, a week from `from` on, or the first later one that has some; `next`: where to look further,
   * null at the end of what is booked ahead.
   */
  'panel.times': {
    kind: 'query',
    needs: 'own',
    input: z.object({
      practitionerId: PractitionerId,
      locationId: LocationId.nullable().default(null),
      visitTypeId: VisitTypeId.nullable(),
      /** Null: from now on. */
      from: day.nullable().default(null),
      weekdays,
      part: z.enum(dayParts).nullable().default(null),
      /** The appointment that is to be moved: what it is for counts, not `visitTypeId`. */
      moving: z.object({ patientId: PatientId, id: AppointmentId }).nullable().default(null),
    }),
    output: z.object({ slots: z.array(FreeSlot), next: z.string().nullable() }),
  },
  /**
   * Keeps a time while it is being confirmed, in the place of what the account kept before. `seconds` is null while the centre is out of
   * reach: nobody would hear of it. `fee`: what the visit costs then and there, paid at the clinic.
   */
  'panel.hold': {
    kind: 'command',
    needs: 'own',
    input: z.object({
      patientId: PatientId,
      ...slot,
      /** The appointment that is to be moved there: what it is for counts, not `visitTypeId`. */
      moving: AppointmentId.nullable().default(null),
    }),
    output: z.object({ seconds: z.number().int().nullable(), fee: Fee.nullable() }),
  },
  'panel.release': { kind: 'command', needs: 'own', input: z.object({}), output: z.null() },
  /** Asks for a time, or takes it where the site lets patients. What became of it is its state. */
  'panel.book': {
    kind: 'command',
    needs: 'own',
    input: z.object({ patientId: PatientId, ...slot, reason }),
    output: PanelAppointment,
  },
  /** Another time, or the one that the doctor offered. `changed-meanwhile` when it is not any more where it `was`. */
  'panel.move': {
    kind: 'command',
    needs: 'own',
    input: z.object({
      patientId: PatientId,
      id: AppointmentId,
      practitionerId: PractitionerId,
      locationId: LocationId,
      startLocal: wallTime,
      was: z.object({ practitionerId: PractitionerId, startLocal: wallTime }),
    }),
    output: PanelAppointment,
  },
  'panel.cancel': {
    kind: 'command',
    needs: 'own',
    input: z.object({
      patientId: PatientId,
      id: AppointmentId,
      reason,
      was: z.object({ practitionerId: PractitionerId, startLocal: wallTime }),
    }),
    output: PanelAppointment,
  },
});
