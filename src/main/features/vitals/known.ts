import type { FeatureDeps } from '#main/core/deps.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { VitalReading } from '#shared/contract/vitals.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { codeOf, type ReadingName } from '#shared/domain/vitals/measures.ts';
import type { KnownBefore } from '#shared/domain/vitals/plausible.ts';
import { observed, type Versions, withCorrections } from './repository.ts';
import { readingsOf, type Seen } from './view.ts';

/** Of so many, one is neither corrected away nor in error. */
const mostWrong = 20;

/** The index goes by what comes before: a moment itself is the first of what comes before the next millisecond. */
const justAfter = (at: string): string => new Date(Date.parse(at) + 1).toISOString();

/** The latest readings of one kind that stand, at most two, at or before `until`, null for all. */
export const latestOf = (
  reader: LocalReader,
  patientId: string,
  name: ReadingName,
  seen: Seen,
  until: string | null = null,
): readonly VitalReading[] => {
  const before = until === null ? null : justAfter(until);
  const first = observed(reader, patientId, codeOf(name), { before, limit: mostWrong });
  return readingsOf(reader, withCorrections(reader, first), seen)
    .filter(({ inError }) => !inError)
    .slice(0, 2);
};

/** What was observed of one code at one moment, with its corrections. */
export const versionsAt = (
  reader: LocalReader,
  patientId: string,
  code: string,
  effectiveAt: string,
): readonly Versions[] => {
  const before = justAfter(effectiveAt);
  const found = observed(reader, patientId, code, { before, limit: mostWrong });
  return withCorrections(
    reader,
    found.filter((row) => row.effective_at === effectiveAt),
  );
};

interface About {
  /** When the value was taken, null for now. */
  readonly at: string | null;
  /** The value that is corrected: it is not compared with itself. */
  readonly itself?: string;
}

/** What a value is compared with: the latest other weight and height at its moment. */
export const knownBefore = (
  { store, clock }: Pick<FeatureDeps, 'store' | 'clock'>,
  patientId: string,
  seen: Seen,
  { at, itself }: About,
): KnownBefore => {
  const last = (name: 'weight' | 'height', unit: string): KnownBefore['weight'] => {
    const reading = latestOf(store, patientId, name, seen, at).find(({ id }) => id !== itself);
    if (reading === undefined || reading.value === null || reading.unit !== unit) return null;
    return { value: reading.value, day: dayAt(Date.parse(reading.effectiveAt), seen.timeZone) };
  };
  return {
    person: seen.person,
    day: dayAt(at === null ? clock.now() : Date.parse(at), seen.timeZone),
    weight: last('weight', 'kg'),
    height: last('height', 'cm'),
  };
};
