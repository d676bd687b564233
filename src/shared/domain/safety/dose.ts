import {
  compareDecimals,
  isPositive,
  keptDecimal,
  multiplyDecimals,
  readDecimal,
  tidyDecimal,
} from '#shared/kernel/decimal.ts';
import { type Amount, doseAmounts, type IngredientDose, rangeText } from './dose-amounts.ts';
import type { FactOf, Severity } from './facts.ts';
import type { Reason } from './finding.ts';
import {
  type Check,
  type Gathered,
  notChecked,
  noted,
  type Said,
  unknownSubjects,
  warn,
} from './gathered.ts';
import type { CheckedPatient } from './prescription.ts';
import { scheduleOf } from './schedule.ts';
import { amountOf } from './units.ts';

type DoseFact = FactOf<'dose'>;
type Per = DoseFact['per'];

/** How long a weight holds, by age: a child of another weight is another child. */
export const weightDays = (ageMonths: number | null): number => {
  if (ageMonths === null || ageMonths >= 18 * 12) return 365;
  if (ageMonths < 24) return 31;
  return ageMonths < 12 * 12 ? 92 : 183;
};

/** A weight a person may have; beyond it was measured or typed wrongly. */
const lightest = '0.3';
const heaviest = '500';

const weightOf = (patient: CheckedPatient): string | Said => {
  const { weightKg, ageMonths } = patient;
  if (weightKg === null) return notChecked('weight-missing', '');
  const value = keptDecimal(weightKg.value);
  if (value === null || compareDecimals(value, lightest) < 0 || compareDecimals(value, heaviest) > 0)
    return notChecked('weight-implausible', '', { weight: weightKg.value });
  return weightKg.days > weightDays(ageMonths)
    ? notChecked('weight-too-old', '', { days: String(weightKg.days) })
    : value;
};

const isWeight = (weight: string | Said): weight is string => typeof weight === 'string';

interface Range {
  readonly min: string | null;
  readonly max: string;
  /** As the person reads it: `20 mg` or `15 mg/kg`. */
  readonly text: string;
}

const rangeOf = (fact: DoseFact, weight: string | Said): Range | null => {
  const ceiling = fact.ceiling === null ? null : fact.ceiling;
  const text = rangeText(fact);
  if (!fact.perKg) return { min: fact.min === null ? null : fact.min, max: fact.max, text };
  if (!isWeight(weight)) return null;
  const min = fact.min === null ? null : multiplyDecimals(fact.min, weight);
  const byWeight = multiplyDecimals(fact.max, weight);
  const max = ceiling !== null && compareDecimals(ceiling, byWeight) < 0 ? ceiling : byWeight;
  return { min: min !== null && compareDecimals(min, max) > 0 ? max : min, max, text };
};

/** Above every range: how far, in words and severity. */
const aboveSeverity = (amount: string, max: string): Severity =>
  compareDecimals(amount, multiplyDecimals(max, '2')) > 0 ? 'high' : 'moderate';

const reasons: Readonly<
  Record<Per, { readonly above: Reason; readonly far: Reason; readonly below: Reason }>
> = {
  dose: { above: 'dose-above', far: 'dose-far-above', below: 'dose-below' },
  day: { above: 'day-above', far: 'day-far-above', below: 'day-below' },
};

const shown = (amount: string, unit: string): string => `${tidyDecimal(amount)} ${unit}`;

const above = (name: string, per: Per, amount: string, range: Range, fact: DoseFact): Said => {
  const far = compareDecimals(amount, multiplyDecimals(range.max, '10')) >= 0;
  return warn(aboveSeverity(amount, range.max), far ? reasons[per].far : reasons[per].above, name, {
    amount: shown(amount, fact.unit),
    range: range.text,
    max: shown(range.max, fact.unit),
    times: String(Math.round((Number(tidyDecimal(amount)) / Number(tidyDecimal(range.max))) * 10) / 10),
    ...noted(fact),
  });
};

const below = (
  name: string,
  per: Per,
  amount: string,
  range: Range & { readonly min: string },
  fact: DoseFact,
): Said =>
  warn(
    compareDecimals(amount, multiplyDecimals(range.min, '0.1')) < 0 ? 'moderate' : 'low',
    reasons[per].below,
    name,
    {
      amount: shown(amount, fact.unit),
      range: range.text,
      ...noted(fact),
    },
  );

interface Ranged {
  readonly fact: DoseFact;
  readonly range: Range;
}

/** Within one of the ranges is within; else it is told against the widest. */
const against = (name: string, per: Per, amount: string, ranges: readonly Ranged[]): readonly Said[] => {
  const [widest] = ranges.toSorted((a, b) => compareDecimals(b.range.max, a.range.max));
  if (widest === undefined) return [];
  if (compareDecimals(amount, widest.range.max) > 0)
    return [above(name, per, amount, widest.range, widest.fact)];
  const [lowest] = ranges
    .flatMap(({ fact, range }) => (range.min === null ? [] : [{ fact, range: { ...range, min: range.min } }]))
    .toSorted((a, b) => compareDecimals(a.range.min, b.range.min));
  const everyHasMin = ranges.every(({ range }) => range.min !== null);
  return lowest !== undefined && everyHasMin && compareDecimals(amount, lowest.range.min) < 0
    ? [below(name, per, amount, lowest.range, lowest.fact)]
    : [];
};

