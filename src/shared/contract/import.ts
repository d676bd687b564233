import { z } from 'zod';
import { defineCalls } from './call.ts';

export const importKinds = [
  'location',
  'practitioner',
  'patient',
  'appointment',
  'encounter',
  'condition',
  'allergy_intolerance',
  'medication_request',
  'observation',
  'immunization',
] as const;

export const ImportProblem = z.object({
  file: z.string(),
  /** The line in the file, the header being line 1. */
  line: z.number().int(),
  severity: z.enum(['error', 'warning']),
  code: z.enum([
    'missing-column',
    'missing-value',
    'impossible-date',
    'duplicate-id',
    'unknown-reference',
    'wrong-encoding',
    'field-too-long',
    'formula-like',
    'bad-value',
    'malformed-row',
    'looks-like-existing',
    'not-coded',
  ]),
  column: z.string().nullable(),
});
export type ImportProblem = z.infer<typeof ImportProblem>;

export const ImportReport = z.object({
  phase: z.enum(['idle', 'checking', 'checked', 'importing', 'done', 'cancelled', 'failed']),
  folder: z.string().nullable(),
  dryRun: z.boolean(),
  counts: z.array(
    z.object({
      kind: z.enum(importKinds),
      read: z.number().int(),
      /** Rows that are new and were (or, in a dry run, would be) written. */
      added: z.number().int(),
      /** Rows already here, left as they are. */
      unchanged: z.number().int(),
      refused: z.number().int(),
    }),
  ),
  /** The first 500 problems; `problemCount` counts them all. */
  problems: z.array(ImportProblem),
  problemCount: z.number().int(),
  done: z.number().int(),
  total: z.number().int(),
  message: z.string().nullable(),
});
export type ImportReport = z.infer<typeof ImportReport>;

export const importCalls = defineCalls({
  /** Reads and checks the folder, writes nothing; the report follows through `import.status` and `import` events. */
  'import.check': {
    kind: 'command',
    needs: 'import.create',
    input: z.object({ folder: z.string().trim().min(1).max(1000) }),
    output: ImportReport,
  },
  /** Imports what the check found good. */
  'import.run': {
    kind: 'command',
    needs: 'import.create',
    input: z.object({ folder: z.string().trim().min(1).max(1000) }),
    output: ImportReport,
  },
  'import.cancel': { kind: 'command', needs: 'import.create', input: z.object({}), output: ImportReport },
  'import.status': { kind: 'query', needs: 'import.create', input: z.object({}), output: ImportReport },
});
