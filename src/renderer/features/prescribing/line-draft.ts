import type { FormOf } from '#shared/contract/drafts.ts';
import type {
  PrescribedMedicineView,
  PrescriptionLineInput,
  PrescriptionView,
  TemplateItem,
} from '#shared/contract/prescriptions.ts';
import { endOf, parseDuration } from '#shared/domain/prescribing/duration.ts';
import { parseFrequency } from '#shared/domain/prescribing/frequency.ts';
import { frequencyWords } from '#shared/domain/prescribing/frequency-words.ts';
import { lineProblems, type PrescriptionLine } from '#shared/domain/prescribing/prescription.ts';
import { type Quantity, quantityOf } from '#shared/domain/prescribing/quantity.ts';
import { parseQuickEntry } from '#shared/domain/prescribing/quick-entry.ts';
import { durationWords } from '#shared/domain/prescribing/sig.ts';
import { isCounted } from '#shared/domain/prescribing/units.ts';
import { fieldNumber } from '#shared/domain/prescribing/words.ts';
import type { Language } from '#shared/i18n/languages.ts';
import { readDecimal, tidyDecimal } from '#shared/kernel/decimal.ts';
import type { MedicineId } from '#shared/kernel/ids.ts';

/** A line as it is typed: what is in the fields, whatever it is. */
export type LineDraft = FormOf<'prescription'>['lines'][number];

export const emptyLine = (today: string, key: string): LineDraft => ({
  key,
  medicine: null,
  medication: '',
  doseValue: '',
  doseUnit: null,
  route: null,
  frequency: '',
  asNeeded: false,
  asNeededFor: '',
  maxPerDay: '',
  duration: '',
  quantity: '',
  quantityUnit: null,
  repeats: '',
  indication: '',
  conditionId: null,
  note: '',
  startDate: today,
  endDate: '',
  answers: null,
});

/**
 * The unit of a bare number: `amox 500` is not 500 capsules. What is small is counted, more is what the strength is given in;
 * of several ingredients nobody knows which is meant, so the unit is asked for. It stands in its field before it is signed.
 */
const unitFor = (value: string, { unitOfDose, ingredients }: PrescribedMedicineView): string | null => {
  const [only, ...more] = ingredients;
  const strengthUnit = only && more.length === 0 ? only.unit : null;
  if (strengthUnit === 'unit') return strengthUnit;
  const number = value === '' ? 0 : Number(readDecimal(value) ?? Number.NaN);
  return number < (unitOfDose === 'ml' ? 30 : 10) ? unitOfDose : strengthUnit;
};

/** Puts a medicine of the formulary into a line; what was typed of dose and the rest stays. */
export const withMedicine = (draft: LineDraft, medicine: PrescribedMedicineView): LineDraft => ({
  ...draft,
  medicine,
  medication: medicine.name,
  route: draft.route ?? medicine.route,
  doseUnit: draft.doseUnit ?? unitFor(draft.doseValue, medicine),
});

/** Puts what one typed line says into the fields. */
export const fromQuickEntry = (draft: LineDraft, typed: string, language: Language): LineDraft => {
  const entry = parseQuickEntry(typed);
  return {
    ...draft,
    medicine: null,
    medication: entry.medicine,
    doseValue: entry.doseValue === null ? '' : fieldNumber(language, entry.doseValue),
    doseUnit: entry.doseUnit,
    route: entry.route,
    frequency: entry.frequency === null ? '' : frequencyWords(language, entry.frequency),
    asNeeded: entry.asNeeded,
    maxPerDay: entry.maxPerDay === null ? '' : fieldNumber(language, entry.maxPerDay),
    duration: entry.duration === null ? '' : durationWords(language, entry.duration),
    quantity: entry.quantity ?? '',
    repeats: entry.repeats === null ? '' : String(entry.repeats),
    note: entry.note,
  };
};

/** Puts what was typed and the medicine that was chosen for it into a line. */
export const withPicked = (
  line: LineDraft,
  typed: string,
  medicine: PrescribedMedicineView | null,
  language: Language,
): LineDraft => {
  const read = fromQuickEntry({ ...line, medicine: null, doseUnit: null, route: null }, typed, language);
  const next =
    medicine === null ? { ...read, medication: read.medication || typed } : withMedicine(read, medicine);
  // A medicine chosen anew for a line with a dose keeps the dose.
  const kept = read.doseValue === '' && line.doseValue !== '';
  return kept ? { ...line, medicine: next.medicine, medication: next.medication } : next;
};

type Kept = Omit<TemplateItem, 'quantity'> & Pick<TemplateItem, 'quantity'>;

