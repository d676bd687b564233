import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { inChart } from '#main/core/in-chart.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { VitalReading } from '#shared/contract/vitals.ts';
import { wallTimeAt } from '#shared/domain/appointments/wall-time.ts';
import { preferenceId } from '#shared/domain/preferences/preference.ts';
import {
  codeOf,
  measureOf,
  readingNames,
  type TypedMeasure,
  typedMeasures,
  type Unit,
} from '#shared/domain/vitals/measures.ts';
import { inKeptUnit, isUnitOf } from '#shared/domain/vitals/units.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { knownBefore, latestOf, versionsAt } from './known.ts';
import { accepted, followIndex, inPlaceOf, momentOf, numberColumns, record, seenOf } from './record.ts';
import {
  findObservation,
  type Observation,
  observed,
  preferenceOf,
  versionsOf,
  withCorrections,
} from './repository.ts';
import { retime } from './retime.ts';
import { readingsOf } from './view.ts';

const latest = (
  deps: FeatureDeps,
  { patientId, until }: Parsed<'vitals.latest'>,
): Result<Output<'vitals.latest'>> => {
  const seen = seenOf(deps, patientId);
  if (seen === null) return fail('not-found');
  return ok(
    readingNames.flatMap((name) => {
      const [reading, previous = null] = latestOf(deps.store, patientId, name, seen, until);
      return reading === undefined ? [] : [{ ...reading, previous }];
    }),
  );
};

/** The newest moments of all codes: of each code so many are read that none of them can be missing. */
const history = (
  deps: FeatureDeps,
  { patientId, before, limit }: Parsed<'vitals.history'>,
): Result<Output<'vitals.history'>> => {
  const { store } = deps;
  const seen = seenOf(deps, patientId);
  if (seen === null) return fail('not-found');
  const first = readingNames.flatMap((name) =>
    observed(store, patientId, codeOf(name), { before, limit: limit + 1 }),
  );
  const moments = [...new Set(first.map((row) => row.effective_at))].toSorted().toReversed();
  const shown = new Set(moments.slice(0, limit));
  const rows = first.filter((row) => shown.has(row.effective_at));
  const sets = Map.groupBy(
    readingsOf(store, withCorrections(store, rows), seen),
    ({ effectiveAt }) => effectiveAt,
  );
  return ok({
    sets: [...shown].map((effectiveAt) => ({ effectiveAt, readings: [...(sets.get(effectiveAt) ?? [])] })),
    next: moments.length > limit ? (moments[limit - 1] ?? null) : null,
  });
};

/** The other half of a blood pressure, for what must fit together. */
const partner = (deps: FeatureDeps, row: Observation, name: TypedMeasure) => {
  const other = name === 'systolic' ? 'diastolic' : name === 'diastolic' ? 'systolic' : null;
  if (other === null) return {};
  const [versions] = versionsAt(deps.store, row.patient_id, codeOf(other), row.effective_at);
  const value = versions?.at(-1)?.value ?? null;
  return value === null ? {} : { [other]: { value, unit: 'mm[Hg]' as Unit } };
};

const typedName = (code: string): TypedMeasure | null => {
  const name = measureOf(code);
  return name === null || name === 'bmi' ? null : name;
};

/** Another row in place of the one that stands now, and what follows from it, as one mutation. */
const replace = (
  deps: FeatureDeps,
  kind: string,
  row: Observation,
  columns: Partial<RowOf<'observation'>>,
  user: NonNullable<Connection['user']>,
): Result<VitalReading> => {
  const { store, clock, newId, engine } = deps;
  const seen = seenOf(deps, row.patient_id);
  if (seen === null) return fail('not-found');
  const made = () => ({ id: newId(), recorded_at: instant(clock.now()), recorded_by: user.id });
  const name = measureOf(row.code);
  store.mutate({ kind, user: user.id }, (writer) => {
    writer.insert('observation', inPlaceOf(row, columns, made()));
    if (name !== 'weight' && name !== 'height') return;
    const before = knownBefore(deps, row.patient_id, seen, { at: row.effective_at, itself: row.id });
    followIndex(writer, row, before, made);
  });
  engine.wake();
  const [reading] = readingsOf(store, [versionsOf(store, row)], seen);
  return reading === undefined ? fail('not-found') : ok(reading);
};

/** The row, when it is what stands now: a value that was corrected meanwhile is looked at again. */
const standing = (deps: FeatureDeps, id: string): Result<Observation> => {
  const row = findObservation(deps.store, id);
  if (row === undefined) return fail('not-found');
  const last = versionsOf(deps.store, row).at(-1);
  return last?.id === id && row.status !== 'entered-in-error' ? ok(row) : fail('changed-meanwhile');
};

