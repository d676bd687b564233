import { z } from 'zod';
import { durationUnits } from '#shared/domain/prescribing/duration.ts';
import { overrideReasons } from '#shared/domain/prescribing/override.ts';
import { prescriptionActions, prescriptionStates } from '#shared/domain/prescribing/prescription.ts';
import { Finding } from '#shared/domain/safety/finding.ts';
import { exclusions } from '#shared/domain/stock/usable.ts';
import {
  ConditionId,
  ConflictId,
  DispenseId,
  LocationId,
  MedicineId,
  PatientId,
  PractitionerId,
  PrescriptionId,
  PrescriptionPrintId,
  PrescriptionTemplateId,
  StaffAccountId,
  StockBatchId,
  StockItemId,
} from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';
import { MedicineView } from './formulary.ts';

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most, 'too-long')
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'characters');
const optional = (most: number) => text(most).nullable();
/** As somebody typed it, with a decimal comma or point: the service reads it and says what is wrong with it. */
const typedNumber = text(40).nullable();
const day = z.iso.date();
const language = z.enum(['en', 'fr']);
const duration = z.object({ value: z.number().int().min(1).max(999), unit: z.enum(durationUnits) });

/** One medicine as it is prescribed. */
export const PrescriptionInput = z.object({
  /** Of the formulary; null for a medicine in words of one's own, which no check knows. */
  medicineId: MedicineId.nullable(),
  medication: text(200),
  doseValue: typedNumber,
  doseUnit: optional(50),
  route: optional(100),
  /** A code of `shared/domain/prescribing/frequency.ts`, or what is typed for one. */
  frequency: optional(100),
  asNeeded: z.boolean(),
  asNeededFor: optional(200),
  /** Most doses in 24 hours. */
  maxPerDay: typedNumber,
  duration: duration.nullable(),
  quantity: typedNumber,
  quantityUnit: optional(50),
  quantityComputed: z.boolean(),
  repeats: z.number().int().min(0).max(99),
  indication: optional(200),
  conditionId: ConditionId.nullable(),
  note: optional(4000),
  startDate: day,
  endDate: day.nullable(),
});
export type PrescriptionInput = z.infer<typeof PrescriptionInput>;

/** What a new version answers: a prescription that goes on unchanged in a new one, or one that is written otherwise. */
const Answers = z.object({ kind: z.enum(['renew', 'change']), id: PrescriptionId });

export const PrescriptionLineInput = PrescriptionInput.extend({ answers: Answers.nullable() });
export type PrescriptionLineInput = z.infer<typeof PrescriptionLineInput>;

const Override = z.object({
  line: z.number().int().min(0).max(49),
  /** `findingKey` of what was found. */
  finding: z.string().max(600),
  reasonCode: z.enum(overrideReasons),
  reason: text(1000),
});

const lines = z.array(PrescriptionLineInput).min(1).max(20);
const overrides = z.array(Override).max(100);
const pin = z.string().max(8).nullable();

/** A version of a prescription. */
export const PrescriptionView = PrescriptionInput.extend({
  id: PrescriptionId,
  patientId: PatientId,
  form: z.string().nullable(),
  strength: z.string().nullable(),
  /** The directions as they were signed. */
  dosage: z.string(),
  state: z.enum(prescriptionStates),
  stateReason: z.string().nullable(),
  requesterId: PractitionerId.nullable(),
  requesterName: z.string().nullable(),
  signedAt: z.string().nullable(),
  createdAt: z.string(),
  createdBy: z.string().nullable(),
  /** On the printed sheet; the prescriptions that were signed together have one. */
  number: z.string().nullable(),
  renewsId: PrescriptionId.nullable(),
  /** It came with an import. */
  imported: z.boolean(),
  certainty,
});
export type PrescriptionView = z.infer<typeof PrescriptionView>;