/** What a kept or earlier prescription says, in fields. */
const fromKept = (draft: LineDraft, item: Kept, language: Language): LineDraft => ({
  ...draft,
  medication: item.medication,
  doseValue: item.doseValue === null ? '' : fieldNumber(language, item.doseValue),
  doseUnit: item.doseUnit,
  route: item.route,
  frequency: item.frequency === null ? '' : frequencyWords(language, item.frequency),
  asNeeded: item.asNeeded,
  asNeededFor: item.asNeededFor ?? '',
  maxPerDay: item.maxPerDay === null ? '' : fieldNumber(language, item.maxPerDay),
  duration: item.duration === null ? '' : durationWords(language, item.duration),
  quantity: item.quantityComputed || item.quantity === null ? '' : fieldNumber(language, item.quantity),
  quantityUnit: item.quantityUnit,
  repeats: item.repeats === 0 ? '' : String(item.repeats),
  indication: item.indication ?? '',
  note: item.note ?? '',
});

export const fromTemplate = (
  draft: LineDraft,
  item: TemplateItem,
  medicine: PrescribedMedicineView | null,
  language: Language,
): LineDraft => ({ ...fromKept(draft, item, language), medicine });

/** A renewal starts today; a change keeps the days of what it changes. */
export const fromPrescription = (
  draft: LineDraft,
  view: PrescriptionView,
  kind: 'renew' | 'change',
  medicine: PrescribedMedicineView | null,
  language: Language,
): LineDraft => ({
  ...fromKept(draft, view, language),
  medicine,
  conditionId: view.conditionId,
  startDate: kind === 'change' ? view.startDate : draft.startDate,
  endDate: kind === 'change' && view.duration === null ? (view.endDate ?? '') : '',
  answers: { kind, id: view.id },
});

const said = (text: string): string | null => text.trim() || null;

/** A number in its stored spelling, or as it was typed for the workstation to say what is wrong with it. */
const read = (typed: string): string | null => {
  const text = said(typed);
  const number = text === null ? null : readDecimal(text);
  return number === null ? text : tidyDecimal(number);
};

/** As much of a line as can be read; what cannot is named by `problemsOf`. */
const plainOf = (draft: LineDraft): PrescriptionLine => {
  const duration = parseDuration(draft.duration);
  const frequency = said(draft.frequency);
  return {
    medication: draft.medication,
    doseValue: read(draft.doseValue),
    doseUnit: draft.doseUnit,
    route: draft.route,
    frequency: frequency === null ? null : (parseFrequency(frequency) ?? frequency),
    asNeeded: draft.asNeeded,
    asNeededFor: draft.asNeeded ? said(draft.asNeededFor) : null,
    maxPerDay: draft.asNeeded ? read(draft.maxPerDay) : null,
    duration,
    quantity: read(draft.quantity),
    quantityUnit: draft.quantityUnit,
    repeats: draft.repeats.trim() === '' ? 0 : Number(draft.repeats),
    startDate: draft.startDate,
    endDate: said(draft.endDate) ?? (duration === null ? null : endOf(draft.startDate, duration)),
    note: said(draft.note),
  };
};

/** What is to be handed out as far as it can be computed, whatever was typed. */
export const computedQuantity = (draft: LineDraft): Quantity | null => {
  const [only, ...more] = draft.medicine?.ingredients ?? [];
  const known = only && more.length === 0 && only.value !== null && only.unit !== null;
  const strength = known ? { value: only.value as string, unit: only.unit as string } : null;
  return quantityOf({ ...plainOf(draft), unitOfDose: draft.medicine?.unitOfDose ?? null, strength });
};

/** The unit a typed quantity is in: the one it was given, else what the medicine or the dose is counted in. */
export const quantityUnitOf = (draft: LineDraft): string | null =>
  draft.quantityUnit ??
  draft.medicine?.unitOfDose ??
  (draft.doseUnit !== null && isCounted(draft.doseUnit) ? draft.doseUnit : null);

/** What is wrong by the name of its field. */
export const problemsOf = (draft: LineDraft): Readonly<Record<string, string>> => ({
  ...(draft.duration.trim() !== '' && parseDuration(draft.duration) === null ? { duration: 'duration' } : {}),
  ...lineProblems(plainOf(draft)),
});

/** A line for the workstation: also one that is not finished, which the checks may see. */
export const lineInput = (draft: LineDraft): PrescriptionLineInput => {
  const { note, ...plain } = plainOf(draft);
  const typed = plain.quantity !== null;
  const { repeats } = plain;
  return {
    ...plain,
    note,
    repeats: Number.isInteger(repeats) && repeats >= 0 && repeats < 100 ? repeats : 0,
    medicineId: (draft.medicine?.id ?? null) as MedicineId | null,
    quantityUnit: typed ? quantityUnitOf(draft) : null,
    quantityComputed: !typed,
    indication: said(draft.indication),
    conditionId: draft.conditionId,
    answers: draft.answers,
  };
};

/** What is kept of a line for the next time: nothing of the patient's. */
export const templateItem = (draft: LineDraft): TemplateItem => {
  const { startDate: _s, endDate: _e, conditionId: _c, answers: _a, ...item } = lineInput(draft);
  return item;
};

/** Whether somebody has typed anything. */
export const isTouched = (draft: LineDraft): boolean => draft.medication.trim() !== '';
