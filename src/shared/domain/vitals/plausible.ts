import { compareDecimals, divideDecimals } from '#shared/kernel/decimal.ts';
import { type MeasureName, type TypedMeasure, typedMeasures, type Unit } from './measures.ts';
import { monthsOld, type Person } from './normal.ts';
import { bodyMassIndex, inKeptUnit, isUnitOf } from './units.ts';

export const refusals = [
  'impossible',
  'fahrenheit-as-celsius',
  'not-below-systolic',
  'whole-number',
] as const;
export const doubts = [
  'unlikely',
  'pounds-as-kilograms',
  'kilograms-as-pounds',
  'inches-as-centimetres',
  'large-change',
  'unlikely-for-age',
  'unlikely-for-height',
] as const;

export type Refusal = (typeof refusals)[number];
export type Doubt = (typeof doubts)[number];

/** What is wrong with a value: `refuse` cannot be, `confirm` may be. */
export type Concern =
  | { readonly kind: 'refuse'; readonly reason: Refusal }
  | { readonly kind: 'confirm'; readonly reason: Doubt };

/** A number as it was typed. */
export interface TypedValue {
  readonly value: string;
  readonly unit: Unit;
}

export type TypedVitals = Readonly<Partial<Record<TypedMeasure, TypedValue>>>;

/** What is known of the patient before, in the units that are kept. */
export interface KnownBefore {
  readonly person: Person;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly weight: { readonly value: string; readonly day: string } | null;
  readonly height: { readonly value: string; readonly day: string } | null;
}

/**
 * Beyond these no human being has been measured, or the scale ends. Temperature: Gilbert, Lancet 2000 (13.7 °C survived) and
 * Slovis, Ann Emerg Med 1982 (46.5 °C). Heart rate: Chhabra, J Res Med Sci 2012 (480). Blood pressure: MacDougall, J Appl Physiol
 * 1985 (480/350). Weight and height: Guinness World Records (635 kg, 272 cm; 212 g and 24 cm at birth). Breaths, head
 * circumference: ours, where devices and tapes end.
 */
const possible: Readonly<Record<TypedMeasure, readonly [low: string, high: string]>> = {
  systolic: ['20', '480'],
  diastolic: ['0', '350'],
  heartRate: ['0', '480'],
  respiratoryRate: ['0', '150'],
  temperature: ['13', '46.5'],
  spo2: ['0', '100'],
  weight: ['0.2', '635'],
  height: ['20', '272'],
  headCircumference: ['15', '75'],
  pain: ['0', '10'],
};

/** Outside these somebody looks again. Ours: well beyond what NEWS 2 (RCP 2017) and PALS (AHA 2015) call severe at any age. */
const likely: Readonly<Partial<Record<TypedMeasure, readonly [low: string, high: string]>>> = {
  systolic: ['50', '250'],
  diastolic: ['20', '150'],
  heartRate: ['30', '220'],
  respiratoryRate: ['6', '80'],
  temperature: ['33', '42'],
  spo2: ['70', '100'],
  weight: ['0.5', '250'],
  height: ['30', '220'],
  headCircumference: ['25', '65'],
};

const whole: ReadonlySet<MeasureName> = new Set([
  'systolic',
  'diastolic',
  'heartRate',
  'respiratoryRate',
  'pain',
]);

const outside = (value: string, [low, high]: readonly [string, string]): boolean =>
  compareDecimals(value, low) < 0 || compareDecimals(value, high) > 0;

const ratio = (a: string, b: string): number => Number(divideDecimals(a, b, 6));

const refuse = (reason: Refusal): Concern => ({ kind: 'refuse', reason });
const confirm = (reason: Doubt): Concern => ({ kind: 'confirm', reason });

/**
 * The weight of a child of that age, in kilograms: Advanced Paediatric Life Support, 5th edition, to 12 years. Null for others.
 */
export const expectedWeight = (months: number): number | null => {
  if (months < 12) return 0.5 * months + 4;
  const years = Math.floor(months / 12);
  if (years <= 5) return 2 * years + 8;
  return years <= 12 ? 3 * years + 7 : null;
};

/** Pounds in a kilogram. */
const poundsPerKilogram = 2.2046;

/** A slip of the unit that `part` of what was expected tells of; the unit it was typed in says which way it can be. */
const slipOf = (part: number, unit: Unit, fits: (part: number) => boolean): Concern | null => {
  if (unit === 'kg' && fits(part / poundsPerKilogram)) return confirm('pounds-as-kilograms');
  return unit === '[lb_av]' && fits(part * poundsPerKilogram) ? confirm('kilograms-as-pounds') : null;
};

const againstLastWeight = (
  { value, unit }: TypedValue,
  { weight, person, day }: KnownBefore,
): Concern | null => {
  if (weight === null || compareDecimals(weight.value, '0') <= 0) return null;
  const child = person.birthDate !== null && (monthsOld(person.birthDate, weight.day) ?? 240) < 216;
  // A child grows: after half a year twice the weight may be right.
  const recent = Date.parse(day) - Date.parse(weight.day) < 180 * 86_400_000;
  if (child && !recent) return null;
  const grown = ratio(inKeptUnit(value, unit), weight.value);
  const slip = slipOf(grown, unit, (part) => part > 0.88 && part < 1.12);
  return slip ?? (grown > 1.25 || grown < 0.8 ? confirm('large-change') : null);
};

