import { z } from 'zod';
import { DatasetHeader } from '#shared/domain/safety/facts.ts';
import { Finding } from '#shared/domain/safety/finding.ts';
import { MedicineIngredient } from '#shared/domain/safety/prescription.ts';
import { PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';

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

/** A data set of this clinic, or the one the product comes with (`id` null). */
export const DatasetView = DatasetInUse.extend({
  id: z.string().nullable(),
  status: z.enum(['importing', 'active', 'superseded']),
  inUse: z.boolean(),
  /** All its facts are here. */
  whole: z.boolean(),
  /** How many facts of each kind there are. */
  facts: z.record(z.string(), z.number().int()),
  /** How many of them say that they were compared with a source, and when. */
  checked: z.number().int(),
  importedAt: z.string().nullable(),
  importedBy: z.string().nullable(),
});
export type DatasetView = z.infer<typeof DatasetView>;

export const datasetProblemCodes = [
  'no-json',
  'shape',
  'duplicate-key',
  'unknown-ingredient',
  'unknown-class',
  'range-order',
  'age-order',
] as const;

/** What became of a file: a data set in use, or everything that is wrong with it and nothing written. */
export const DatasetImport = z.object({
  dataset: DatasetView.nullable(),
  /** The first 100. `fact` is its place in the list of facts, the first being 1; null: of the file as a whole. */
  problems: z.array(
    z.object({
      fact: z.number().int().nullable(),
      code: z.enum(datasetProblemCodes),
      subject: z.string(),
    }),
  ),
  problemCount: z.number().int(),
});
export type DatasetImport = z.infer<typeof DatasetImport>;

export const OverrideView = z.object({
  id: z.string(),
  at: z.string(),
  patientId: PatientId,
  patientName: z.string(),
  patientMrn: z.string(),
  practitionerName: z.string().nullable(),
  /** What was prescribed. */
  medication: z.string().nullable(),
  /** Null where another program wrote the row; then `code` and `subject` are all there is. */
  finding: Finding.nullable(),
  code: z.string(),
  subject: z.string(),
  reasonCode: z.string().nullable(),
  reason: z.string().nullable(),
  certainty,
});
export type OverrideView = z.infer<typeof OverrideView>;

export const safetyCalls = defineCalls({
  /** What the active data set and the chart say to a prescription as it stands; `excludes` are prescriptions it takes the place of. */
  'safety.check': {
    kind: 'query',
    needs: 'prescription.read',
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
    needs: 'prescription.read',
    input: z.object({ patientId: PatientId }),
    output: z.object({ prescriptions: z.array(CheckedAgain), dataset: DatasetInUse.nullable() }),
  },
  /** Ingredients and classes whose name, or another name of theirs, has a word that begins so; classes that an allergy can be to. At most 20. */
  'safety.substances': {
    kind: 'query',
    needs: 'allergy.read',
    input: z.object({ text: z.string().trim().max(100) }),
    output: z.array(Substance),
  },
  /** The data sets that are here, the one in use first. */
  'safety.datasets': {
    kind: 'query',
    needs: 'safety-data.read',
    input: z.object({}),
    output: z.array(DatasetView),
  },
  /** A JSON file on this workstation: it comes in whole and is used from then on, or nothing is written. */
  'safety.importDataset': {
    kind: 'command',
    needs: 'safety-data.update',
    input: z.object({ path: z.string().trim().min(1).max(1000) }),
    output: DatasetImport,
  },
  /** Another data set is to be used; null: the one the product comes with. */
  'safety.useDataset': {
    kind: 'command',
    needs: 'safety-data.update',
    input: z.object({ id: z.guid().nullable() }),
    output: z.array(DatasetView),
  },
  /** What doctors prescribed against a grave warning and why, the latest first, 50 at a time. */
  'safety.overrides': {
    kind: 'query',
    needs: 'audit.read',
    input: z.object({
      practitionerId: PractitionerId.nullable().default(null),
      /** Days at the site, both included. */
      from: z.iso.date().nullable().default(null),
      until: z.iso.date().nullable().default(null),
      before: z.object({ at: z.iso.datetime(), id: z.guid() }).nullable().default(null),
    }),
    output: z.object({ overrides: z.array(OverrideView), more: z.boolean() }),
  },
});
