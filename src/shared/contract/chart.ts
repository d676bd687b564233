import { z } from 'zod';
import { alertCategories, flagCategories } from '#shared/domain/chart/flag.ts';
import { PatientId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';
import { PatientSummary } from './patients.ts';

/** Who reads and writes what is clinical. */
const clinical = ['doctor', 'nurse'] as const;

const day = z.iso.date();
const words = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'characters');

/** An allergy as the banner names it. */
const BannerAllergy = z.object({
  id: z.guid(),
  substance: z.string(),
  severity: z.string().nullable(),
  criticality: z.string().nullable(),
  reaction: z.string().nullable(),
  certainty,
});
export type BannerAllergy = z.infer<typeof BannerAllergy>;

export const FlagView = z.object({
  id: z.guid(),
  category: z.enum(flagCategories),
  text: z.string(),
  startDate: z.string().nullable(),
  endDate: z.string().nullable(),
  createdAt: z.string(),
  createdBy: z.string().nullable(),
  certainty,
});
export type FlagView = z.infer<typeof FlagView>;

const ChartPatient = PatientSummary.extend({
  /** The record that goes on, when this one was merged into another. */
  goesOn: PatientId.nullable(),
});
export type ChartPatient = z.infer<typeof ChartPatient>;

/** What stays in sight whatever of the chart is read. */
export const OpenChart = z.object({
  access: z.literal('open'),
  patient: ChartPatient,
  /** `until`: the end of the time a reason opened it for; null of whoever treats the patient. */
  restriction: z.object({ until: z.string().nullable() }).nullable(),
  allergies: z.array(BannerAllergy),
  /** `recorded`: there are some; `none-known`: somebody asked and there are none; `not-recorded`: nobody has said. */
  allergyState: z.enum(['recorded', 'none-known', 'not-recorded']),
  /** What holds today, restrictions among it. */
  flags: z.array(FlagView),
  pregnancy: z.object({ pregnant: z.boolean(), day: z.string(), due: z.string().nullable() }).nullable(),
  weight: z.object({ value: z.string(), unit: z.string().nullable(), at: z.string(), certainty }).nullable(),
});
export type OpenChart = z.infer<typeof OpenChart>;

/** Closed to who asked, until they say why they have to see it: no more than any desk may see. */
const RestrictedChart = z.object({ access: z.literal('restricted'), patient: ChartPatient });

export const chartCalls = defineCalls({
  /** Opens a chart, which is written down; both answers are. */
  'chart.open': {
    kind: 'query',
    roles: clinical,
    input: z.object({ id: PatientId }),
    output: z.discriminatedUnion('access', [OpenChart, RestrictedChart]),
  },
  /** Opens a restricted chart for an hour, with a reason somebody looks at afterwards. */
  'chart.breakGlass': {
    kind: 'command',
    roles: clinical,
    input: z.object({ id: PatientId, reason: words(1000) }),
    output: z.object({ until: z.string() }),
  },
  /** An alert, seen by everybody who opens the chart. */
  'chart.addAlert': {
    kind: 'command',
    roles: ['doctor'],
    input: z.object({
      id: PatientId,
      category: z.enum(alertCategories),
      text: words(200),
      endDate: day.nullable().default(null),
    }),
    output: FlagView,
  },
  /** Closes the chart to all who have nothing to do with the patient. */
  'chart.restrict': {
    kind: 'command',
    roles: ['doctor'],
    input: z.object({ id: PatientId, reason: words(200) }),
    output: FlagView,
  },
  /** Ends an alert or a restriction; it stays in the history with its reason. */
  'chart.endFlag': {
    kind: 'command',
    roles: ['doctor'],
    input: z.object({ id: z.guid(), reason: words(1000) }),
    output: z.null(),
  },
});