const againstAge = ({ value, unit }: TypedValue, { person, day }: KnownBefore): Concern | null => {
  const months = person.birthDate === null ? null : monthsOld(person.birthDate, day);
  if (months === null) return null;
  const expected = expectedWeight(months);
  const weighs = Number(inKeptUnit(value, unit));
  if (expected === null) return weighs < 25 ? confirm('unlikely-for-age') : null;
  const part = weighs / expected;
  if (part <= 1.8 && part >= 0.55) return null;
  const slip = slipOf(part, unit, (meant) => meant > 0.75 && meant < 1.35);
  return slip ?? (part > 2.2 || part < 0.5 ? confirm('unlikely-for-age') : null);
};

/** An adult's body mass index beyond what a typing error more often explains. Ours. */
const againstHeight = (
  { value, unit }: TypedValue,
  centimetres: string | null,
  before: KnownBefore,
): Concern | null => {
  const { birthDate } = before.person;
  const months = birthDate === null ? null : monthsOld(birthDate, before.day);
  if (centimetres === null || months === null || months < 216) return null;
  const index = bodyMassIndex(inKeptUnit(value, unit), centimetres);
  if (index === null || !outside(index, ['11', '55'])) return null;
  return slipOf(Number(index), unit, (meant) => meant > 16 && meant < 40) ?? confirm('unlikely-for-height');
};

const heightConcern = (typed: TypedValue, before: KnownBefore): Concern | null => {
  const { height, person, day } = before;
  const centimetres = inKeptUnit(typed.value, typed.unit);
  const months = person.birthDate === null ? null : monthsOld(person.birthDate, day);
  const grown = months === null ? null : months >= 228;
  if (typed.unit === 'cm' && grown && compareDecimals(centimetres, '90') < 0)
    return confirm('inches-as-centimetres');
  if (height === null) return null;
  const change = Number(centimetres) - Number(height.value);
  const tooMuch = grown ? Math.abs(change) > 6 : change < -2;
  return tooMuch ? confirm('large-change') : null;
};

/** What the kinds of vitals need beyond their limits. */
const ownConcern = (name: TypedMeasure, vitals: TypedVitals, before: KnownBefore): Concern | null => {
  const typed = vitals[name];
  if (typed === undefined) return null;
  const kept = inKeptUnit(typed.value, typed.unit);
  if (name === 'height') return heightConcern(typed, before);
  if (name === 'weight') {
    const height = vitals.height;
    const tall = height ? inKeptUnit(height.value, height.unit) : (before.height?.value ?? null);
    return (
      againstLastWeight(typed, before) ?? againstAge(typed, before) ?? againstHeight(typed, tall, before)
    );
  }
  if (name === 'diastolic' && vitals.systolic && compareDecimals(kept, vitals.systolic.value) >= 0)
    return refuse('not-below-systolic');
  return null;
};

const concernOf = (name: TypedMeasure, vitals: TypedVitals, before: KnownBefore): Concern | null => {
  const typed = vitals[name];
  if (typed === undefined) return null;
  if (!isUnitOf(name, typed.unit)) return refuse('impossible');
  const kept = inKeptUnit(typed.value, typed.unit);
  if (outside(kept, possible[name])) {
    const inFahrenheit = typed.unit === 'Cel' && !outside(typed.value, ['90', '110']);
    return refuse(inFahrenheit ? 'fahrenheit-as-celsius' : 'impossible');
  }
  if (whole.has(name) && typed.value.includes('.')) return refuse('whole-number');
  const own = ownConcern(name, vitals, before);
  if (own !== null) return own;
  const usual = likely[name];
  return usual && outside(kept, usual) ? confirm('unlikely') : null;
};

/** What is wrong with a set of vitals, by measure. Empty when nothing is. */
export const concernsAbout = (
  vitals: TypedVitals,
  before: KnownBefore,
): Readonly<Partial<Record<TypedMeasure, Concern>>> =>
  Object.fromEntries(
    typedMeasures.flatMap((name) => {
      const concern = concernOf(name, vitals, before);
      return concern === null ? [] : [[name, concern] as const];
    }),
  );

/** The same number in the other unit of its kind, where a slip of the unit is what is suspected. */
export const meantInstead = (reason: Concern['reason'], { value }: TypedValue): TypedValue | null => {
  const units: Readonly<Partial<Record<Concern['reason'], Unit>>> = {
    'pounds-as-kilograms': '[lb_av]',
    'kilograms-as-pounds': 'kg',
    'inches-as-centimetres': '[in_i]',
    'fahrenheit-as-celsius': '[degF]',
  };
  const unit = units[reason];
  return unit === undefined ? null : { value, unit };
};