/** A prescription: the version that holds, or those two desks wrote without knowing of each other. */
export const Prescription = z.object({
  /** The id of its first version. */
  id: PrescriptionId,
  versions: z.array(PrescriptionView).min(1),
  /** How many versions there were before. */
  earlier: z.number().int(),
  /** The conflict a doctor settles the fork by, as soon as the centre has told. */
  conflictId: ConflictId.nullable(),
  /** Findings a doctor has answered for: code and subject as in `issueOf`. */
  overridden: z.array(z.string()),
  /** What is left to hand out; null where nothing was said of how much. */
  remaining: z.string().nullable(),
});
export type Prescription = z.infer<typeof Prescription>;

/** What of a batch was handed out, in the smallest unit of its item. */
const DispensedBatch = z.object({
  title: z.string(),
  unit: z.string(),
  lot: z.string(),
  expiry: z.string().nullable(),
  quantity: z.number().int(),
  store: z.string(),
  /** Why another item was handed out than was prescribed. */
  substitution: z.string().nullable(),
});

export const DispenseView = z.object({
  id: DispenseId,
  quantity: z.string(),
  quantityUnit: z.string().nullable(),
  note: z.string().nullable(),
  handedAt: z.string(),
  by: z.string().nullable(),
  /** Another row said that it was wrong. */
  takenBack: z.boolean(),
  /** Out of which batches of the stock room; none where it came from elsewhere. */
  batches: z.array(DispensedBatch),
  certainty,
});
export type DispenseView = z.infer<typeof DispenseView>;

export const PrescriptionHistory = z.object({
  /** Newest first, those taken back too. */
  versions: z.array(PrescriptionView.extend({ takenBack: z.boolean() })),
  dispenses: z.array(DispenseView),
  /** What was found and overridden, or not checked, when it was signed or handed out. */
  issues: z.array(
    z.object({
      finding: Finding.nullable(),
      subject: z.string(),
      outcome: z.enum(['overridden', 'not-checked', 'shown']),
      reasonCode: z.string().nullable(),
      reason: z.string().nullable(),
      recordedAt: z.string(),
      by: z.string().nullable(),
    }),
  ),
});
export type PrescriptionHistory = z.infer<typeof PrescriptionHistory>;

/** What a template keeps of a prescription: nothing of a patient's. */
const TemplateItem = PrescriptionInput.omit({
  startDate: true,
  endDate: true,
  conditionId: true,
}).extend({ quantity: typedNumber });
export type TemplateItem = z.infer<typeof TemplateItem>;

export const PrescriptionTemplate = z.object({
  id: PrescriptionTemplateId,
  kind: z.enum(['favourite', 'order-set']),
  name: z.string(),
  items: z.array(TemplateItem),
  /** For everybody who prescribes; else one's own. */
  shared: z.boolean(),
  by: z.string().nullable(),
  /** Whether who asks may change and drop it. */
  mayEdit: z.boolean(),
});
export type PrescriptionTemplate = z.infer<typeof PrescriptionTemplate>;

/** A medicine of the formulary, as much of it as a prescription says. */
export const PrescribedMedicineView = MedicineView.pick({
  id: true,
  name: true,
  form: true,
  strength: true,
  route: true,
  unitOfDose: true,
  ingredients: true,
});
export type PrescribedMedicineView = z.infer<typeof PrescribedMedicineView>;

/** Which batches of an item are handed out. */
export const StockPick = z.object({
  locationId: LocationId,
  itemId: StockItemId,
  parts: z
    .array(z.object({ batchId: StockBatchId, quantity: z.number().int().min(1).max(1_000_000_000) }))
    .min(1)
    .max(50),
  /** Why another item is handed out than was prescribed; empty where it is that one. */
  substitution: text(1000),
  /** More is taken than the book says may be used: somebody has seen that it is there. */
  beyond: z.boolean(),
});
export type StockPick = z.infer<typeof StockPick>;

