import { z } from 'zod';
import { likenessReasons } from '#shared/domain/patients/likeness.ts';
import { comparedColumns, mergeColumns } from '#shared/domain/patients/merge.ts';
import { PatientId, PatientLinkId } from '#shared/kernel/ids.ts';
import { defineCalls } from './call.ts';
import { PatientSummary, PatientView } from './patients.ts';

const value = z.union([z.string(), z.number(), z.null()]);

/** What a record said in the preview; a merge is refused when it says something else by then. */
export const MergeValues = z.record(z.enum(comparedColumns), value);

/** What hangs on a record, as far as this workstation holds it. */
const ChartCounts = z.object({
  appointments: z.number().int(),
  notes: z.number().int(),
  observations: z.number().int(),
  allergies: z.number().int(),
  prescriptions: z.number().int(),
  invoices: z.number().int(),
  telecoms: z.number().int(),
  identifiers: z.number().int(),
  coverages: z.number().int(),
  consents: z.number().int(),
  photos: z.number().int(),
});
export type ChartCounts = z.infer<typeof ChartCounts>;

const MergeSide = z.object({ patient: PatientView, values: MergeValues, counts: ChartCounts });
export type MergeSide = z.infer<typeof MergeSide>;

const MergePreview = z.object({
  /** In the order they were asked for. */
  left: MergeSide,
  right: MergeSide,
  /** The record that would go on: the older one. */
  goesOn: z.enum(['left', 'right']),
  /** Every column one of them says something in; `better` knows more than the other, null when neither does. */
  fields: z.array(
    z.object({
      column: z.enum(mergeColumns),
      format: z.string(),
      differs: z.boolean(),
      better: z.enum(['left', 'right']).nullable(),
    }),
  ),
  /** Appointments to come that this person has at one time under both records: local start of each. At most 20. */
  overlapping: z.array(z.object({ left: z.string(), right: z.string() })),
  /** False while older appointments are still arriving, so that the counts may be too small. */
  complete: z.boolean(),
  score: z.number(),
  reasons: z.array(z.enum(likenessReasons)),
});
export type MergePreview = z.infer<typeof MergePreview>;

/** Two records that are likely one person; `left` was registered first. */
const PossibleDuplicate = z.object({
  left: PatientSummary,
  right: PatientSummary,
  score: z.number(),
  reasons: z.array(z.enum(likenessReasons)),
  /** When the later of the two was registered. */
  registeredAt: z.string(),
});
export type PossibleDuplicate = z.infer<typeof PossibleDuplicate>;

export const patientMergeCalls = defineCalls({
  /** Both records of what may be one person side by side. `same-record` or `merged-already` when they cannot be merged. */
  'patients.mergePreview': {
    kind: 'query',
    needs: 'patient.merge',
    input: z.object({ leftId: PatientId, rightId: PatientId }),
    output: MergePreview,
  },
  /**
   * Makes two records one: `otherId` is merged into `id`, which takes the columns `take` from it. Both stay as they
   * are otherwise; what was written for either is read with both. `changed-meanwhile` when a record no longer says
   * what it said in `was`.
   */
  'patients.merge': {
    kind: 'command',
    needs: 'patient.merge',
    input: z.object({
      id: PatientId,
      otherId: PatientId,
      take: z.array(z.enum(mergeColumns)),
      was: z.object({ own: MergeValues, other: MergeValues }),
    }),
    output: z.object({ patient: PatientView, overlapping: z.number().int() }),
  },
  /** Takes a merged record out again. What the other one took from it at the merge stays there. `not-merged` when it is not. */
  'patients.unmerge': {
    kind: 'command',
    needs: 'patient.merge',
    input: z.object({ id: PatientId }),
    output: PatientView,
  },
  /**
   * Pairs of records that are likely one person, where the later was registered at a desk in the last 30 days; newest
   * first, a page at a time. `next` goes on further back; null when there is nothing more.
   */
  'patients.possibleDuplicates': {
    kind: 'query',
    needs: 'patient.merge',
    input: z.object({ before: PatientId.nullable().default(null) }),
    output: z.object({ pairs: z.array(PossibleDuplicate), next: PatientId.nullable() }),
  },
  /** Says that two records are two persons: they are not asked about again, at any desk. */
  'patients.keepApart': {
    kind: 'command',
    needs: 'patient.merge',
    input: z.object({ id: PatientId, otherId: PatientId }),
    output: z.object({ linkId: PatientLinkId }),
  },
  /** Takes that back. */
  'patients.withdrawKeepApart': {
    kind: 'command',
    needs: 'patient.merge',
    input: z.object({ linkId: PatientLinkId }),
    output: z.null(),
  },
});
