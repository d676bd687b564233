import { z } from 'zod';
import {
  clinicalStatuses,
  problemSeverities,
  verificationStatuses,
} from '#shared/domain/problems/problem.ts';
import { PatientId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';

const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'characters');
/** As precise as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
const partialDate = z.string().max(10);

/** What somebody says of a problem. Without a code it is free text. */
export const ProblemWords = z.object({
  display: words(200).min(1, 'required'),
  codeSystem: words(200).min(1).nullable(),
  code: words(64).min(1).nullable(),
  clinicalStatus: z.enum(clinicalStatuses),
  verificationStatus: z.enum(verificationStatuses),
  severity: z.enum(problemSeverities).nullable(),
  onset: partialDate.nullable(),
  abatement: partialDate.nullable(),
  note: words(4000),
});
export type ProblemWords = z.infer<typeof ProblemWords>;

export const ProblemView = ProblemWords.extend({
  id: z.guid(),
  patientId: PatientId,
  /** Of a system there is no name for here, as an import may bring, as it is. */
  verificationStatus: z.string(),
  /** The edition of its code system that no longer has its code, empty where it has no name; null: it has. */
  notIn: z.string().nullable(),
  recordedAt: z.string(),
  recordedBy: z.string().nullable(),
  certainty,
});
export type ProblemView = z.infer<typeof ProblemView>;

export const problemCalls = defineCalls({
  /** What was not withdrawn: what goes on first, then by when it began, the latest first. */
  'problems.list': {
    kind: 'query',
    needs: 'condition.read',
    input: z.object({ patientId: PatientId }),
    output: z.array(ProblemView),
  },
  'problems.add': {
    kind: 'command',
    needs: 'condition.create',
    input: z.object({ patientId: PatientId, problem: ProblemWords }),
    output: ProblemView,
  },
  /** Changes it; `status` in `fields` when it cannot go from where it is to there. */
  'problems.change': {
    kind: 'command',
    needs: 'condition.update',
    input: z.object({ id: z.guid(), problem: ProblemWords }),
    output: ProblemView,
  },
  /** It should not have been written. */
  'problems.withdraw': {
    kind: 'command',
    needs: 'condition.void',
    input: z.object({ id: z.guid(), reason: words(1000).min(1) }),
    output: z.null(),
  },
});
