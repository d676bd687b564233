import { z } from 'zod';
import { exceptionKinds } from '#shared/domain/appointments/exceptions.ts';
import {
  LocationId,
  PractitionerId,
  ScheduleExceptionId,
  ScheduleId,
  VisitTypeId,
} from '#shared/kernel/ids.ts';
import { AppointmentView } from './appointments.ts';
import { defineCalls } from './call.ts';

const day = z.iso.date();
/** `HH:MM`; the end of a day is `24:00`. */
const startTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'invalid');
const endTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'invalid');
const name = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'required')
    .max(most, 'too-long')
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'characters');

/** The longest time before or after a visit that may keep its practitioner. */
export const mostBufferMinutes = 240;
const buffer = z.number().int().min(0).max(mostBufferMinutes).multipleOf(5);

export const VisitTypeDetails = z.object({
  name: name(100),
  minutes: z.number().int().min(5).max(480).multipleOf(5),
  bufferBefore: buffer,
  bufferAfter: buffer,
  /** Visits of this kind one practitioner takes in a day; null: any number. */
  dailyCap: z.number().int().min(1).max(1000).nullable(),
  /** Patients do not book it themselves. */
  staffOnly: z.boolean(),
  needsRoom: z.boolean(),
  active: z.boolean(),
  /** Booked at the latest so many minutes before it begins; null: up to the minute. */
  leadMinutes: z.number().int().min(0).max(525_600).nullable(),
  /** Booked at most so many days ahead; null: any number. */
  horizonDays: z.number().int().min(1).max(730).nullable(),
});
export type VisitTypeDetails = z.infer<typeof VisitTypeDetails>;

export const VisitTypeView = VisitTypeDetails.extend({ id: VisitTypeId });
export type VisitTypeView = z.infer<typeof VisitTypeView>;

/** A line of a practitioner's weekly hours at a site, wall times there. */
export const HoursDetails = z.object({
  practitionerId: PractitionerId,
  locationId: LocationId,
  roomId: LocationId.nullable(),
  /** ISO 8601: 1 is Monday. */
  weekday: z.number().int().min(1).max(7),
  startTime,
  endTime,
  validFrom: day.nullable(),
  validTo: day.nullable(),
  /** Every so many weeks, counted from the week of `validFrom`; null: every week. */
  intervalWeeks: z.number().int().min(2).max(52).nullable(),
});
export type HoursDetails = z.infer<typeof HoursDetails>;

export const HoursView = HoursDetails.extend({
  id: ScheduleId,
  practitionerName: z.string(),
  locationName: z.string(),
  roomName: z.string().nullable(),
  /** Another line has the doctor elsewhere, or there twice, at the same time: two desks each entered one. */
  overlaps: z.boolean(),
});
export type HoursView = z.infer<typeof HoursView>;

export const ExceptionDetails = z.object({
  kind: z.enum(exceptionKinds),
  /** Null: of all. */
  practitionerId: PractitionerId.nullable(),
  /** Null: at all sites. */
  locationId: LocationId.nullable(),
  startDate: day,
  endDate: day,
  /** Null: the whole of each day. */
  startTime: startTime.nullable(),
  endTime: endTime.nullable(),
  name: name(200),
});
export type ExceptionDetails = z.infer<typeof ExceptionDetails>;

export const ExceptionView = ExceptionDetails.extend({
  id: ScheduleExceptionId,
  practitionerName: z.string().nullable(),
  locationName: z.string().nullable(),
});
export type ExceptionView = z.infer<typeof ExceptionView>;

export const schedulingCalls = defineCalls({
  /** Kinds of visits by name, those no longer offered too; at most 500. */
  'scheduling.visitTypes': {
    kind: 'query',
    needs: 'schedule.read',
    input: z.object({}),
    output: z.array(VisitTypeView),
  },
  'scheduling.createVisitType': {
    kind: 'command',
    needs: 'schedule.update',
    input: VisitTypeDetails,
    output: VisitTypeView,
  },
  'scheduling.updateVisitType': {
    kind: 'command',
    needs: 'schedule.update',
    input: VisitTypeView,
    output: VisitTypeView,
  },
  /** Weekly hours that have not ended before `from`, by practitioner, weekday and time; at most 5000 lines. */
  'scheduling.hours': {
    kind: 'query',
    needs: 'schedule.read',
    input: z.object({ from: day }),
    output: z.array(HoursView),
  },
  /** Sites and their rooms that weekly hours can be at. */
  'scheduling.places': {
    kind: 'query',
    needs: 'schedule.read',
    input: z.object({}),
    output: z.array(z.object({ id: LocationId, name: z.string(), siteId: LocationId.nullable() })),
  },
  /** Everybody who may have hours, those without any too, by name; at most 500. */
  'scheduling.people': {
    kind: 'query',
    needs: 'schedule.read',
    input: z.object({}),
    output: z.array(
      z.object({
        id: PractitionerId,
        name: z.string(),
        specialities: z.array(z.string()),
        /** Where hours may be. */
        siteIds: z.array(LocationId),
      }),
    ),
  },
  /** Hours are at a site somebody works at: else `not-their-site` at `locationId`. */
  'scheduling.addHours': {
    kind: 'command',
    needs: 'schedule.update',
    input: HoursDetails,
    output: z.object({ id: ScheduleId }),
  },
  'scheduling.changeHours': {
    kind: 'command',
    needs: 'schedule.update',
    input: HoursDetails.extend({ id: ScheduleId }),
    output: z.object({ id: ScheduleId }),
  },
  /** Takes a line of weekly hours away, or with `false` puts it back. Nobody's appointment is cancelled by it. */
  'scheduling.removeHours': {
    kind: 'command',
    needs: 'schedule.update',
    input: z.object({ id: ScheduleId, removed: z.boolean().default(true) }),
    output: z.null(),
  },
  /** Exceptions that have not ended before `from`, by their first day; at most 500. */
  'scheduling.exceptions': {
    kind: 'query',
    needs: 'schedule.read',
    input: z.object({ from: day }),
    output: z.array(ExceptionView),
  },
  /** Blocks the hours it names, or adds some. Nobody's appointment is cancelled by it: see `scheduling.affected`. */
  'scheduling.addException': {
    kind: 'command',
    needs: 'absence.create',
    input: ExceptionDetails,
    output: ExceptionView,
  },
  'scheduling.voidException': {
    kind: 'command',
    needs: 'absence.void',
    input: z.object({ id: ScheduleExceptionId }),
    output: z.null(),
  },
  /**
   * Appointments that an exception makes impossible and that have not been moved yet, soonest first, at most 500; those that are
   * over or whose patient has come are not among them.
   */
  'scheduling.affected': {
    kind: 'query',
    needs: 'appointment.read',
    input: z.object({ id: ScheduleExceptionId }),
    output: z.array(AppointmentView),
  },
  /** How many appointments wait for another time because of each exception that has not ended before `from`; those with none are left out. */
  'scheduling.affectedCounts': {
    kind: 'query',
    needs: 'appointment.read',
    input: z.object({ from: day }),
    output: z.array(z.object({ id: ScheduleExceptionId, appointments: z.number().int() })),
  },
});
