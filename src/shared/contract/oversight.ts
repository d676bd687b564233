import { z } from 'zod';
import { outcomeGroups } from '#shared/domain/overview/figures.ts';
import {
  AppointmentId,
  LocationId,
  PatientId,
  PractitionerId,
  StaffAccountId,
  VisitTypeId,
} from '#shared/kernel/ids.ts';
import { errorCodes } from '#shared/kernel/result.ts';
import { Restored } from './absence.ts';
import { AppointmentView, BookingOutcome } from './appointments.ts';
import { defineCalls } from './call.ts';

/** What the centre makes of an appointment; what it refused, and what lost its time, needs somebody's decision. */
export const standings = ['confirmed', 'provisional', 'needs-decision'] as const;

/** Which appointments are looked at; null is any. Days are those at each appointment's own place, both included. */
export const OversightFilter = z.object({
  from: z.iso.date(),
  until: z.iso.date(),
  locationId: LocationId.nullable().default(null),
  practitionerId: PractitionerId.nullable().default(null),
  visitTypeId: VisitTypeId.nullable().default(null),
  /** Who booked it. */
  personId: StaffAccountId.nullable().default(null),
  /** Those of merged records of the same person too. */
  patientId: PatientId.nullable().default(null),
  outcomes: z.array(z.enum(outcomeGroups)).min(1).max(outcomeGroups.length).nullable().default(null),
  standing: z.enum(standings).nullable().default(null),
  overbooked: z.boolean().nullable().default(null),
  /** Requests that nobody has answered. */
  unanswered: z.boolean().nullable().default(null),
});
export type OversightFilter = z.infer<typeof OversightFilter>;

/** Days a filter may span. */
export const longestSpan = 366;

const Place = z.object({ startAt: z.iso.datetime(), id: AppointmentId });
const paged = OversightFilter.extend({
  order: z.enum(['asc', 'desc']).default('asc'),
  /** The last row, or the last that was looked at, of the page before. */
  after: Place.nullable().default(null),
});

export const OversightRow = AppointmentView.extend({
  /** Null where it is not known: before accounts were, or from elsewhere. */
  bookedBy: z.string().nullable(),
  bookedAt: z.string(),
});
export type OversightRow = z.infer<typeof OversightRow>;

/** Appointments that are changed at once. */
export const mostChanged = 200;
/** Rows of a page of the list. */
export const pageRows = 200;

const reason = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'characters');

/** What is to become of all that were chosen. Each stays at its site, for its length. */
export const BulkChange = z.discriminatedUnion('kind', [
  /** To somebody else, by some days, or both; at the same time of the day. */
  z.object({
    kind: z.literal('move'),
    practitionerId: PractitionerId.nullable(),
    days: z.number().int().min(-longestSpan).max(longestSpan),
  }),
  z.object({ kind: z.literal('cancel'), reason }),
  z.object({ kind: z.literal('no-show') }),
  z.object({ kind: z.literal('visit-type'), visitTypeId: VisitTypeId }),
  /** Of requests: what their practitioner was asked is granted. */
  z.object({ kind: z.literal('confirm') }),
]);
export type BulkChange = z.infer<typeof BulkChange>;

/** Why one of them stays besides what keeps any appointment from a place. */
export const bulkProblems = [
  'as-wanted',
  'lost-its-time',
  'not-open',
  'not-begun',
  'no-request',
  ...errorCodes,
] as const;

const chosen = z.array(AppointmentId).min(1).max(mostChanged);

export const BulkLine = z.object({
  appointment: AppointmentView,
  /** What becomes of it; null when it stays, and why. */
  becomes: AppointmentView.nullable(),
  problem: z
    .object({
      code: z.enum(bulkProblems),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    })
    .nullable(),
});
export type BulkLine = z.infer<typeof BulkLine>;

export const KnownBulk = z.object({
  id: z.guid(),
  at: z.iso.datetime(),
  kind: z.enum(['move', 'cancel', 'no-show', 'visit-type', 'confirm']),
  by: z.string().nullable(),
  changed: z.number().int(),
});
export type KnownBulk = z.infer<typeof KnownBulk>;

const page = { rows: z.array(OversightRow), next: Place.nullable() };

export const oversightCalls = defineCalls({
  /**
   * A page of the appointments this workstation has, by time. What is looked through for a page is bounded, so one may be short
   * or empty with more to come. `invalid-input` for days out of order or more than `longestSpan`.
   */
  'oversight.list': {
    kind: 'query',
    needs: 'oversight.read',
    input: paged,
    output: z.object({
      ...page,
      /** Who may have booked: everybody who signs in or did. */
      people: z.array(z.object({ id: StaffAccountId, name: z.string() })),
      /** False while appointments may still arrive from the centre. */
      complete: z.boolean(),
    }),
  },
  /** A page that leaves the program; the first of them is noted in the audit trail. */
  'oversight.export': {
    kind: 'command',
    needs: 'oversight.export',
    input: paged,
    output: z.object(page),
  },
  /** What a change would make of each, all of them together, and why not; nothing is written. In the order of their times. */
  'oversight.preview': {
    kind: 'query',
    needs: 'oversight.update',
    input: z.object({ change: BulkChange, ids: chosen }),
    output: z.array(BulkLine),
  },
  /**
   * Changes all of them as they were seen, in one piece, or, when one can no longer be changed so, none: then `changed-meanwhile`
   * names them. Who is to be told of another time is on the list of calls.
   */
  'oversight.apply': {
    kind: 'command',
    needs: 'oversight.update',
    input: z.object({
      change: BulkChange,
      chosen: z
        .array(
          z.object({
            id: AppointmentId,
            was: AppointmentView.pick({ practitionerId: true, startAt: true, status: true }),
          }),
        )
        .min(1)
        .max(mostChanged),
    }),
    output: z.object({
      id: z.guid(),
      at: z.iso.datetime(),
      changed: z.number().int(),
      toTell: z.number().int(),
      outcome: BookingOutcome.shape.outcome,
    }),
  },
  /** Changes of many in the last two weeks that were not taken back, the latest first, at most 50. */
  'oversight.known': {
    kind: 'query',
    needs: 'oversight.update',
    input: z.object({}),
    output: z.array(KnownBulk),
  },
  /** Puts the appointments of one such change where they were, as far as nothing has happened since; `stays` are the others. */
  'oversight.takeBack': {
    kind: 'command',
    needs: 'oversight.update',
    input: z.object({ id: z.guid(), at: z.iso.datetime() }),
    output: Restored,
  },
});
