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

/** The latest readings of one kind that stand, at most two, at or before `until`. */
export const latestOf = (
  reader: LocalReader,
  patientId: string,
  name: ReadingName,
  seen: Seen,
): readonly VitalReading[] => {
  const first = observed(reader, patientId, codeOf(name), { before: null, limit: mostWrong });
  return readingsOf(reader, withCorrections(reader, first), seen)
    .filter(({ inError }) => !inError)
    .slice(0, 2);
};

/** The values of one moment, as they stand. */
export const versionsAt = (
  reader: LocalReader,
  patientId: string,
  name: ReadingName,
  effectiveAt: string,
): readonly Versions[] => {
  // The index goes by what comes before: the moment itself is the first of what comes before the next millisecond.
  const after = new Date(Date.parse(effectiveAt) + 1).toISOString();
  const found = observed(reader, patientId, codeOf(name), { before: after, limit: mostWrong });
  return withCorrections(
    reader,
    found.filter((row) => row.effective_at === effectiveAt),
  );
};

/** What a new value is compared with: the latest other weight and height. */
export const knownBefore = (
  { store, clock }: Pick<FeatureDeps, 'store' | 'clock'>,
  patientId: string,
  seen: Seen,
  itself: string | null = null,
): KnownBefore => {
  const last = (name: 'weight' | 'height', unit: string): KnownBefore['weight'] => {
    const reading = latestOf(store, patientId, name, seen).find(({ id }) => id !== itself);
    if (reading === undefined || reading.value === null || reading.unit !== unit) return null;
    return { value: reading.value, day: dayAt(Date.parse(reading.effectiveAt), seen.timeZone) };
  };
  return {
    person: seen.person,
    day: dayAt(clock.now(), seen.timeZone),
    weight: last('weight', 'kg'),
    height: last('height', 'cm'),
  };
};
