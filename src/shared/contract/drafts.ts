import { z } from 'zod';
import { testKeys } from '#shared/domain/orders/catalogue.ts';
import { reportFlags } from '#shared/domain/orders/interpretation.ts';
import { requestPriorities } from '#shared/domain/orders/request.ts';
import { overrideReasons } from '#shared/domain/prescribing/override.ts';
import { pregnancyStatuses, type TypedMeasure, typedMeasures } from '#shared/domain/vitals/measures.ts';
import { ConditionId, PatientId, StaffAccountId } from '#shared/kernel/ids.ts';
import { AllergyWords } from './allergies.ts';
import { defineCalls } from './call.ts';
import { PrescribedMedicineView, PrescriptionLineInput } from './prescriptions.ts';
import { ProblemWords } from './problems.ts';

/** Characters of one form, as JSON: twenty long prescriptions. */
export const longestDraft = 60_000;
/** Forms of one user that are kept. */
export const mostDrafts = 50;

/** As it stands in its field, also what would be refused on saving. */
const typed = z.string().max(10_000, 'too-long');
const test = z.enum(testKeys);
const measure = z.enum(typedMeasures as [TypedMeasure, ...TypedMeasure[]]);

const AllergyForm = AllergyWords.extend({
  substance: typed,
  code: typed.nullable(),
  reaction: typed,
  onset: typed,
  note: typed,
});

const ProblemForm = ProblemWords.extend({
  display: typed,
  codeSystem: typed.nullable(),
  code: typed.nullable(),
  onset: typed,
  abatement: typed,
  note: typed,
});

const VitalsForm = z.object({
  typed: z.partialRecord(measure, typed),
  /** What somebody said is right, as it was typed then: another value is asked about again. */
  confirmed: z.partialRecord(measure, typed),
  pregnancy: z.enum(pregnancyStatuses as ['pregnant', 'not-pregnant', 'unknown']).nullable(),
  deliveryDate: typed,
  note: typed,
  /** When they were taken: the day, empty for what is none, and the time as it was typed, empty for now. */
  day: typed,
  time: typed,
});

const ResultForm = z.object({
  /** Null: a test in words. */
  test: test.nullable(),
  display: typed,
  texts: z.record(z.string(), typed),
  units: z.record(z.string(), typed),
  conclusion: typed,
  performer: typed,
  day: typed,
  time: typed,
  flag: z.enum(reportFlags).nullable(),
});

const RequestForm = z.object({
  tests: z.array(test).readonly(),
  words: typed,
  priority: z.enum(requestPriorities),
  reason: typed,
  note: typed,
});

const PrescriptionLineForm = z.object({
  /** For the list of lines; tells one from another. */
  key: z.string().max(100),
  /** Of the formulary; null for words of one's own. */
  medicine: PrescribedMedicineView.nullable(),
  medication: typed,
  doseValue: typed,
  doseUnit: typed.nullable(),
  route: typed.nullable(),
  frequency: typed,
  asNeeded: z.boolean(),
  asNeededFor: typed,
  maxPerDay: typed,
  duration: typed,
  /** Empty: as it is computed. */
  quantity: typed,
  quantityUnit: typed.nullable(),
  repeats: typed,
  indication: typed,
  conditionId: ConditionId.nullable(),
  note: typed,
  startDate: typed,
  endDate: typed,
  answers: PrescriptionLineInput.shape.answers,
});

const PrescriptionForm = z.object({
  lines: z.array(PrescriptionLineForm).readonly(),
  /** The line whose fields are open. */
  open: z.string().max(100),
  /** Why a finding is overridden as far as it was said, by line and finding. */
  answers: z.record(
    z.string().max(1000),
    z.object({ reasonCode: z.enum(overrideReasons).nullable(), reason: typed }),
  ),
});

/** Every form that is kept while it is typed, with all of its fields. */
const forms = {
  allergy: AllergyForm,
  problem: ProblemForm,
  vitals: VitalsForm,
  result: ResultForm,
  request: RequestForm,
  prescription: PrescriptionForm,
} as const;
export type FormName = keyof typeof forms;
export type FormOf<F extends FormName> = z.infer<(typeof forms)[F]>;

/** The fields that were changed, and no others: what another desk changes meanwhile in the rest stays as it is there. */
const part = <F extends FormName>(form: F) => ({
  form: z.literal(form),
  fields: forms[form].partial() as unknown as z.ZodType<Partial<FormOf<F>>, Partial<FormOf<F>>>,
});
export const TypedForm = z.discriminatedUnion('form', [
  z.object(part('allergy')),
  z.object(part('problem')),
  z.object(part('vitals')),
  z.object(part('result')),
  z.object(part('request')),
  z.object(part('prescription')),
]);
export type TypedForm = z.infer<typeof TypedForm>;

const place = {
  patientId: PatientId,
  /** What the form is about, such as the allergy that is changed; null for a new one. */
  subject: z.guid().nullable(),
};
const named = z.object({ ...place, form: z.enum(Object.keys(forms) as [FormName, ...FormName[]]) });

/** One form that was left. */
const KeptDraft = z.object({ typed: TypedForm, subject: place.subject, savedAt: z.string() });
export type KeptDraft = z.infer<typeof KeptDraft>;

export const draftCalls = defineCalls({
  /**
   * What the user had typed into the forms of a patient's chart and not saved, the last first. It is read with the chart, so that
   * a sheet opens with the key that asks for it.
   */
  'drafts.ofPatient': {
    kind: 'query',
    needs: 'chart.read',
    input: z.object({ patientId: PatientId }),
    output: z.array(KeptDraft).readonly(),
  },
  /**
   * Keeps what is typed, durably, on this workstation alone: one for each user, patient, form and subject, the last one
   * saved. At most {@link mostDrafts} of a user are kept, for four weeks each; the oldest go first.
   */
  'drafts.save': {
    kind: 'command',
    needs: 'chart.read',
    input: z.object({
      ...place,
      /** Whose it is: `not-permitted` when somebody else has signed in at the window meanwhile. */
      writer: StaffAccountId,
      typed: TypedForm.refine((form) => JSON.stringify(form).length <= longestDraft, 'too-long'),
    }),
    output: z.null(),
  },
  /** Forgets it: the form was saved, or what was typed is given up. */
  'drafts.discard': { kind: 'command', needs: 'chart.read', input: named, output: z.null() },
});
