import { compareDecimals, keptDecimal, multiplyDecimals, readDecimal } from '#shared/kernel/decimal.ts';
import type { FactOf } from './facts.ts';
import type { Reason } from './finding.ts';
import type { Subject } from './gathered.ts';
import type { PrescribedDose } from './prescription.ts';
import { type Amount, amountOf, countedUnit, isMeasure } from './units.ts';

export type { Amount };

/** How much of an ingredient one dose holds, or why that cannot be told. */
export interface IngredientDose {
  readonly key: string;
  readonly name: string;
  readonly known: boolean;
  readonly amount: Amount | { readonly missing: Reason };
}

/** How many units of dose it is: tablets of tablets, mL of mL. Null where the two cannot be compared. */
const unitsOfDose = (dose: string, unit: string, unitOfDose: string): string | null => {
  const [taken, one] = [amountOf(dose, unit), amountOf('1', unitOfDose)];
  if (taken !== null && one !== null)
    // Strengths are given for one mL, one mg and so on; for another size of unit nothing is divided.
    return taken.dimension === one.dimension && isOne(one.value) ? taken.value : null;
  return taken === null && one === null && countedUnit(unit) === countedUnit(unitOfDose) ? dose : null;
};

const isOne = (value: string): boolean => compareDecimals(value, '1') === 0;

const amountFor = (
  dose: string,
  unit: string,
  unitOfDose: string | null,
  subject: Subject,
  alone: boolean,
): IngredientDose['amount'] => {
  const counted = unitOfDose === null ? null : unitsOfDose(dose, unit, unitOfDose);
  if (counted !== null) {
    const strength = keptDecimal(subject.value);
    if (strength === null || subject.unit === null) return { missing: 'strength-missing' };
    return amountOf(multiplyDecimals(counted, strength), subject.unit) ?? { missing: 'unit-not-comparable' };
  }
  const measured = amountOf(dose, unit);
  // A dose in mg of a medicine of two ingredients does not say how much there is of either.
  if (measured !== null && alone && measured.dimension !== 'volume') return measured;
  return { missing: isMeasure(unit) || unitOfDose !== null ? 'unit-not-comparable' : 'strength-missing' };
};

/** What one dose holds of each ingredient. */
export const doseAmounts = (
  dose: PrescribedDose,
  unitOfDose: string | null,
  subjects: readonly Subject[],
): readonly IngredientDose[] => {
  const value = dose.value === null ? null : readDecimal(dose.value);
  return subjects.map((subject) => {
    const { key, name, known } = subject;
    if (value === null) return { key, name, known, amount: { missing: 'dose-missing' } };
    if (dose.unit === null || dose.unit.trim() === '')
      return { key, name, known, amount: { missing: 'unit-missing' } };
    return {
      key,
      name,
      known,
      amount: amountFor(value, dose.unit, unitOfDose, subject, subjects.length === 1),
    };
  });
};

/** A range as a person reads it: `20 mg` or `15 mg/kg`. */
export const rangeText = ({ min, max, unit, perKg, ceiling }: FactOf<'dose'>): string =>
  `${min === null ? '' : `${min}–`}${max} ${unit}${perKg ? '/kg' : ''}${ceiling === null ? '' : `, ≤ ${ceiling} ${unit}`}`;
