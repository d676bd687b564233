import { z } from 'zod';
import { MedicineDraft } from '#shared/domain/formulary/medicine.ts';
import { MedicineIngredient } from '#shared/domain/safety/prescription.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';

const path = z.string().trim().min(1).max(1000);

export const MedicineView = z.object({
  id: z.string(),
  name: z.string(),
  ingredients: z.array(MedicineIngredient),
  form: z.string().nullable(),
  strength: z.string().nullable(),
  route: z.string().nullable(),
  unitOfDose: z.string().nullable(),
  codeSystem: z.string().nullable(),
  code: z.string().nullable(),
  source: z.string().nullable(),
  /** Whether it is offered to those who prescribe. */
  active: z.boolean(),
  certainty,
});
export type MedicineView = z.infer<typeof MedicineView>;

export const medicineProblems = [
  'missing-column',
  'malformed-row',
  'required',
  'too-long',
  'characters',
  'strength',
  'duplicate',
  'no-ingredient',
] as const;

/** How many there are, and the names of the first. */
const named = z.object({ count: z.number().int(), sample: z.array(z.string()) });

export const MedicineImport = z.object({
  phase: z.enum(['idle', 'running', 'done', 'cancelled', 'failed']),
  source: z.string().nullable(),
  read: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  refused: z.number().int(),
  /** Medicines from the same source that are no longer offered, since a whole release has them no longer. */
  retired: z.number().int(),
  /** Medicines from the same source that the file does not have, where it cannot be told whether it has all: `formulary.retire` says so. */
  missing: named.nullable(),
  /** Medicines of the file that are not offered: a person or an earlier release took them out. `formulary.offer` has them back. */
  unoffered: named.nullable(),
  /** The first 200 lines that were refused, and why; line 1 is the header. */
  problems: z.array(
    z.object({
      file: z.string(),
      line: z.number().int(),
      column: z.string().nullable(),
      code: z.enum(medicineProblems),
    }),
  ),
  failure: z.enum(['not-found', 'unreadable']).nullable(),
});
export type MedicineImport = z.infer<typeof MedicineImport>;

export const formularyCalls = defineCalls({
  /** Medicines that are offered and whose names, or those of their ingredients, have words that begin as typed; best first. */
  'formulary.search': {
    kind: 'query',
    needs: 'formulary.read',
    input: z.object({ text: z.string().trim().max(200), limit: z.number().int().min(1).max(50).default(20) }),
    output: z.array(MedicineView),
  },
  /** Those that are no longer offered too, by name, 100 at a time; with a text the 100 that fit best. */
  'formulary.list': {
    kind: 'query',
    needs: 'formulary.update',
    input: z.object({
      text: z.string().trim().max(200).default(''),
      after: z
        .object({ name: z.string().max(200), id: z.guid() })
        .nullable()
        .default(null),
    }),
    output: z.object({ medicines: z.array(MedicineView), more: z.boolean(), total: z.number().int() }),
  },
  'formulary.save': {
    kind: 'command',
    needs: 'formulary.update',
    input: z.object({ id: z.guid().nullable(), medicine: MedicineDraft, active: z.boolean().default(true) }),
    output: MedicineView,
  },
  /** Adds what is not here yet of the formulary the product comes with. */
  'formulary.loadStarter': {
    kind: 'command',
    needs: 'formulary.update',
    input: z.object({}),
    output: z.object({ added: z.number().int(), unchanged: z.number().int() }),
  },
  /** A CSV file, or the folder of an RxNorm release with its RRF files, on this workstation; how it goes is asked with `importStatus`. */
  'formulary.import': {
    kind: 'command',
    needs: 'formulary.update',
    input: z.object({ format: z.enum(['csv', 'rxnorm']), path }),
    output: MedicineImport,
  },
  /** The file of the last import had all: what is `missing` is not offered any more. `not-found` when nothing is. */
  'formulary.retire': {
    kind: 'command',
    needs: 'formulary.update',
    input: z.object({}),
    output: MedicineImport,
  },
  /** What the file of the last import has and is `unoffered` is offered again. `not-found` when nothing is. */
  'formulary.offer': {
    kind: 'command',
    needs: 'formulary.update',
    input: z.object({}),
    output: MedicineImport,
  },
  'formulary.cancelImport': {
    kind: 'command',
    needs: 'formulary.update',
    input: z.object({}),
    output: MedicineImport,
  },
  'formulary.importStatus': {
    kind: 'query',
    needs: 'formulary.update',
    input: z.object({}),
    output: MedicineImport,
  },
});
