import { z } from 'zod';
import { exceptionKinds } from '#shared/domain/appointments/exceptions.ts';
import { visitPriorities, visitStages } from '#shared/domain/appointments/stage.ts';
import { appointmentStatuses, participantStatuses } from '#shared/domain/appointments/status.ts';
import {
  AppointmentId,
  AppointmentSeriesId,
  LocationId,
  PatientId,
  PractitionerId,
  TaskId,
  VisitTypeId,
  WaitlistEntryId,
} from '#shared/kernel/ids.ts';
import { defineCalls } from './call.ts';

/** Whether the centre has a record as it is shown. */
export const certainty = z.enum(['confirmed', 'provisional', 'parked']);
export type Certainty = z.infer<typeof certainty>;

/** A calendar day of the clinic, `YYYY-MM-DD`. */
const day = z.iso.date();
/** A day that a week follows: the calendar ends with the year 9999. */
export const weekStart = day.refine((date) => date < '9999', 'too-far');
/** A wall time at the location, `YYYY-MM-DDTHH:MM`. */
const wallTime = z.iso.datetime({ local: true, precision: -1 });

export const AppointmentView = z.object({
  id: AppointmentId,
  patientId: PatientId,
  patientName: z.string(),
  patientMrn: z.string(),
  patientBirthDate: z.string().nullable(),
  patientPhone: z.string().nullable(),
  practitionerId: PractitionerId,
  practitionerName: z.string(),
  locationId: LocationId,
  locationName: z.string(),
  status: z.enum(appointmentStatuses),
  participantStatus: z.enum(participantStatuses),
  startAt: z.string(),
  endAt: z.string(),
  /** Wall time at the location, `YYYY-MM-DDTHH:MM`. */
  startLocal: z.string(),
  timeZone: z.string(),
  minutes: z.number().int(),
  description: z.string().nullable(),
  cancelReason: z.string().nullable(),
  proposedStartAt: z.string().nullable(),
  overbooked: z.boolean(),
  overbookReason: z.string().nullable(),
  needsRebooking: z.boolean(),
  /** Where in the clinic the patient is, from arriving to leaving, and since when. */
  stage: z.enum(visitStages).nullable(),
  stageAt: z.string().nullable(),
  arrivedAt: z.string().nullable(),
  calledAt: z.string().nullable(),
  priority: z.enum(visitPriorities),
  walkIn: z.boolean(),
  /** The patient asked for it in the panel. */
  fromPanel: z.boolean(),
  ticket: z.string().nullable(),
  visitTypeId: VisitTypeId.nullable(),
  visitTypeName: z.string().nullable(),
  /** The series it is an occurrence of. */
  seriesId: AppointmentSeriesId.nullable(),
  /** Minutes before and after it that its practitioner is not free either. */
  bufferBefore: z.number().int(),
  bufferAfter: z.number().int(),
  certainty,
});
export type AppointmentView = z.infer<typeof AppointmentView>;

/** A block of a practitioner's hours on one day, as wall times `HH:MM`. */
export const ScheduleBlock = z.object({
  locationId: LocationId,
  locationName: z.string(),
  roomName: z.string().nullable(),
  startTime: z.string(),
  endTime: z.string(),
});

/** Hours an exception takes from a practitioner, with what it is called. */
export const AwayBlock = z.object({
  kind: z.enum(exceptionKinds),
  name: z.string(),
  startTime: z.string(),
  endTime: z.string(),
});

/** A time somebody else is about to book, wall time at the site. */
export const HeldBlock = z.object({
  /** The person and the workstation. */
  by: z.string(),
  startLocal: z.string(),
  minutes: z.number().int(),
  /** When it is free again if nothing more is heard. */
  until: z.string(),
});

/** A practitioner's day. */
export const BoardColumn = z.object({
  date: day,
  practitionerId: PractitionerId,
  practitionerName: z.string(),
  speciality: z.string(),
  colour: z.string().nullable(),
  blocks: z.array(ScheduleBlock),
  away: z.array(AwayBlock),
  held: z.array(HeldBlock),
  appointments: z.array(AppointmentView),
});
export type BoardColumn = z.infer<typeof BoardColumn>;