/** The most any fact allows whoever it is for: what is beyond that is wrong also where the right range cannot be told. */
const beyondAll = (name: string, per: Per, amount: string, facts: readonly DoseFact[]): readonly Said[] => {
  const limits = facts.map((fact) => {
    const most = fact.perKg ? fact.ceiling : fact.max;
    return most === null ? null : { fact, range: { min: null, max: most, text: rangeText(fact) } };
  });
  const known = limits.filter((limit) => limit !== null);
  const [widest] = known.toSorted((a, b) => compareDecimals(b.range.max, a.range.max));
  if (widest === undefined || known.length < limits.length) return [];
  return compareDecimals(amount, widest.range.max) > 0
    ? [above(name, per, amount, widest.range, widest.fact)]
    : [];
};

const comparable = (amount: Amount, fact: DoseFact): boolean =>
  amountOf('1', fact.unit)?.dimension === amount.dimension;

/** One dose, or a day of them, against the ranges of that age. */
const checkPer = (
  name: string,
  per: Per,
  amount: string,
  facts: readonly DoseFact[],
  patient: CheckedPatient,
): readonly Said[] => {
  const weight = weightOf(patient);
  const ranges = facts.flatMap((fact) => {
    const range = rangeOf(fact, weight);
    return range === null ? [] : [{ fact, range }];
  });
  if (ranges.length === facts.length) return against(name, per, amount, ranges);
  const why = isWeight(weight) ? [] : [{ ...weight, subject: name }];
  return [...beyondAll(name, per, amount, facts), ...why];
};

/** The facts for an age, or why there are none. */
const ofAge = (facts: readonly DoseFact[], ageMonths: number | null): readonly DoseFact[] | Reason => {
  if (ageMonths === null) return 'age-unknown';
  const fitting = facts.filter(
    ({ ageFrom, ageTo }) => ageMonths >= ageFrom && (ageTo === null || ageMonths < ageTo),
  );
  return fitting.length > 0 ? fitting : 'no-dose-range-age';
};

const ofRoute = (facts: readonly DoseFact[], route: string | null): readonly DoseFact[] | Reason => {
  if (facts.length === 0) return 'no-dose-range';
  const fitting = facts.filter(
    ({ routes }) => routes.length === 0 || (route !== null && routes.includes(route.trim().toLowerCase())),
  );
  if (fitting.length > 0) return fitting;
  return route === null ? 'route-missing' : 'no-dose-range-route';
};

type Compared = (name: string, per: Per, amount: string, facts: readonly DoseFact[]) => readonly Said[];

/** A dose and a day of doses against those of the facts that are about each. */
const compared = (
  name: string,
  amount: string,
  perDay: string | null,
  facts: readonly DoseFact[],
  compareWith: Compared,
): readonly Said[] =>
  (['dose', 'day'] as const).flatMap((per) => {
    const ofPer = facts.filter((fact) => fact.per === per);
    if (ofPer.length === 0) return [];
    if (per === 'dose') return compareWith(name, per, amount, ofPer);
    const frequency = perDay === null ? null : readDecimal(perDay);
    if (frequency !== null && isPositive(frequency))
      return compareWith(name, per, multiplyDecimals(amount, frequency), ofPer);
    // One dose that is more than a day may have is too much however often it is taken.
    const once = compareWith(name, per, amount, ofPer).filter(({ reason }) => reason !== 'day-below');
    return [...once, notChecked('frequency-missing', name)];
  });

const checkIngredient = ({ knowledge, input }: Gathered, dose: IngredientDose): readonly Said[] => {
  const { name, amount } = dose;
  const { patient } = input;
  const { perDay, route } = input.dose;
  const facts = ofRoute(knowledge.dosesOf(dose.key), route);
  if (typeof facts === 'string') return [notChecked(facts, name)];
  if ('missing' in amount) return [notChecked(amount.missing, name)];
  if (!facts.every((fact) => comparable(amount, fact))) return [notChecked('unit-not-comparable', name)];
  const fitting = ofAge(facts, patient.ageMonths);
  if (typeof fitting === 'string')
    return [...compared(name, amount.value, perDay, facts, beyondAll), notChecked(fitting, name)];
  return compared(name, amount.value, perDay, fitting, (...what) => checkPer(...what, patient));
};

/** Whether the dose makes sense at all, whatever the medicine: said also without any data set. */
export const doseItself = (value: string | null): Said | null => {
  if (value === null || value.trim() === '') return notChecked('dose-missing', '');
  const dose = readDecimal(value);
  if (dose === null) return notChecked('dose-unreadable', '', { value: value.slice(0, 40) });
  return isPositive(dose) ? null : warn('high', 'dose-not-positive', '', { value: tidyDecimal(dose) });
};

export const doseRange: Check = (gathered) => {
  const { input, subjects } = gathered;
  const itself = doseItself(input.dose.value);
  const schedule = scheduleOf(gathered);
  if (itself !== null) return [itself, ...schedule];
  const amounts = doseAmounts(input.dose, input.medicine.unitOfDose, subjects);
  const found = amounts.filter(({ known }) => known).flatMap((dose) => checkIngredient(gathered, dose));
  return [...found, ...schedule, ...unknownSubjects(gathered)];
};
