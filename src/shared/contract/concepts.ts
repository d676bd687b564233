import { z } from 'zod';
import { codeSystemNames } from '#shared/domain/concepts/concept.ts';
import { codeProblems } from '#shared/domain/concepts/read-codes.ts';
import { defineCalls } from './call.ts';

export const ConceptView = z.object({
  id: z.guid(),
  codeSystem: z.string(),
  code: z.string(),
  display: z.string(),
});
export type ConceptView = z.infer<typeof ConceptView>;

export const ConceptImport = z.object({
  phase: z.enum(['idle', 'reading', 'importing', 'retiring', 'done', 'cancelled', 'failed']),
  file: z.string().nullable(),
  system: z.enum(codeSystemNames as ['icd-10', 'icd-10-cm']).nullable(),
  edition: z.string(),
  /** New codes, codes with another title or edition, codes that were here as they are, lines that were not taken. */
  added: z.number().int(),
  refined: z.number().int(),
  unchanged: z.number().int(),
  refused: z.number().int(),
  /** Codes of before that are no longer offered, since a whole edition has them no longer. */
  retired: z.number().int(),
  /** Codes of before that the file does not have, where it cannot be told whether it is all of the edition: `concepts.retire` says so. */
  missing: z.object({ count: z.number().int(), sample: z.array(z.string()) }).nullable(),
  done: z.number().int(),
  total: z.number().int(),
  /** The first 500 lines that were not taken. */
  problems: z.array(z.object({ line: z.number().int(), problem: z.enum(codeProblems) })),
  /** Why it could not go on. */
  failure: z.enum(['unreadable', 'wrong-encoding', 'too-large', 'no-codes', 'stopped']).nullable(),
});
export type ConceptImport = z.infer<typeof ConceptImport>;

export const conceptCalls = defineCalls({
  /** Codes by their beginning or by words of their titles, at most `limit`. */
  'concepts.search': {
    kind: 'query',
    needs: 'code-system.read',
    input: z.object({ text: z.string().trim().max(200), limit: z.number().int().min(1).max(50).default(20) }),
    output: z.array(ConceptView),
  },
  /** The code systems there are codes of. */
  'concepts.systems': {
    kind: 'query',
    needs: 'code-system.read',
    input: z.object({}),
    output: z.array(
      z.object({
        system: z.string(),
        edition: z.string().nullable(),
        codes: z.number().int(),
        /** Codes that an edition no longer has: kept for the charts that use them. */
        retired: z.number().int(),
      }),
    ),
  },
  /** Imports a file of this workstation; how it goes is told by `concepts.importStatus`. `busy` while one goes on. */
  'concepts.import': {
    kind: 'command',
    needs: 'code-system.create',
    input: z.object({
      file: z.string().trim().min(1, 'required').max(1000),
      system: z.enum(codeSystemNames as ['icd-10', 'icd-10-cm']),
      edition: z.string().trim().max(100),
    }),
    output: ConceptImport,
  },
  /** The file of the last import was all of its edition: what is `missing` is not offered any more. `not-found` when nothing is. */
  'concepts.retire': {
    kind: 'command',
    needs: 'code-system.create',
    input: z.object({}),
    output: ConceptImport,
  },
  'concepts.cancelImport': {
    kind: 'command',
    needs: 'code-system.create',
    input: z.object({}),
    output: ConceptImport,
  },
  'concepts.importStatus': {
    kind: 'query',
    needs: 'code-system.create',
    input: z.object({}),
    output: ConceptImport,
  },
});
