import { keptUnit, type MeasureName } from '#shared/domain/vitals/measures.ts';
import { fromKeptUnit } from '#shared/domain/vitals/units.ts';
import type { ChosenUnits } from './useVitalWords.ts';

/** As much of a reading as is drawn of it; one entered in error is not. */
interface DrawnReading {
  readonly name: string;
  readonly value: string | null;
  readonly unit: string | null;
  readonly low: string | null;
  readonly high: string | null;
  readonly inError?: boolean;
}
interface DrawnSet {
  readonly effectiveAt: string;
  readonly readings: readonly DrawnReading[];
}

/** What is drawn together: both blood pressures, all others alone. */
export const trendGroups = [
  ['systolic', 'diastolic'],
  ['heartRate'],
  ['respiratoryRate'],
  ['temperature'],
  ['spo2'],
  ['weight'],
  ['height'],
  ['bmi'],
  ['headCircumference'],
  ['pain'],
] as const satisfies readonly (readonly MeasureName[])[];

export type TrendGroup = (typeof trendGroups)[number];

/** More digits than are shown: a line does not jump between them. */
const drawnDigits = 4;

const drawn = (name: MeasureName, value: string, units: ChosenUnits): number =>
  Number(fromKeptUnit(value, units[name] ?? keptUnit(name), drawnDigits));

const valueAt = (set: DrawnSet, name: MeasureName, units: ChosenUnits): number | null => {
  const reading = set.readings.find((one) => one.name === name && !one.inError);
  if (reading === undefined || reading.value === null || reading.unit !== keptUnit(name)) return null;
  return drawn(name, reading.value, units);
};

export interface Trend {
  readonly moments: readonly number[];
  readonly lines: readonly { readonly name: MeasureName; readonly values: readonly (number | null)[] }[];
  /** What is usual at the latest moment. */
  readonly bands: readonly { readonly low: number | null; readonly high: number | null }[];
}

/** How a group of measures went, the earliest first; null when nothing was measured twice. */
export const trendOf = (group: TrendGroup, sets: readonly DrawnSet[], units: ChosenUnits): Trend | null => {
  const ordered = sets.toReversed();
  const taken = ordered.filter((set) => group.some((name) => valueAt(set, name, units) !== null));
  if (taken.length < 2) return null;
  const last = taken.at(-1);
  return {
    moments: taken.map(({ effectiveAt }) => Date.parse(effectiveAt)),
    lines: group.map((name) => ({ name, values: taken.map((set) => valueAt(set, name, units)) })),
    bands: group.flatMap((name) => {
      const reading = last?.readings.find((one) => one.name === name && !one.inError);
      if (reading === undefined || (reading.low === null && reading.high === null)) return [];
      const at = (limit: string | null) => (limit === null ? null : drawn(name, limit, units));
      return [{ low: at(reading.low), high: at(reading.high) }];
    }),
  };
};

/** The columns of the table: what any of the sets has, in the order it is taken. */
export const columnsOf = (sets: readonly DrawnSet[]): readonly (readonly string[])[] => {
  const names = new Set(sets.flatMap(({ readings }) => readings.map(({ name }) => name as string)));
  const all: readonly (readonly string[])[] = [...trendGroups, ['pregnancy'], ['deliveryDate']];
  return all.filter((group) => group.some((name) => names.has(name)));
};
