import { z } from 'zod';
import {
  pregnancyStatuses,
  readingNames,
  type TypedMeasure,
  typedMeasures,
  units,
} from '#shared/domain/vitals/measures.ts';
import { interpretations } from '#shared/domain/vitals/normal.ts';
import { PatientId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';

const day = z.iso.date();
const words = z
  .string()
  .trim()
  .max(1000)
  .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'characters');
/** At the site, `YYYY-MM-DDTHH:MM`. */
const wallTime = z.iso.datetime({ local: true, precision: -1 });
const measure = z.enum(typedMeasures as [TypedMeasure, ...TypedMeasure[]]);
/** As it is typed, at most so long that nothing of it is lost when it is changed into another unit. */
const number = z.string().regex(/^-?(0|[1-9]\d{0,5})(\.\d{1,6})?$/, 'invalid');
const typed = z.object({ value: number, unit: z.enum(units) });

/** What was written before it was corrected. */
const Before = z.object({
  value: z.string().nullable(),
  unit: z.string().nullable(),
  text: z.string().nullable(),
  recordedAt: z.string(),
  recordedBy: z.string().nullable(),
});

export const VitalReading = z.object({
  id: z.guid(),
  name: z.enum(readingNames),
  /** In the unit it is kept in (kilograms, centimetres, degrees Celsius) where that can be told; null of what is said in words. */
  value: z.string().nullable(),
  unit: z.string().nullable(),
  /** A pregnancy status, or a day. */
  text: z.string().nullable(),
  low: z.string().nullable(),
  high: z.string().nullable(),
  interpretation: z.enum(interpretations).nullable(),
  note: z.string().nullable(),
  effectiveAt: z.string(),
  recordedAt: z.string(),
  recordedBy: z.string().nullable(),
  /** It should not have been written: shown in the history, counted nowhere. */
  inError: z.boolean(),
  /** What stood here before, the first first; empty unless it was corrected. */
  before: z.array(Before),
  certainty,
});
export type VitalReading = z.infer<typeof VitalReading>;

/** What was written at one moment. */
export const VitalSet = z.object({ effectiveAt: z.string(), readings: z.array(VitalReading) });
export type VitalSet = z.infer<typeof VitalSet>;

export const vitalsCalls = defineCalls({
  /** The latest of each at a moment, null for now, with the one before. */
  'vitals.latest': {
    kind: 'query',
    needs: 'observation.read',
    input: z.object({ patientId: PatientId, until: z.iso.datetime().nullable().default(null) }),
    output: z.array(VitalReading.extend({ previous: VitalReading.nullable() })),
  },
  /** Sets, the newest first, those before a moment. `next` is where the older ones go on. */
  'vitals.history': {
    kind: 'query',
    needs: 'observation.read',
    input: z.object({
      patientId: PatientId,
      before: z.iso.datetime().nullable().default(null),
      limit: z.number().int().min(1).max(100).default(30),
    }),
    output: z.object({ sets: z.array(VitalSet), next: z.string().nullable() }),
  },
  /**
   * A set of vitals in today's encounter, taken then or, with null, now. `needs-confirming` names what is unlikely, in `fields`, until `confirmed` has its
   * name; what cannot be is `invalid-input`.
   */
  'vitals.record': {
    kind: 'command',
    needs: 'observation.create',
    input: z.object({
      patientId: PatientId,
      values: z.partialRecord(measure, typed),
      pregnancy: z
        .enum(pregnancyStatuses as ['pregnant', 'not-pregnant', 'unknown'])
        .nullable()
        .default(null),
      deliveryDate: day.nullable().default(null),
      note: words.default(''),
      effectiveLocal: wallTime.nullable().default(null),
      confirmed: z.array(measure).max(20).default([]),
    }),
    output: VitalSet,
  },
  /**
   * Another value in place of a wrong one, which stays in the history. With another moment all that was taken together
   * stands there, and where it stood it is marked as entered in error; null leaves the moment.
   */
  'vitals.correct': {
    kind: 'command',
    needs: 'observation.update',
    input: z.object({
      id: z.guid(),
      ...typed.shape,
      effectiveLocal: wallTime.nullable().default(null),
      reason: words.min(1),
      confirmed: z.boolean().default(false),
    }),
    output: VitalReading,
  },
  /** It was not of this patient, or never measured. */
  'vitals.markInError': {
    kind: 'command',
    needs: 'observation.void',
    input: z.object({ id: z.guid(), reason: words.min(1) }),
    output: VitalReading,
  },
  /** The units this account types in, where they are not the usual ones. */
  'vitals.units': {
    kind: 'query',
    needs: 'observation.read',
    input: z.object({}),
    output: z.partialRecord(measure, z.enum(units)),
  },
  'vitals.chooseUnit': {
    kind: 'command',
    needs: 'observation.read',
    input: z.object({ name: measure, unit: z.enum(units) }),
    output: z.null(),
  },
});
