import { z } from 'zod';
import type { LocalReader } from '#main/data/local/store.ts';
import type { PrescriptionLineInput } from '#shared/contract/prescriptions.ts';
import type { PrescriptionDraft } from '#shared/contract/safety.ts';
import { endOf } from '#shared/domain/prescribing/duration.ts';
import { parseFrequency } from '#shared/domain/prescribing/frequency.ts';
import { lineProblems, type PrescriptionLine } from '#shared/domain/prescribing/prescription.ts';
import { quantityOf } from '#shared/domain/prescribing/quantity.ts';
import { MedicineIngredient, type PrescribedMedicine } from '#shared/domain/safety/prescription.ts';
import { readDecimal, tidyDecimal } from '#shared/kernel/decimal.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { findMedicine, findPrescription } from './repository.ts';

/** A line that can be written: numbers in their stored spelling, the medicine as the formulary has it. */
export interface ReadLine extends PrescriptionLine {
  readonly medicineId: string | null;
  readonly medicine: PrescribedMedicine;
  readonly form: string | null;
  readonly strength: string | null;
  readonly quantityComputed: boolean;
  readonly indication: string | null;
  readonly conditionId: string | null;
  readonly answers: PrescriptionLineInput['answers'];
}

const Ingredients = z.array(MedicineIngredient).max(50);

/** Ingredients as a row keeps them; none where another program wrote something else. */
export const ingredientsOf = (json: string | null): PrescribedMedicine['ingredients'] => {
  if (json === null) return [];
  try {
    return Ingredients.parse(JSON.parse(json));
  } catch {
    return [];
  }
};

type Named = Pick<ReadLine, 'medicineId' | 'medication' | 'medicine' | 'form' | 'strength'>;

/** What an earlier prescription says of a medicine that the formulary does not have. */
const asBefore = (reader: LocalReader, { medication, answers }: PrescriptionLineInput): Named | null => {
  const row = answers === null ? undefined : findPrescription(reader, answers.id);
  if (row === undefined || row.medication !== medication || row.medicine_id !== null) return null;
  const { form, strength } = row;
  const medicine = { name: medication, ingredients: ingredientsOf(row.ingredients), unitOfDose: null };
  return { medicineId: null, medication, medicine, form, strength };
};

const namedBy = (reader: LocalReader, line: PrescriptionLineInput): Named | null => {
  const { medicineId, medication } = line;
  if (medicineId === null) {
    const freely = { name: medication, ingredients: [], unitOfDose: null };
    return asBefore(reader, line) ?? { medicineId, medication, medicine: freely, form: null, strength: null };
  }
  const row = findMedicine(reader, medicineId);
  if (row === undefined) return null;
  const medicine = {
    name: row.name,
    ingredients: ingredientsOf(row.ingredients),
    unitOfDose: row.unit_of_dose,
  };
  return { medicineId, medication: row.name, medicine, form: row.form, strength: row.strength };
};

/** In its stored spelling, or as it was typed for the check to say what is wrong. */
export const readNumber = (typed: string | null): string | null => {
  if (typed === null || typed === '') return null;
  const number = readDecimal(typed);
  return number === null ? typed : tidyDecimal(number);
};

/** What nobody wrote is null. */
const said = (text: string | null): string | null => text || null;

/** The whole quantity of a line whose quantity is to be computed; null where it cannot be. */
const computed = (line: PrescriptionLine, { unitOfDose, ingredients }: PrescribedMedicine) => {
  const [only, ...more] = ingredients;
  const known = only && more.length === 0 && only.value !== null && only.unit !== null;
  const strength = known ? { value: only.value as string, unit: only.unit as string } : null;
  return quantityOf({ ...line, unitOfDose, strength });
};

const readLine = (line: PrescriptionLineInput, named: Named): ReadLine => {
  const { asNeeded, duration, startDate, repeats, conditionId, answers, quantityComputed } = line;
  const plain: PrescriptionLine = {
    medication: named.medication,
    doseValue: readNumber(line.doseValue),
    doseUnit: said(line.doseUnit),
    route: said(line.route),
    frequency: line.frequency ? (parseFrequency(line.frequency) ?? line.frequency) : null,
    asNeeded,
    asNeededFor: asNeeded ? said(line.asNeededFor) : null,
    maxPerDay: asNeeded ? readNumber(line.maxPerDay) : null,
    duration,
    quantity: quantityComputed ? null : readNumber(line.quantity),
    quantityUnit: quantityComputed ? null : said(line.quantityUnit),
    repeats,
    startDate,
    endDate: line.endDate ?? (duration === null ? null : endOf(startDate, duration)),
    note: said(line.note),
  };
  const quantity = quantityComputed ? computed(plain, named.medicine) : null;
  return {
    ...plain,
    ...named,
    ...(quantity && { quantity: quantity.value, quantityUnit: quantity.unit }),
    quantityComputed: quantity !== null,
    indication: said(line.indication),
    conditionId,
    answers,
  };
};

/** The lines as they would be written; what is wrong is named by line and field. */
export const readLines = (
  reader: LocalReader,
  lines: readonly PrescriptionLineInput[],
): Result<readonly ReadLine[]> => {
  const named = lines.map((line) => namedBy(reader, line));
  if (named.includes(null)) return fail('not-found');
  const all = lines.map((line, index) => readLine(line, named[index] as Named));
  const problems = all.flatMap((line, index) =>
    Object.entries(lineProblems(line)).map(([field, what]) => [`lines.${index}.${field}`, what] as const),
  );
  return problems.length > 0 ? fail('invalid-input', { fields: Object.fromEntries(problems) }) : ok(all);
};

/** A line whose numbers may still be wrong, for the checks: they say so themselves. */
export const draftLines = (
  reader: LocalReader,
  lines: readonly PrescriptionLineInput[],
): readonly ReadLine[] =>
  lines.flatMap((line) => {
    const named = namedBy(reader, line);
    return named === null ? [] : [readLine(line, named)];
  });

/** A line as the checks ask for it. */
export const safetyDraft = ({ medicine, ...line }: ReadLine): PrescriptionDraft => ({
  name: medicine.name,
  ingredients: [...medicine.ingredients],
  unitOfDose: medicine.unitOfDose,
  doseValue: line.doseValue,
  doseUnit: line.doseUnit,
  route: line.route,
  frequency: line.frequency,
  asNeeded: line.asNeeded,
  maxPerDay: line.maxPerDay,
});
