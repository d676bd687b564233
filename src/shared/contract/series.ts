import { z } from 'zod';
import { mostInterval, mostOccurrences } from '#shared/domain/series/rule.ts';
import {
  AppointmentId,
  AppointmentSeriesId,
  LocationId,
  PatientId,
  PractitionerId,
  VisitTypeId,
} from '#shared/kernel/ids.ts';
import { errorCodes } from '#shared/kernel/result.ts';
import { AppointmentView, BookingOutcome } from './appointments.ts';
import { defineCalls } from './call.ts';

const wallTime = z.iso.datetime({ local: true, precision: -1 });
const minutes = z.number().int().min(5).max(480).multipleOf(5);
const words = z
  .string()
  .trim()
  .max(500)
  .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'characters');
const weekday = z.number().int().min(1).max(7);

/** How a series goes on; see `RecurrenceRule`. */
export const Rule = z
  .object({
    frequency: z.enum(['daily', 'weekly', 'monthly']),
    interval: z.number().int().min(1).max(mostInterval),
    weekdays: z.array(weekday).max(7),
    monthly: z
      .discriminatedUnion('by', [
        z.object({ by: z.literal('day'), day: z.number().int().min(1).max(31) }),
        z.object({
          by: z.literal('weekday'),
          nth: z.union([z.literal(-1), z.number().int().min(1).max(5)]),
          weekday,
        }),
      ])
      .nullable(),
    end: z.discriminatedUnion('by', [
      z.object({ by: z.literal('count'), count: z.number().int().min(1).max(mostOccurrences) }),
      z.object({ by: z.literal('until'), until: z.iso.date() }),
    ]),
  })
  .refine(({ frequency, weekdays }) => frequency !== 'weekly' || weekdays.length > 0)
  .refine(({ frequency, monthly }) => frequency !== 'monthly' || monthly !== null);

/** Where and how long every occurrence is; the first possible one begins at `startLocal`. */
const place = {
  practitionerId: PractitionerId,
  locationId: LocationId,
  startLocal: wallTime,
  minutes,
  visitTypeId: VisitTypeId.nullable().default(null),
};

/** Other times that were chosen for some occurrences, by the time the rule says. */
const instead = z
  .array(z.object({ of: wallTime, startLocal: wallTime }))
  .max(mostOccurrences)
  .default([]);

export const PlannedOccurrence = z.object({
  /** The time the rule says, wall time at the site. */
  of: z.string(),
  /** The time it would be: what was chosen instead, else the same. */
  startLocal: z.string(),
  /** `taken`: somebody or something else is there then; `closed`: nobody can be seen then. */
  state: z.enum(['free', 'taken', 'closed']),
  /** Why not, with what fills the message; null when it is free. */
  reason: z
    .object({ code: z.enum(errorCodes), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
  /** The nearest free time of that day, else of that week. */
  alternative: z.string().nullable(),
});
export type PlannedOccurrence = z.infer<typeof PlannedOccurrence>;

export const SeriesView = z.object({
  id: AppointmentSeriesId,
  /** Null when another version wrote a rule this one does not know. */
  rule: Rule.nullable(),
  occurrences: z.array(AppointmentView),
});
export type SeriesView = z.infer<typeof SeriesView>;

/** `undo` takes all of it back in one go, for who did it and as long as this workstation runs. */
const Done = z.object({
  appointments: z.array(AppointmentView),
  outcome: BookingOutcome.shape.outcome,
  undo: z.guid(),
});
export type SeriesDone = z.infer<typeof Done>;

export const seriesCalls = defineCalls({
  /** What a rule would make of the clinic's days, occurrence by occurrence, at most 52. Nothing is written. */
  'series.preview': {
    kind: 'query',
    needs: 'appointment.create',
    input: z.object({ ...place, patientId: PatientId, rule: Rule, instead }),
    output: z.array(PlannedOccurrence),
  },
  /** Books all the given times as one series, or none: then `slot-taken` and the like, with the time in `params.time`. */
  'series.book': {
    kind: 'command',
    needs: 'appointment.create',
    input: z.object({
      ...place,
      patientId: PatientId,
      description: words.default(''),
      request: z.boolean().default(false),
      rule: Rule,
      times: z.array(wallTime).min(1).max(mostOccurrences),
    }),
    output: Done,
  },
  'series.get': {
    kind: 'query',
    needs: 'appointment.read',
    input: z.object({ id: AppointmentSeriesId }),
    output: SeriesView,
  },
  /** What moving this occurrence and those that follow would come to: one line for each, this one first. */
  'series.previewChange': {
    kind: 'query',
    needs: 'appointment.update',
    input: z.object({
      id: AppointmentId,
      practitionerId: PractitionerId,
      locationId: LocationId,
      startLocal: wallTime,
      minutes,
      instead,
    }),
    output: z.array(PlannedOccurrence.extend({ id: AppointmentId, wasLocal: z.string() })),
  },
  /** Moves this and the following as previewed; they are a series of their own then, and the one before ends. What is left out stays where it is. */
  'series.change': {
    kind: 'command',
    needs: 'appointment.update',
    input: z.object({
      id: AppointmentId,
      practitionerId: PractitionerId,
      locationId: LocationId,
      startLocal: wallTime,
      minutes,
      times: z
        .array(z.object({ id: AppointmentId, wasLocal: wallTime, startLocal: wallTime }))
        .min(1)
        .max(mostOccurrences),
    }),
    output: Done,
  },
  /** Cancels this and the following that can still be cancelled; the series ends before it. */
  'series.cancel': {
    kind: 'command',
    needs: 'appointment.update',
    input: z.object({ id: AppointmentId, reason: words.min(1) }),
    output: Done,
  },
  /** Gives exactly what there was before, all of it or nothing. */
  'series.undo': {
    kind: 'command',
    needs: 'appointment.update',
    input: z.object({ undo: z.guid() }),
    output: z.object({ patientName: z.string(), count: z.number().int() }),
  },
});