export const Board = z.object({
  date: day,
  timeZone: z.string(),
  columns: z.array(BoardColumn),
  /** False while appointments of this day may still arrive from the centre. */
  complete: z.boolean(),
  counts: z.object({
    booked: z.number().int(),
    requested: z.number().int(),
    cancelled: z.number().int(),
    provisional: z.number().int(),
    needsRebooking: z.number().int(),
  }),
});
export type Board = z.infer<typeof Board>;

/**
 * What the centre said within 800 ms of a booking or a move:
 * `confirmed`; `provisional` (no answer yet, it will go on trying); `needs-rebooking` (the slot was taken);
 * `refused` (parked, see the outbox).
 */
export const BookingOutcome = z.object({
  appointment: AppointmentView,
  outcome: z.enum(['confirmed', 'provisional', 'needs-rebooking', 'refused']),
});
export type BookingOutcome = z.infer<typeof BookingOutcome>;

export const FreeSlot = z.object({
  practitionerId: PractitionerId,
  practitionerName: z.string(),
  locationId: LocationId,
  locationName: z.string(),
  startAt: z.string(),
  startLocal: z.string(),
  minutes: z.number().int(),
});
export type FreeSlot = z.infer<typeof FreeSlot>;

export const RebookingTask = z.object({
  id: TaskId,
  code: z.enum(['rebook-appointment', 'move-refused']),
  reason: z.string(),
  createdAt: z.string(),
  appointment: AppointmentView,
  /** The time that was asked for: of a booking its own, of a refused move where it was to go. */
  wanted: z.object({
    practitionerId: PractitionerId,
    practitionerName: z.string(),
    startAt: z.string(),
    startLocal: z.string(),
  }),
  /** Who has the slot, or changed the appointment first, as far as the centre knows. */
  winner: z
    .object({ by: z.string().nullable(), at: z.string().nullable(), device: z.string().nullable() })
    .nullable(),
});
export type RebookingTask = z.infer<typeof RebookingTask>;

const minutes = z.number().int().min(5).max(480).multipleOf(5);
/** Lines of text; other control characters and halves of a character, which the centre cannot keep, are refused. */
const note = z
  .string()
  .trim()
  .max(500)
  .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'characters');
const reason = note.min(1);

/**
 * Beside whatever the practitioner and the room have then, sooner or further ahead than its kind is booked, or where another desk is
 * about to book, because of `reason`. What is beside something is no obstacle for others. Not with the same patient twice at one
 * time, not outside hours and not on leave. In a free slot it is an ordinary booking.
 */
const overbook = z.object({ reason }).optional();

