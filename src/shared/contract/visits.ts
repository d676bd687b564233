import { z } from 'zod';
import { visitPriorities, visitStages } from '#shared/domain/appointments/stage.ts';
import { appointmentStatuses } from '#shared/domain/appointments/status.ts';
import { visitSteps } from '#shared/domain/visits/steps.ts';
import { AppointmentId, LocationId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';

const day = z.iso.date();

/** Status and stage as the person saw them: when they are others now, nothing is done unseen. */
const was = z.object({ status: z.enum(appointmentStatuses), stage: z.enum(visitStages).nullable() });

/** A visit of somebody who is in the clinic. */
export const VisitView = was.extend({
  id: AppointmentId,
  patientId: PatientId,
  patientName: z.string(),
  patientMrn: z.string(),
  practitionerId: PractitionerId,
  practitionerName: z.string(),
  locationId: LocationId,
  locationName: z.string(),
  roomName: z.string().nullable(),
  startAt: z.string(),
  startLocal: z.string(),
  stageAt: z.string().nullable(),
  arrivedAt: z.string().nullable(),
  calledAt: z.string().nullable(),
  priority: z.enum(visitPriorities),
  walkIn: z.boolean(),
  ticket: z.string().nullable(),
  /** What the waiting room calls: the ticket, or a number that follows from the appointment. */
  number: z.string(),
  reason: z.string().nullable(),
  needsRebooking: z.boolean(),
  /** Minutes in the present stage, and since arriving, by the host's clock. */
  minutes: z.number().int().min(0),
  minutesHere: z.number().int().min(0),
  certainty,
});
export type VisitView = z.infer<typeof VisitView>;

/** What was done. `undo` takes it back, for who did it and as long as this workstation runs. */
export const VisitDone = z.object({ visit: VisitView, undo: z.guid() });
export type VisitDone = z.infer<typeof VisitDone>;

const reason = z
  .string()
  .trim()
  .max(500)
  .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'characters');

export const visitCalls = defineCalls({
  /** One step on the course of a visit. A doctor takes steps of own visits only. */
  'visits.step': {
    kind: 'command',
    needs: 'visit.update',
    input: z.object({ id: AppointmentId, step: z.enum(visitSteps), was }),
    output: VisitDone,
  },
  /** Gives exactly the state before, while nobody has changed it since and nothing clinical was written since. */
  'visits.undo': {
    kind: 'command',
    needs: 'visit.update',
    input: z.object({ undo: z.guid() }),
    output: z.object({ patientName: z.string() }),
  },
  /** Somebody who came without an appointment: arrived now, with a ticket of this workstation. */
  'visits.walkIn': {
    kind: 'command',
    needs: 'visit.create',
    input: z.object({
      patientId: PatientId,
      practitionerId: PractitionerId,
      locationId: LocationId,
      reason: reason.default(''),
      priority: z.enum(visitPriorities).default('routine'),
    }),
    output: VisitDone,
  },
  'visits.setPriority': {
    kind: 'command',
    needs: 'visit.update',
    input: z.object({ id: AppointmentId, priority: z.enum(visitPriorities), was }),
    output: VisitDone,
  },
  /** Back to the end of the queue, or to another doctor's. */
  'visits.requeue': {
    kind: 'command',
    needs: 'visit.update',
    input: z.object({ id: AppointmentId, practitionerId: PractitionerId.optional(), was }),
    output: VisitDone,
  },
  /** Who is in the clinic on a day, in the order of the queue; at most 500. */
  'visits.queue': {
    kind: 'query',
    needs: 'visit.read',
    input: z.object({
      date: day,
      locationId: LocationId.nullable().default(null),
      practitionerId: PractitionerId.nullable().default(null),
    }),
    output: z.object({ asOf: z.string(), visits: z.array(VisitView), done: z.number().int() }),
  },
  /**
   * What a screen in the waiting room may show: numbers and rooms. No names, no record numbers and no reasons are in the
   * answer, so that none can be shown.
   */
  'visits.board': {
    kind: 'query',
    needs: 'visit.read',
    whileLocked: true,
    input: z.object({ locationId: LocationId.nullable().default(null) }),
    output: z.object({
      asOf: z.string(),
      timeZone: z.string(),
      called: z.array(z.object({ number: z.string(), room: z.string().nullable(), calledAt: z.string() })),
      waiting: z.array(z.string()),
      waitingCount: z.number().int(),
    }),
  },
});
