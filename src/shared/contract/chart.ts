import { z } from 'zod';
import { alertCategories, flagCategories } from '#shared/domain/chart/flag.ts';
import { timelineKinds } from '#shared/domain/chart/timeline.ts';
import { PatientId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';
import { PatientSummary } from './patients.ts';
import { roles } from './permissions.ts';

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

/** Where a page of the timeline ends: the next one begins before it. */
const TimelinePlace = z.object({ at: z.iso.datetime(), id: z.guid() });

/** One thing that happened: `title` and `detail` are as they were written, codes are the kind's own. */
export const TimelineItem = z.object({
  kind: z.enum(timelineKinds),
  id: z.guid(),
  at: z.string(),
  title: z.string().nullable(),
  detail: z.string().nullable(),
  status: z.string().nullable(),
  /** Of a result that is not as it should be. */
  grave: z.enum(['abnormal', 'critical']).nullable(),
  who: z.string().nullable(),
  where: z.string().nullable(),
  certainty,
});
export type TimelineItem = z.infer<typeof TimelineItem>;

/** A restricted chart that was opened with a reason, as who looks at it afterwards sees it: nothing clinical. */
export const GlassOpening = z.object({
  id: z.guid(),
  patientId: PatientId,
  patientName: z.string(),
  patientMrn: z.string(),
  accountName: z.string(),
  role: z.enum(roles).nullable(),
  reason: z.string(),
  startedAt: z.string(),
  untilAt: z.string(),
  review: z.object({ at: z.string(), by: z.string().nullable(), note: z.string().nullable() }).nullable(),
  certainty,
});
export type GlassOpening = z.infer<typeof GlassOpening>;

export const chartCalls = defineCalls({
  /** Opens a chart, which is written down; both answers are. */
  'chart.open': {
    kind: 'query',
    needs: 'chart.read',
    input: z.object({ id: PatientId }),
    output: z.discriminatedUnion('access', [OpenChart, RestrictedChart]),
  },
  /** What happened to a patient, the newest first, a page of at most `limit` at a time. Without kinds: of every kind. */
  'chart.timeline': {
    kind: 'query',
    needs: 'encounter.read',
    input: z.object({
      id: PatientId,
      kinds: z.array(z.enum(timelineKinds)).max(timelineKinds.length).default([]),
      before: TimelinePlace.nullable().default(null),
      limit: z.number().int().min(1).max(100).default(50),
    }),
    output: z.object({
      items: z.array(TimelineItem),
      /** Where the next page begins; null at the end. */
      next: TimelinePlace.nullable(),
      /** Whether all older appointments have arrived on this workstation. */
      complete: z.boolean(),
    }),
  },
  /** Opens a restricted chart for an hour, with a reason somebody looks at afterwards. */
  'chart.breakGlass': {
    kind: 'command',
    needs: 'chart.override',
    input: z.object({ id: PatientId, reason: words(1000) }),
    output: z.object({ until: z.string() }),
  },
  /** Restricted charts that were opened with a reason: those nobody has looked at, the oldest first; or those somebody has within 400 days, the latest first. At most 200. */
  'chart.openings': {
    kind: 'query',
    needs: 'audit.read',
    input: z.object({ reviewed: z.boolean() }),
    output: z.object({ openings: z.array(GlassOpening), more: z.boolean() }),
  },
  /** Somebody has looked at an opening, with what came of it. */
  'chart.review': {
    kind: 'command',
    needs: 'audit.approve',
    input: z.object({ id: z.guid(), note: words(1000).or(z.literal('')).default('') }),
    output: GlassOpening,
  },
  /** An alert, seen by everybody who opens the chart. */
  'chart.addAlert': {
    kind: 'command',
    needs: 'flag.create',
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
    needs: 'flag.create',
    input: z.object({ id: PatientId, reason: words(200) }),
    output: FlagView,
  },
  /** Ends an alert or a restriction; it stays in the history with its reason. */
  'chart.endFlag': {
    kind: 'command',
    needs: 'flag.void',
    input: z.object({ id: z.guid(), reason: words(1000) }),
    output: z.null(),
  },
});
