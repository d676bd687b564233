import {
  compareDecimals,
  divideUp,
  isPositive,
  keptDecimal,
  multiplyDecimals,
  subtractDecimals,
  tidyDecimal,
} from '#shared/kernel/decimal.ts';
import { type Duration, daysOf } from './duration.ts';
import { rhythmOf } from './frequency.ts';
import { inSmallest, isCounted, parseUnit } from './units.ts';

/** How much of a medicine's ingredient is in one `unitOfDose`. */
export interface Strength {
  readonly value: string;
  readonly unit: string;
}

/** What a quantity can be computed from; what is not known is null. */
export interface QuantityBasis {
  /** Decimal text. */
  readonly doseValue: string | null;
  readonly doseUnit: string | null;
  /** What the medicine is counted in: a tablet, a millilitre. */
  readonly unitOfDose: string | null;
  /** Of its one ingredient. Of several the dose of one does not say how many units it is. */
  readonly strength: Strength | null;
  readonly frequency: string | null;
  readonly asNeeded: boolean;
  /** Most doses in 24 hours, decimal text. */
  readonly maxPerDay: string | null;
  readonly duration: Duration | null;
}

export interface Quantity {
  /** Decimal text, whole. */
  readonly value: string;
  readonly unit: string;
}

/** How many doses there are in all; null where nobody can tell. */
const dosesIn = (basis: QuantityBasis): string | null => {
  const { frequency, asNeeded, maxPerDay, duration } = basis;
  if (frequency === 'STAT') return '1';
  if (duration === null) return null;
  const days = daysOf(duration);
  if (asNeeded) {
    const most = keptDecimal(maxPerDay);
    return most !== null && isPositive(most) ? multiplyDecimals(most, String(days)) : null;
  }
  const rhythm = frequency === null ? null : rhythmOf(frequency);
  // Every other day for a week is on four days: a dose that has begun is counted.
  return rhythm === null ? null : divideUp(String(days * rhythm.times), String(rhythm.days));
};

/** How many units one dose is, times `count`; null where the strength does not say. */
const unitsFor = (basis: QuantityBasis, count: string): Quantity | null => {
  const { doseValue, doseUnit, unitOfDose, strength } = basis;
  const dose = keptDecimal(doseValue);
  const unit = doseUnit === null ? null : (parseUnit(doseUnit) ?? doseUnit);
  const counted = unitOfDose === null ? null : (parseUnit(unitOfDose) ?? unitOfDose);
  if (dose === null || unit === null || !isPositive(dose)) return null;
  const all = multiplyDecimals(dose, count);
  if (unit === counted || (counted === null && isCounted(unit))) return { value: divideUp(all, '1'), unit };
  const amount = keptDecimal(strength?.value ?? null);
  if (strength === null || amount === null || counted === null || !isPositive(amount)) return null;
  const [wanted, each] = [inSmallest(all, unit), inSmallest(amount, strength.unit)];
  if (wanted.kind !== each.kind) return null;
  return { value: divideUp(wanted.amount, each.amount), unit: counted };
};

/**
 * What has to be handed out for the whole treatment, in whole units; null where it cannot be computed: no duration, no
 * strength, as needed without a maximum. It is offered, and never takes the place of a quantity somebody typed.
 */
export const quantityOf = (basis: QuantityBasis): Quantity | null => {
  const count = dosesIn(basis);
  return count === null ? null : unitsFor(basis, count);
};

/** What is left to hand out of a prescription and its repeats; never below zero. All decimal texts. */
export const remainingOf = (quantity: string, repeats: number, handedOut: readonly string[]): string => {
  const whole = multiplyDecimals(keptDecimal(quantity) ?? '0', String(1 + repeats));
  const left = handedOut.reduce((rest, given) => subtractDecimals(rest, keptDecimal(given) ?? '0'), whole);
  return isPositive(left) ? tidyDecimal(left) : '0';
};

/** Whether one quantity, a decimal text, is more than another. */
export const isMore = (a: string, b: string): boolean =>
  compareDecimals(keptDecimal(a) ?? '0', keptDecimal(b) ?? '0') > 0;