const correct = (
  deps: FeatureDeps,
  { id, value, unit, reason, confirmed, effectiveLocal }: Parsed<'vitals.correct'>,
  { user }: Connection,
): Result<VitalReading> => {
  const found = standing(deps, id);
  if (!found.ok) return found;
  const row = found.value;
  const name = typedName(row.code);
  const seen = seenOf(deps, row.patient_id);
  if (user === null || seen === null || name === null) return fail('not-found');
  const moved = wallTimeAt(Date.parse(row.effective_at), seen.timeZone) !== effectiveLocal;
  const at = momentOf(deps, moved ? effectiveLocal : null, seen);
  if (!at.ok) return at;
  const before = knownBefore(deps, row.patient_id, seen, { at: at.value ?? row.effective_at, itself: id });
  const vitals = { ...partner(deps, row, name), [name]: { value, unit } };
  const fine = accepted(vitals, before, (other) => confirmed || other !== name);
  // Whatever is wrong, this value is what was typed.
  if (!fine.ok)
    return fail(fine.error.code, {
      fields: {
        value: fine.error.fields?.[name] ?? Object.values(fine.error.fields ?? {})[0] ?? 'impossible',
      },
    });
  const kept = inKeptUnit(value, unit);
  if (at.value !== null)
    return retime(deps, row, { at: at.value, name, value: kept, reason }, { user, seen });
  const columns = { ...numberColumns(name, kept, before), status: 'corrected', note: reason };
  return replace(deps, 'vitals.correct', row, columns, user);
};

const markInError = (
  deps: FeatureDeps,
  { id, reason }: Parsed<'vitals.markInError'>,
  { user }: Connection,
): Result<VitalReading> => {
  const found = standing(deps, id);
  if (!found.ok) return found;
  if (user === null) return fail('not-found');
  return replace(deps, 'vitals.markInError', found.value, { status: 'entered-in-error', note: reason }, user);
};

const unitKey = 'vitals.units';

const unitsOf = (deps: FeatureDeps, accountId: string): Output<'vitals.units'> => {
  const value = preferenceOf(deps.store, preferenceId(accountId, unitKey));
  const kept = value === undefined ? {} : (JSON.parse(value) as Readonly<Record<string, string>>);
  return Object.fromEntries(
    typedMeasures.flatMap((name: TypedMeasure) => {
      const unit = kept[name];
      return unit !== undefined && isUnitOf(name, unit) ? [[name, unit]] : [];
    }),
  );
};

const chooseUnit = (
  deps: FeatureDeps,
  { name, unit }: Parsed<'vitals.chooseUnit'>,
  { user }: Connection,
): Result<null> => {
  if (user === null) return fail('not-found');
  if (!isUnitOf(name, unit)) return fail('invalid-input', { fields: { unit: 'invalid' } });
  const id = preferenceId(user.id, unitKey);
  const value = JSON.stringify({ ...unitsOf(deps, user.id), [name]: unit });
  const isThere = preferenceOf(deps.store, id) !== undefined;
  deps.store.mutate({ kind: 'vitals.chooseUnit', user: user.id }, (writer) => {
    if (isThere) writer.update('preference', id, { value });
    else writer.insert('preference', { id, account_id: user.id, key: unitKey, value });
  });
  deps.engine.wake();
  return ok(null);
};

const patientOf = ({ store }: FeatureDeps, id: string): string | undefined =>
  findObservation(store, id)?.patient_id;

/** Vital signs: what was measured, what corrects it, and in which units somebody types. */
export const vitalsHandlers = (
  deps: FeatureDeps,
): Handlers<
  | 'vitals.latest'
  | 'vitals.history'
  | 'vitals.record'
  | 'vitals.correct'
  | 'vitals.markInError'
  | 'vitals.units'
  | 'vitals.chooseUnit'
> => ({
  'vitals.latest': (input, { user }) => inChart(deps, input.patientId, user, () => latest(deps, input)),
  'vitals.history': (input, { user }) => inChart(deps, input.patientId, user, () => history(deps, input)),
  'vitals.record': (input, connection) =>
    inChart(deps, input.patientId, connection.user, () => record(deps, input, connection)),
  'vitals.correct': (input, connection) =>
    inChart(deps, patientOf(deps, input.id), connection.user, () => correct(deps, input, connection)),
  'vitals.markInError': (input, connection) =>
    inChart(deps, patientOf(deps, input.id), connection.user, () => markInError(deps, input, connection)),
  'vitals.units': (_input, { user }) => ok(user === null ? {} : unitsOf(deps, user.id)),
  'vitals.chooseUnit': (input, connection) => chooseUnit(deps, input, connection),
});