/** What a store has for a prescription, and what is handed out of it: the first to expire first. */
export const StockProposal = z.object({
  stores: z.array(z.object({ id: LocationId, name: z.string() })),
  locationId: LocationId.nullable(),
  /** Those of the medicine first, then others that may stand in for it. At most 500. */
  items: z.array(
    z.object({
      id: StockItemId,
      title: z.string(),
      unit: z.string(),
      usable: z.number().int(),
      prescribed: z.boolean(),
    }),
  ),
  itemId: StockItemId.nullable(),
  /** What is asked of the stock in the smallest unit; null where the prescription counts in another. */
  wanted: z.number().int().nullable(),
  missing: z.number().int(),
  batches: z.array(
    z.object({
      id: StockBatchId,
      lot: z.string(),
      expiry: z.string().nullable(),
      quantity: z.number().int(),
      usable: z.number().int(),
      excluded: z.enum(exclusions).nullable(),
      expiresInTreatment: z.boolean(),
      take: z.number().int(),
    }),
  ),
});
export type StockProposal = z.infer<typeof StockProposal>;

const findings = z.array(Finding);

export const prescriptionCalls = defineCalls({
  /** Medicines of earlier prescriptions, those no longer offered too. */
  'prescriptions.medicines': {
    kind: 'query',
    needs: 'prescription.sign',
    input: z.object({ ids: z.array(MedicineId).max(20) }),
    output: z.array(PrescribedMedicineView),
  },
  /** What a patient takes: drafts, active and on hold, the latest first, under any record. At most 200. */
  'prescriptions.current': {
    kind: 'query',
    needs: 'prescription.read',
    input: z.object({ patientId: PatientId }),
    output: z.object({ prescriptions: z.array(Prescription), past: z.number().int() }),
  },
  /** What is over, the latest first; `after` is the id of the last one of the page before. */
  'prescriptions.past': {
    kind: 'query',
    needs: 'prescription.read',
    input: z.object({
      patientId: PatientId,
      after: PrescriptionId.nullable(),
      limit: z.number().int().min(1).max(100).default(50),
    }),
    output: z.object({ prescriptions: z.array(Prescription), more: z.boolean() }),
  },
  /** All versions of a prescription, by the id of any of them. */
  'prescriptions.history': {
    kind: 'query',
    needs: 'prescription.read',
    input: z.object({ id: PrescriptionId }),
    output: PrescriptionHistory,
  },
  /** What the checks say of lines that are being typed; of each line on its own list. Nothing is written. */
  'prescriptions.check': {
    kind: 'query',
    needs: 'prescription.read',
    input: z.object({ patientId: PatientId, lines }),
    output: z.object({ lines: z.array(findings) }),
  },
  /**
   * Signs new prescriptions, renewals and changes in one go, or keeps them as drafts. The checks run again here:
   * `override-needed` when something grave was found that `overrides` do not answer; with one the doctor's PIN is asked.
   */
  'prescriptions.write': {
    kind: 'command',
    needs: 'prescription.sign',
    input: z.object({ patientId: PatientId, lines, sign: z.boolean(), language, overrides, pin }),
    output: z.array(PrescriptionView),
  },
  /** Holds, resumes, stops, completes or takes back a prescription. */
  'prescriptions.step': {
    kind: 'command',
    needs: 'prescription.sign',
    input: z.object({ id: PrescriptionId, action: z.enum(prescriptionActions), reason: text(1000) }),
    output: PrescriptionView,
  },
  /**
   * What the stock room has for a prescription: `quantity` as it is typed, out of the store of this workstation's site or of
   * `locationId`, of the item of its medicine or of `itemId`.
   */
  'prescriptions.stock': {
    kind: 'query',
    needs: 'prescription.dispense',
    input: z.object({
      id: PrescriptionId,
      quantity: text(40),
      locationId: LocationId.nullable().default(null),
      itemId: StockItemId.nullable().default(null),
    }),
    output: StockProposal,
  },
  /**
   * Records what was handed out, and of which batches. `forked` and `not-active` refuse; `more-than-left` without a note. A grave
   * finding needs a reason and the PIN of a doctor, `doctorId`, who may be another person than the one at the screen.
   * `batch-expired` and `batch-recalled` refuse; `stock-short` unless `beyond`; another item needs a reason, `substitution`.
   */
  'prescriptions.dispense': {
    kind: 'command',
    needs: 'prescription.dispense',
    input: z.object({
      id: PrescriptionId,
      quantity: text(40),
      note: text(1000),
      overrides,
      doctorId: StaffAccountId.nullable(),
      pin,
      /** Null where it does not come from the stock room. */
      stock: StockPick.nullable().default(null),
    }),
    output: DispenseView,
  },
  /** What goes on the label of what was handed out. */
  'prescriptions.label': {
    kind: 'query',
    needs: 'prescription.dispense',
    input: z.object({ dispenseId: DispenseId }),
    output: z.object({
      dispense: DispenseView,
      prescription: PrescriptionView,
    }),
  },
  /** Says that something was not handed out after all. */
  'prescriptions.takeBack': {
    kind: 'command',
    needs: 'prescription.dispense',
    input: z.object({ dispenseId: DispenseId, reason: text(1000).min(1, 'required') }),
    output: z.null(),
  },
  /** Doctors who can answer for a finding with their PIN. */
  'prescriptions.doctors': {
    kind: 'query',
    needs: 'prescription.read',
    input: z.object({}),
    output: z.array(z.object({ id: StaffAccountId, name: z.string() })),
  },
  /** One's own favourites and sets, and the sets of the clinic. */
  'prescriptions.templates': {
    kind: 'query',
    needs: 'prescription-template.read',
    input: z.object({}),
    output: z.array(PrescriptionTemplate),
  },
  /**
   * Keeps a favourite, or a set of one's own or for everybody; with `id` in place of one, dropped ones too. What is shared
   * stays shared.
   */
  'prescriptions.keepTemplate': {
    kind: 'command',
    needs: 'prescription-template.update',
    input: z.object({
      id: PrescriptionTemplateId.nullable(),
      kind: z.enum(['favourite', 'order-set']),
      name: text(200).min(1, 'required'),
      items: z.array(TemplateItem).min(1).max(20),
      /** Of a set: for everybody who prescribes. A favourite is always one's own. */
      shared: z.boolean(),
    }),
    output: PrescriptionTemplate,
  },
  'prescriptions.dropTemplate': {
    kind: 'command',
    needs: 'prescription-template.update',
    input: z.object({ id: PrescriptionTemplateId }),
    output: z.null(),
  },
  /** What goes on the printed sheet: the prescriptions signed under one number. */
  'prescriptions.sheet': {
    kind: 'query',
    needs: 'prescription.read',
    input: z.object({ patientId: PatientId, number: text(64).min(1) }),
    output: z.object({
      number: z.string(),
      lines: z.array(PrescriptionView),
      requesterName: z.string().nullable(),
      speciality: z.string().nullable(),
      licenceNumber: z.string().nullable(),
      /** When it was first put on paper, at any workstation this one knows of: what is printed from then on is a copy. */
      firstPrintedAt: z.string().nullable(),
    }),
  },
  /** Records that the sheet was put on paper. What is answered takes it back. */
  'prescriptions.printed': {
    kind: 'command',
    needs: 'prescription.print',
    input: z.object({ patientId: PatientId, number: text(64).min(1) }),
    output: z.array(PrescriptionPrintId),
  },
  /** Says that nothing came out after all; only who recorded it can. */
  'prescriptions.notPrinted': {
    kind: 'command',
    needs: 'prescription.print',
    input: z.object({ patientId: PatientId, prints: z.array(PrescriptionPrintId).min(1).max(20) }),
    output: z.null(),
  },
});
