import { z } from 'zod';
import { visitPriorities } from '#shared/domain/appointments/stage.ts';
import { waitlistStatuses } from '#shared/domain/waitlist/entry.ts';
import { matchReasons } from '#shared/domain/waitlist/matching.ts';
import {
  AppointmentId,
  LocationId,
  PatientId,
  PractitionerId,
  VisitTypeId,
  WaitlistEntryId,
} from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';

const day = z.iso.date();
const wallTime = z.iso.datetime({ local: true, precision: -1 });
/** `HH:MM`; the end of a day is `24:00`. */
const startTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'invalid');
const endTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'invalid');
const minutes = z.number().int().min(5).max(480).multipleOf(5);
const words = z
  .string()
  .trim()
  .max(500)
  .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'characters');

/** What would do for somebody who waits; null: anything does. */
export const WaitlistWish = z.object({
  practitionerId: PractitionerId.nullable(),
  /** Anybody of it; null where a practitioner is named, or anybody does. */
  speciality: z.string().max(100).nullable(),
  locationId: LocationId.nullable(),
  visitTypeId: VisitTypeId.nullable(),
  minutes,
  startDate: day,
  endDate: day.nullable(),
  startTime: startTime.nullable(),
  endTime: endTime.nullable(),
  /** ISO 8601 weekdays; none: any. */
  weekdays: z.array(z.number().int().min(1).max(7)).max(7),
  priority: z.enum(visitPriorities),
  note: words,
});
export type WaitlistWish = z.infer<typeof WaitlistWish>;

/** A time that is or was offered, or the lost one of a booking. */
const Slot = z.object({
  practitionerId: PractitionerId,
  practitionerName: z.string(),
  locationId: LocationId,
  locationName: z.string(),
  startAt: z.string(),
  /** At the site. */
  startLocal: z.string(),
});

export const WaitlistEntryView = WaitlistWish.extend({
  id: WaitlistEntryId,
  patientId: PatientId,
  patientName: z.string(),
  patientMrn: z.string(),
  patientPhone: z.string().nullable(),
  practitionerName: z.string().nullable(),
  locationName: z.string().nullable(),
  visitTypeName: z.string().nullable(),
  /** Where it stands now: an offer that ran out is waited for again, a window that is over has expired. */
  state: z.enum(waitlistStatuses),
  offer: Slot.extend({ until: z.string() }).nullable(),
  appointmentId: AppointmentId.nullable(),
  /** The appointment it was booked for has lost its time: it is waited for again. */
  lost: z.boolean(),
  closeReason: z.string().nullable(),
  createdAt: z.string(),
  certainty,
});
export type WaitlistEntryView = z.infer<typeof WaitlistEntryView>;

export const WaitlistMatch = z.object({
  entry: WaitlistEntryView,
  startLocal: z.string(),
  reasons: z.array(z.enum(matchReasons)),
});
export type WaitlistMatch = z.infer<typeof WaitlistMatch>;

export const waitlistCalls = defineCalls({
  /** `open`: who waits, the most urgent and then the longest first, at most 500. `closed`: the 200 that were closed or booked last. */
  'waitlist.list': {
    kind: 'query',
    needs: 'waitlist.read',
    input: z.object({ view: z.enum(['open', 'closed']).default('open') }),
    output: z.object({ entries: z.array(WaitlistEntryView), more: z.boolean() }),
  },
  /** What a patient waits for, under any record, newest first, at most 50. */
  'waitlist.ofPatient': {
    kind: 'query',
    needs: 'waitlist.read',
    input: z.object({ patientId: PatientId }),
    output: z.array(WaitlistEntryView),
  },
  'waitlist.add': {
    kind: 'command',
    needs: 'waitlist.create',
    input: z.object({ patientId: PatientId, wish: WaitlistWish }),
    output: WaitlistEntryView,
  },
  'waitlist.change': {
    kind: 'command',
    needs: 'waitlist.update',
    input: z.object({ id: WaitlistEntryId, wish: WaitlistWish }),
    output: WaitlistEntryView,
  },
  'waitlist.cancel': {
    kind: 'command',
    needs: 'waitlist.update',
    input: z.object({ id: WaitlistEntryId, reason: words.min(1) }),
    output: WaitlistEntryView,
  },
  /** Puts an entry that was cancelled, offered or booked back to waiting: the undo of those, and what a declined offer means. */
  'waitlist.release': {
    kind: 'command',
    needs: 'waitlist.update',
    input: z.object({ id: WaitlistEntryId }),
    output: WaitlistEntryView,
  },
  /** Offers a free time for 30 minutes; `slot-taken` and the like as for a booking. It holds the time for nobody. */
  'waitlist.offer': {
    kind: 'command',
    needs: 'waitlist.update',
    input: z.object({
      id: WaitlistEntryId,
      practitionerId: PractitionerId,
      locationId: LocationId,
      startLocal: wallTime,
    }),
    output: WaitlistEntryView,
  },
  /** Who could have a free time, best first, at most 20, with the entries a time like it is offered to at present. */
  'waitlist.matches': {
    kind: 'query',
    needs: 'waitlist.read',
    input: z.object({
      practitionerId: PractitionerId,
      locationId: LocationId,
      startLocal: wallTime,
      /** How long the time is; a longer visit is found as well where the practitioner stays free. */
      minutes: z.number().int().min(5).max(1440),
    }),
    output: z.object({ matches: z.array(WaitlistMatch), offered: z.array(WaitlistEntryView) }),
  },
});
