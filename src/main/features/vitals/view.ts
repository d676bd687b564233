import { accountNames, idsIn } from '#main/data/local/names.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { VitalReading } from '#shared/contract/vitals.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import {
  codeOf,
  keptUnit,
  measureOf,
  pregnancyStatusOf,
  type ReadingName,
  readingNames,
} from '#shared/domain/vitals/measures.ts';
import { interpret, normalRange, type Person } from '#shared/domain/vitals/normal.ts';
import { inKeptUnit, isUnitOf } from '#shared/domain/vitals/units.ts';
import type { Observation, Versions } from './repository.ts';

/** Whose readings they are, and where the clinic's days begin. */
export interface Seen {
  readonly person: Person;
  readonly timeZone: string;
}

const nameOf = (code: string): ReadingName | null =>
  measureOf(code) ?? readingNames.find((name) => codeOf(name) === code) ?? null;

/** In the unit that is kept; a unit we do not know, as an import may bring, stays as it is. */
const inKept = (name: ReadingName, { value, unit }: Observation) => {
  const measure = name === 'pregnancy' || name === 'deliveryDate' ? null : name;
  if (measure === null || value === null || unit === null || !isUnitOf(measure, unit)) return { value, unit };
  return { value: inKeptUnit(value, unit), unit: keptUnit(measure) as string };
};

const textOf = (name: ReadingName, { value_text: text }: Observation): string | null =>
  name === 'pregnancy' ? (pregnancyStatusOf(text) ?? text) : text;

/** The range that held when it was written, else the one of our tables; the latter only of what is in our unit. */
const rangeOf = (name: ReadingName, row: Observation, unit: string | null, seen: Seen) => {
  if (row.reference_low !== null || row.reference_high !== null)
    return { low: row.reference_low, high: row.reference_high, range: null };
  if (name === 'pregnancy' || name === 'deliveryDate' || unit !== keptUnit(name))
    return { low: null, high: null, range: null };
  const range = normalRange(name, seen.person, dayAt(Date.parse(row.effective_at), seen.timeZone));
  return { low: range?.low ?? null, high: range?.high ?? null, range };
};

const known = (code: string | null): VitalReading['interpretation'] =>
  code === 'N' || code === 'L' || code === 'H' || code === 'LL' || code === 'HH' ? code : null;

/** Values as the contract shows them, with what the centre knows of all of them in one question. */
export const readingsOf = (
  reader: LocalReader,
  all: readonly Versions[],
  seen: Seen,
): readonly VitalReading[] => {
  const uncertain = reader.uncertain(
    'observation',
    all.flatMap((rows) => rows.map(({ id }) => id)),
  );
  const names = accountNames(reader, idsIn(all.flatMap((rows) => rows.map((row) => row.recorded_by))));
  const by = (row: Observation) => (row.recorded_by === null ? null : (names.get(row.recorded_by) ?? null));
  return all.flatMap((versions) => {
    const row = versions.at(-1) ?? versions[0];
    const name = nameOf(row.code);
    if (name === null) return [];
    const { value, unit } = inKept(name, row);
    const { low, high, range } = rangeOf(name, row, unit, seen);
    return [
      {
        id: row.id,
        name,
        value,
        unit,
        text: textOf(name, row),
        low,
        high,
        interpretation: known(row.interpretation) ?? (value === null ? null : interpret(value, range)),
        note: row.note,
        effectiveAt: versions[0].effective_at,
        recordedAt: row.recorded_at,
        recordedBy: by(row),
        inError: row.status === 'entered-in-error' || row.status === 'cancelled',
        before: versions.slice(0, -1).map((old) => ({
          ...inKept(name, old),
          text: textOf(name, old),
          recordedAt: old.recorded_at,
          recordedBy: by(old),
        })),
        certainty: uncertain.get(row.id) ?? 'confirmed',
      },
    ];
  });
};
