import type { FeatureDeps } from '#main/core/deps.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { VitalReading } from '#shared/contract/vitals.ts';
import {
  bloodPressureCode,
  codeOf,
  keptUnit,
  type MeasureName,
  measureOf,
  readingNames,
} from '#shared/domain/vitals/measures.ts';
import { bodyMassIndex } from '#shared/domain/vitals/units.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { knownBefore, versionsAt } from './known.ts';
import { inPlaceOf, numberColumns } from './record.ts';
import { findObservation, freeMoment, type Observation, versionsOf } from './repository.ts';
import { readingsOf, type Seen } from './view.ts';

type Row = RowOf<'observation'>;

interface Corrected {
  /** When it was taken. */
  readonly at: string;
  readonly name: MeasureName;
  /** In the unit that is kept. */
  readonly value: string;
  readonly reason: string;
}

const codes = [bloodPressureCode, ...readingNames.map(codeOf)];

/** All that was taken together and stands, the panel before its components; the first of what two desks wrote comes first. */
const setAt = (reader: LocalReader, { patient_id, effective_at }: Observation) =>
  codes.flatMap((code) =>
    versionsAt(reader, patient_id, code, effective_at).flatMap((versions) => {
      const last = versions.at(-1) ?? versions[0];
      return last.status === 'entered-in-error' ? [] : [{ first: versions[0], last }];
    }),
  );

/**
 * Corrects a value and the moment of all that was taken with it. A row never changes its place: where the set stood it is
 * marked as entered in error, and it stands anew at the right moment, held against the ranges of that day.
 */
export const retime = (
  deps: FeatureDeps,
  row: Observation,
  { at, name, value, reason }: Corrected,
  { user, seen }: { readonly user: { readonly id: string }; readonly seen: Seen },
): Result<VitalReading> => {
  const { store, clock, newId, engine } = deps;
  const effective_at = freeMoment(store, row.patient_id, Date.parse(at));
  const before = knownBefore(deps, row.patient_id, seen, { at, itself: row.id });
  const set = setAt(store, row);
  // What another program wrote in a unit of its own stays as it is.
  const kept = ({ code, unit, value }: Observation): string | null => {
    const measure = measureOf(code);
    return measure !== null && unit === keptUnit(measure) ? value : null;
  };
  const numberIn = (measure: MeasureName): string | null => {
    const other = set.find(({ last }) => measureOf(last.code) === measure)?.last;
    return measure === name ? value : other === undefined ? null : kept(other);
  };
  const index = (): string | null => {
    const [weight, height] = [numberIn('weight'), numberIn('height') ?? before.height?.value ?? null];
    return weight === null || height === null ? null : bodyMassIndex(weight, height);
  };
  const numberOf = (last: Observation): string | null =>
    last.id === row.id ? value : last.code === codeOf('bmi') ? index() : kept(last);
  const made = () => ({ recorded_at: instant(clock.now()), recorded_by: user.id });
  const ids = new Map(set.map(({ first }) => [first.id, newId()]));
  const { value: id } = store.mutate({ kind: 'vitals.correct', user: user.id }, (writer) => {
    let corrected: string | null = null;
    for (const { first, last } of set) {
      const wrong = { status: 'entered-in-error', note: reason };
      writer.insert('observation', inPlaceOf(last, wrong, { id: newId(), ...made() }));
      const measure = measureOf(last.code);
      const number = numberOf(last);
      const again: Row = {
        ...inPlaceOf(last, {}, { id: ids.get(first.id) ?? newId(), ...made() }),
        corrects: null,
        effective_at,
        component_of: first.component_of === null ? null : (ids.get(first.component_of) ?? null),
        ...(measure === null || number === null ? {} : numberColumns(measure, number, before)),
        ...(last.id === row.id ? { status: 'corrected', note: reason } : {}),
      };
      writer.insert('observation', again);
      if (last.id === row.id) corrected = again.id;
    }
    return corrected;
  });
  engine.wake();
  const found = id === null ? undefined : findObservation(store, id);
  const [reading] = found === undefined ? [] : readingsOf(store, [versionsOf(store, found)], seen);
  return reading === undefined ? fail('not-found') : ok(reading);
};