export const appointmentCalls = defineCalls({
  'appointments.board': {
    kind: 'query',
    needs: 'appointment.read',
    input: z.object({
      date: day,
      locationId: LocationId.nullable().default(null),
      speciality: z.string().max(100).nullable().default(null),
      practitionerId: PractitionerId.nullable().default(null),
    }),
    output: Board,
  },
  /** The seven days from `date` on of one practitioner, a column each; at all sites, or at one. */
  'appointments.week': {
    kind: 'query',
    needs: 'appointment.read',
    input: z.object({
      date: weekStart,
      practitionerId: PractitionerId,
      locationId: LocationId.nullable().default(null),
    }),
    output: Board,
  },
  /** Tells the other desks that this one is about to book a time: for three minutes, and only while the centre is in reach. Takes the place of what it held before. */
  'appointments.hold': {
    kind: 'command',
    needs: 'appointment.create',
    input: z.object({
      practitionerId: PractitionerId,
      locationId: LocationId,
      startLocal: wallTime,
      minutes,
    }),
    output: z.null(),
  },
  'appointments.release': {
    kind: 'command',
    needs: 'appointment.create',
    input: z.object({}),
    output: z.null(),
  },
  /**
   * Who is booked on `date` and has not said that they come, by site, doctor and time, with every number they can be reached
   * at. At most 500; `left` are not among them. `complete`: none of that day is still arriving from the centre.
   */
  'appointments.phoneList': {
    kind: 'query',
    needs: 'communication.read',
    input: z.object({ date: day, locationId: LocationId.nullable().default(null) }),
    output: z.object({
      entries: z.array(z.object({ appointment: AppointmentView, phones: z.array(z.string()) })),
      left: z.number().int(),
      complete: z.boolean(),
    }),
  },
  'appointments.get': {
    kind: 'query',
    needs: 'appointment.read',
    input: z.object({ id: AppointmentId }),
    output: AppointmentView,
  },
  'appointments.book': {
    kind: 'command',
    needs: 'appointment.create',
    input: z.object({
      patientId: PatientId,
      practitionerId: PractitionerId,
      locationId: LocationId,
      startLocal: wallTime,
      minutes,
      visitTypeId: VisitTypeId.nullable().default(null),
      description: note.default(''),
      overbook,
      /** `true`: the practitioner is asked first (status `proposed`, `needs-action`). */
      request: z.boolean().default(false),
      /** The entry of the waiting list it answers, which is booked with it or not at all. */
      waitlistEntryId: WaitlistEntryId.optional(),
    }),
    output: BookingOutcome,
  },
  /** Another time, another practitioner, or both. */
  'appointments.move': {
    kind: 'command',
    needs: 'appointment.update',
    input: z.object({
      id: AppointmentId,
      practitionerId: PractitionerId,
      locationId: LocationId,
      startLocal: wallTime,
      minutes,
      /** Left out: it stays the kind of visit it is. */
      visitTypeId: VisitTypeId.nullable().optional(),
      overbook,
      /** Where the person saw it: when somebody else has moved it since, it is not moved again unseen. */
      was: z.object({ practitionerId: PractitionerId, startLocal: wallTime }).optional(),
    }),
    output: BookingOutcome,
  },
  'appointments.cancel': {
    kind: 'command',
    needs: 'appointment.void',
    input: z.object({ id: AppointmentId, reason }),
    output: BookingOutcome,
  },
  /** Puts a cancelled appointment back while its slot is free: the undo of `cancel`. */
  'appointments.reinstate': {
    kind: 'command',
    needs: 'appointment.void',
    input: z.object({ id: AppointmentId }),
    output: BookingOutcome,
  },
  'appointments.accept': {
    kind: 'command',
    needs: 'appointment.approve',
    input: z.object({ id: AppointmentId }),
    output: BookingOutcome,
  },
  'appointments.reject': {
    kind: 'command',
    needs: 'appointment.approve',
    input: z.object({ id: AppointmentId, reason }),
    output: BookingOutcome,
  },
  /** The doctor offers another time; the desk agrees it with the patient and moves the appointment. */
  'appointments.propose': {
    kind: 'command',
    needs: 'appointment.approve',
    input: z.object({ id: AppointmentId, startLocal: wallTime }),
    output: BookingOutcome,
  },
  /**
   * The next free slots from `from` on, at most 60 days ahead: of a practitioner first, then of who shares a speciality. Without a
   * practitioner the first free of anybody, of one speciality and one site when they are named.
   */
  'appointments.freeSlots': {
    kind: 'query',
    needs: 'appointment.read',
    input: z.object({
      practitionerId: PractitionerId.nullable(),
      speciality: z.string().max(100).nullable().default(null),
      locationId: LocationId.nullable().default(null),
      visitTypeId: VisitTypeId.nullable().default(null),
      from: z.string(),
      minutes,
      limit: z.number().int().min(1).max(20).default(5),
    }),
    output: z.array(FreeSlot),
  },
  /**
   * Free slots for an appointment that lost its own, best first: of the wanted practitioner nearest to the wanted time,
   * then of others of the speciality; while the patient is free as well. Four weeks before and after are looked at.
   */
  'appointments.rebookingSlots': {
    kind: 'query',
    needs: 'appointment.read',
    input: z.object({
      id: AppointmentId,
      practitionerId: PractitionerId,
      wantedAt: z.iso.datetime(),
      limit: z.number().int().min(1).max(10).default(5),
    }),
    output: z.array(FreeSlot),
  },
  /** The signed-in doctor's day: appointments of `date`, and every request that waits for an answer. A nurse's: who is still to be seen at the site. */
  'appointments.myDay': {
    kind: 'query',
    needs: 'encounter.read',
    input: z.object({ date: day }),
    output: z.object({ appointments: z.array(AppointmentView), requests: z.array(AppointmentView) }),
  },
  /** Open rebooking tasks of this desk, oldest first, at most 200. */
  'appointments.tasks': {
    kind: 'query',
    needs: 'task.read',
    input: z.object({}),
    output: z.array(RebookingTask),
  },
  /** Closes a task without a new booking, for example when the patient no longer wants one. */
  'appointments.closeTask': {
    kind: 'command',
    needs: 'task.update',
    input: z.object({ id: TaskId }),
    output: z.null(),
  },
});
