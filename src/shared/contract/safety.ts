import { z } from 'zod';
import { DatasetHeader } from '#shared/domain/safety/facts.ts';
import { Finding } from '#shared/domain/safety/finding.ts';
import { MedicineIngredient } from '#shared/domain/safety/prescription.ts';
import { PatientId } from '#shared/kernel/ids.ts';
import { defineCalls } from './call.ts';

const clinical = ['doctor', 'nurse'] as const;
const short = z.string().max(100);
/** As it was typed: what is no number is said, not refused. */
const decimal = z.string().max(60);

/** A prescription as it is being written. */
export const PrescriptionDraft = z.object({
  name: z.string().max(1000),
  /** None: free text. */
  ingredients: z.array(MedicineIngredient).max(20),
  unitOfDose: short.nullable(),
  doseValue: decimal.nullable(),
  doseUnit: short.nullable(),
  route: short.nullable(),
  /** A code as `shared/domain/prescribing/frequency` has it. */
  frequency: short.nullable(),
  asNeeded: z.boolean(),
  maxPerDay: decimal.nullable(),
});
export type PrescriptionDraft = z.infer<typeof PrescriptionDraft>;

/** The data set a check was made with. */
export const DatasetInUse = DatasetHeader.extend({
  /** The one the product comes with. */
  bundled: z.boolean(),
});
export type DatasetInUse = z.infer<typeof DatasetInUse>;

/** Null: there is none that is whole, and no check ran. */
export const SafetyAnswer = z.object({ findings: z.array(Finding), dataset: DatasetInUse.nullable() });
export type SafetyAnswer = z.infer<typeof SafetyAnswer>;

export const CheckedAgain = z.object({
  prescriptionId: z.string(),
  medication: z.string(),
  findings: z.array(Finding),
});
export type CheckedAgain = z.infer<typeof CheckedAgain>;

export const Substance = z.object({
  kind: z.enum(['ingredient', 'class']),
  key: z.string(),
  name: z.string(),
  /** The other name it was found by. */
  alias: z.string().nullable(),
});
export type Substance = z.infer<typeof Substance>;

export const safetyCalls = defineCalls({
  /** What the active data set and the chart say to a prescription as it stands; `excludes` are prescriptions it takes the place of. */
  'safety.check': {
    kind: 'query',
    roles: clinical,
    input: z.object({
      patientId: PatientId,
      draft: PrescriptionDraft,
      excludes: z.array(z.guid()).max(50).default([]),
    }),
    output: SafetyAnswer,
  },
  /** The same for every active prescription, with what is known now: after an allergy was added, for one. */
  'safety.recheck': {
    kind: 'query',
    roles: clinical,
    input: z.object({ patientId: PatientId }),
    output: z.object({ prescriptions: z.array(CheckedAgain), dataset: DatasetInUse.nullable() }),
  },
  /** Ingredients and classes whose name, or another name of theirs, has a word that begins so; classes that an allergy can be to. At most 20. */
  'safety.substances': {
    kind: 'query',
    roles: clinical,
    input: z.object({ text: z.string().trim().max(100) }),
    output: z.array(Substance),
  },
});
