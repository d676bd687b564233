import { z } from 'zod';
import { callAnswers } from '#shared/domain/appointments/answer.ts';
import { AppointmentId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';

/** Where and when, as somebody says it on the telephone. */
const Place = z.object({
  practitionerId: PractitionerId,
  practitionerName: z.string(),
  locationName: z.string(),
  /** `YYYY-MM-DDTHH:MM` at the site. */
  startLocal: z.string(),
});

export const CallEntry = z.object({
  id: AppointmentId,
  patientId: PatientId,
  patientName: z.string(),
  patientMrn: z.string(),
  /** Numbers to try, the usual one first. */
  phones: z.array(z.string()),
  /** What the patient knows of. */
  before: Place,
  /** Null: it is cancelled. */
  now: Place.nullable(),
  /** When it is to be, so that nobody answers for a time that has changed since. */
  startAt: z.string(),
  cancelReason: z.string().nullable(),
  /** Calls without an answer. */
  attempts: z.number().int(),
  lastAttempt: z.object({ at: z.string(), by: z.string().nullable(), note: z.string() }).nullable(),
  certainty,
});
export type CallEntry = z.infer<typeof CallEntry>;

export const callListCalls = defineCalls({
  /** Patients who must be told of another time or of none, by the time they know of, at most 500; what was to be before today is not among them. */
  'calls.list': {
    kind: 'query',
    needs: 'communication.read',
    input: z.object({}),
    output: z.array(CallEntry),
  },
  /** What came of a call. `startAt` is the time that was told: of one that has changed since, nothing is written. */
  'calls.answer': {
    kind: 'command',
    needs: 'communication.create',
    input: z.object({
      id: AppointmentId,
      startAt: z.string(),
      answer: z.enum(callAnswers),
      note: z
        .string()
        .trim()
        .max(500)
        .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'characters')
        .default(''),
    }),
    output: z.null(),
  },
});
