import { z } from 'zod';
import { AppointmentId, PractitionerId, ScheduleExceptionId } from '#shared/kernel/ids.ts';
import { errorCodes } from '#shared/kernel/result.ts';
import { AppointmentView, BookingOutcome, FreeSlot } from './appointments.ts';
import { defineCalls } from './call.ts';
import { ExceptionDetails } from './scheduling.ts';

/** Who is not there, and when. */
export const AbsenceDetails = ExceptionDetails.omit({
  kind: true,
  practitionerId: true,
  locationId: true,
}).extend({
  practitionerId: PractitionerId,
});
export type AbsenceDetails = z.infer<typeof AbsenceDetails>;

const wallTime = z.iso.datetime({ local: true, precision: -1 });
const reason = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'characters');

/** What is to become of a visit: another time or practitioner at its own site, the worklist, or nothing. */
export const AbsenceChoice = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('move'),
    id: AppointmentId,
    practitionerId: PractitionerId,
    startLocal: wallTime,
  }),
  z.object({ kind: z.literal('leave'), id: AppointmentId }),
  z.object({ kind: z.literal('cancel'), id: AppointmentId, reason }),
]);
export type AbsenceChoice = z.infer<typeof AbsenceChoice>;

/** Visits that are planned at once; the rest stay on the worklist. */
export const mostPlanned = 200;
const choices = z.array(AbsenceChoice).max(mostPlanned);
/** Whether it is for good: then others are proposed alone. */
const leaves = z.boolean().default(false);

export const AbsenceVisit = z.object({
  appointment: AppointmentView,
  choice: AbsenceChoice,
  /** Where it goes, when it moves. */
  slot: FreeSlot.nullable(),
  /** The time that was chosen for it is no longer free, and this is another. */
  lost: z.boolean(),
});
export type AbsenceVisit = z.infer<typeof AbsenceVisit>;

export const KnownAbsence = z.object({
  id: ScheduleExceptionId,
  practitionerName: z.string(),
  startDate: z.string(),
  endDate: z.string(),
  startTime: z.string().nullable(),
  endTime: z.string().nullable(),
  name: z.string(),
  /** Appointments it moved or cancelled. */
  changed: z.number().int(),
});
export type KnownAbsence = z.infer<typeof KnownAbsence>;

/** Why an appointment stays as an absence left it: the patient knows, somebody changed it since, or it cannot be where it was. */
export const staysBecause = ['told', 'changed', ...errorCodes] as const;

/** What taking back came to: how many are where they were, and which stay. */
export const Restored = z.object({
  restored: z.number().int(),
  stays: z.array(z.object({ appointment: AppointmentView, because: z.enum(staysBecause) })),
});
export type Restored = z.infer<typeof Restored>;

export const absenceCalls = defineCalls({
  /**
   * Appointments that an absence would make impossible, soonest first, each with what is chosen for it or else proposed: the
   * soonest time of the same practitioner or of another of the speciality, at its own site, not sooner than it was to be. No two
   * get one time. Without a free time in four weeks it is left for the worklist.
   */
  'absence.plan': {
    kind: 'query',
    needs: 'absence.read',
    input: z.object({ absence: AbsenceDetails, choices: choices.default([]), leaves }),
    output: z.object({
      visits: z.array(AbsenceVisit),
      /** Appointments beyond the most that are planned at once. */
      more: z.number().int(),
    }),
  },
  /** Free times for one of them besides what is chosen for the others, soonest first, at most five. */
  'absence.slots': {
    kind: 'query',
    needs: 'absence.read',
    input: z.object({ absence: AbsenceDetails, choices, leaves, id: AppointmentId }),
    output: z.array(FreeSlot),
  },
  /**
   * Enters the absence and does everything that was chosen, all at once or, when something of it can no longer be done, nothing:
   * then `changed-meanwhile` names the appointments. Who is to be told of another time is on the list of calls.
   */
  'absence.apply': {
    kind: 'command',
    needs: 'absence.create',
    input: z.object({ absence: AbsenceDetails, choices }),
    output: z.object({
      id: ScheduleExceptionId,
      moved: z.number().int(),
      cancelled: z.number().int(),
      outcome: BookingOutcome.shape.outcome,
    }),
  },
  /** Absences that are not over and changed appointments, the latest first, at most 50. */
  'absence.known': {
    kind: 'query',
    needs: 'absence.read',
    input: z.object({}),
    output: z.array(KnownAbsence),
  },
  /** Takes an absence back and puts its appointments where they were, as far as nothing has happened since; `stays` are the others. */
  'absence.takeBack': {
    kind: 'command',
    needs: 'absence.void',
    input: z.object({ id: ScheduleExceptionId }),
    output: Restored,
  },
});
