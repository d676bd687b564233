/** What is measured. LOINC says what, UCUM in which unit; both as published by Regenstrief. */

export interface Measure {
  /** LOINC. */
  readonly code: string;
  /** UCUM units it may be typed in; the first is the one it is kept in. */
  readonly units: readonly [Unit, ...Unit[]];
  /** Digits after the point that are worth showing, by unit. */
  readonly digits: Readonly<Partial<Record<Unit, number>>>;
}

export const units = [
  'mm[Hg]',
  '/min',
  'Cel',
  '[degF]',
  '%',
  'kg',
  '[lb_av]',
  'cm',
  '[in_i]',
  'kg/m2',
  '{score}',
] as const;
export type Unit = (typeof units)[number];

const measure = (
  code: string,
  digits: Readonly<Partial<Record<Unit, number>>>,
  ...allowed: readonly [Unit, ...Unit[]]
): Measure => ({ code, units: allowed, digits });

/** The numbers of a set of vitals, in the order a nurse takes them. */
export const measures = {
  systolic: measure('8480-6', {}, 'mm[Hg]'),
  diastolic: measure('8462-4', {}, 'mm[Hg]'),
  heartRate: measure('8867-4', {}, '/min'),
  respiratoryRate: measure('9279-1', {}, '/min'),
  temperature: measure('8310-5', { Cel: 1, '[degF]': 1 }, 'Cel', '[degF]'),
  spo2: measure('2708-6', {}, '%'),
  weight: measure('29463-7', { kg: 2, '[lb_av]': 1 }, 'kg', '[lb_av]'),
  height: measure('8302-2', { cm: 1, '[in_i]': 1 }, 'cm', '[in_i]'),
  headCircumference: measure('9843-4', { cm: 1, '[in_i]': 1 }, 'cm', '[in_i]'),
  pain: measure('72514-3', {}, '{score}'),
  /** Body mass index: computed, never typed. */
  bmi: measure('39156-5', { 'kg/m2': 1 }, 'kg/m2'),
} as const;

export type MeasureName = keyof typeof measures;
export const measureNames = Object.keys(measures) as readonly MeasureName[];

/** What somebody types; the body mass index follows from two of them. */
export const typedMeasures = measureNames.filter((name): name is TypedMeasure => name !== 'bmi');
export type TypedMeasure = Exclude<MeasureName, 'bmi'>;

/** Blood pressure panel: systolic and diastolic are its components. */
export const bloodPressureCode = '85354-9';
/** What is said in words beside the numbers: pregnancy status and estimated delivery date. */
export const statements = { pregnancy: '82810-3', deliveryDate: '11778-8' } as const;

/** LOINC's answers to pregnancy status (list LL4129-4), as `value_text` holds them. */
export const pregnancyAnswers = {
  pregnant: 'LA15173-0',
  'not-pregnant': 'LA26683-5',
  unknown: 'LA4489-6',
} as const;
export type PregnancyStatus = keyof typeof pregnancyAnswers;
export const pregnancyStatuses = Object.keys(pregnancyAnswers) as readonly PregnancyStatus[];

/** A pregnancy status as it is kept, null when it is none we know. */
export const pregnancyStatusOf = (answer: string | null): PregnancyStatus | null =>
  pregnancyStatuses.find((status) => pregnancyAnswers[status] === answer) ?? null;

export type ReadingName = MeasureName | keyof typeof statements;
export const readingNames = [
  ...measureNames,
  'pregnancy',
  'deliveryDate',
] as const satisfies readonly ReadingName[];

/** LOINC of a reading. */
export const codeOf = (name: ReadingName): string =>
  name === 'pregnancy' || name === 'deliveryDate' ? statements[name] : measures[name].code;

/** The unit a measure is kept in. */
export const keptUnit = (name: MeasureName): Unit => measures[name].units[0];

const byCode: ReadonlyMap<string, MeasureName> = new Map(
  measureNames.map((name) => [measures[name].code, name]),
);

/** The measure of a LOINC code, null when it is none of ours. */
export const measureOf = (code: string): MeasureName | null => byCode.get(code) ?? null;
