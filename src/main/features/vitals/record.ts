import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { encounterOf } from '#main/core/encounter.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { VitalSet } from '#shared/contract/vitals.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import {
  bloodPressureCode,
  codeOf,
  keptUnit,
  type MeasureName,
  pregnancyAnswers,
  typedMeasures,
} from '#shared/domain/vitals/measures.ts';
import { interpret, monthsOld, normalRange } from '#shared/domain/vitals/normal.ts';
import {
  concernsAbout,
  type KnownBefore,
  type TypedValue,
  type TypedVitals,
} from '#shared/domain/vitals/plausible.ts';
import { takenAt } from '#shared/domain/vitals/taken-at.ts';
import { bodyMassIndex, inKeptUnit } from '#shared/domain/vitals/units.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { knownBefore, versionsAt } from './known.ts';
import { findObservation, freeMoment, type Observation, personOf, withCorrections } from './repository.ts';
import { readingsOf, type Seen } from './view.ts';

type Row = RowOf<'observation'>;
type Asked = Parsed<'vitals.record'>;

/** What the rows of one set have in common. */
type Common = Pick<
  Row,
  'patient_id' | 'encounter_id' | 'category' | 'status' | 'effective_at' | 'recorded_at' | 'recorded_by'
>;

/** Longest from today to a delivery: 42 weeks and a few days. */
const longestPregnancy = 300;
/** A delivery that was expected so many days ago is entered by mistake. */
const longestOverdue = 60;

/** Refuses what cannot be, and what is unlikely until somebody has confirmed it. */
export const accepted = (
  vitals: TypedVitals,
  before: KnownBefore,
  isConfirmed: (name: string) => boolean,
): Result<null> => {
  const concerns = Object.entries(concernsAbout(vitals, before));
  const refused = concerns.filter(([, { kind }]) => kind === 'refuse');
  if (refused.length > 0)
    return fail('invalid-input', {
      fields: Object.fromEntries(refused.map(([name, { reason }]) => [name, reason])),
    });
  const doubtful = concerns.filter(([name]) => !isConfirmed(name));
  return doubtful.length === 0
    ? ok(null)
    : fail('needs-confirming', {
        fields: Object.fromEntries(doubtful.map(([name, { reason }]) => [name, reason])),
      });
};

/** A number with the range it is held against. */
export const numberColumns = (name: MeasureName, value: string, { person, day }: KnownBefore) => {
  const range = normalRange(name, person, day);
  return {
    code: codeOf(name),
    value,
    unit: keptUnit(name),
    reference_low: range?.low ?? null,
    reference_high: range?.high ?? null,
    interpretation: interpret(value, range),
  };
};

/** The height that goes with a weight: of the same set, else an adult's last one. */
const heightFor = (vitals: TypedVitals, { person, day, height }: KnownBefore): string | null => {
  if (vitals.height) return inKeptUnit(vitals.height.value, vitals.height.unit);
  const months = person.birthDate === null ? null : monthsOld(person.birthDate, day);
  return months !== null && months >= 216 ? (height?.value ?? null) : null;
};

const indexOf = (vitals: TypedVitals, before: KnownBefore): string | null => {
  const height = heightFor(vitals, before);
  if (!vitals.weight || height === null) return null;
  return bodyMassIndex(inKeptUnit(vitals.weight.value, vitals.weight.unit), height);
};

/** The rows of a set; blood pressure is one panel with its components. */
const rowsOf = (
  { values, pregnancy, deliveryDate, note }: Asked,
  common: Common,
  before: KnownBefore,
  newId: () => string,
): readonly Row[] => {
  const row = (columns: Partial<Row> & Pick<Row, 'code'>): Row => ({
    ...blank('observation'),
    ...common,
    id: newId(),
    ...columns,
  });
  const panel = values.systolic || values.diastolic ? row({ code: bloodPressureCode }) : null;
  const number = (name: MeasureName, value: string) =>
    row({
      ...numberColumns(name, value, before),
      component_of: name === 'systolic' || name === 'diastolic' ? (panel?.id ?? null) : null,
    });
  const kept = ({ value, unit }: TypedValue) => inKeptUnit(value, unit);
  const index = indexOf(values as TypedVitals, before);
  const rows = [
    ...(panel ? [panel] : []),
    ...typedMeasures.flatMap((name) => {
      const typed = values[name];
      return typed ? [number(name, kept(typed))] : [];
    }),
    ...(index === null ? [] : [number('bmi', index)]),
    ...(pregnancy === null
      ? []
      : [row({ code: codeOf('pregnancy'), value_text: pregnancyAnswers[pregnancy] })]),
    ...(deliveryDate === null ? [] : [row({ code: codeOf('deliveryDate'), value_text: deliveryDate })]),
  ];
  return rows.map((one, place) => (place === 0 && note !== '' ? { ...one, note } : one));
};

const problems = ({ values, pregnancy, deliveryDate }: Asked, today: string): Record<string, string> => {
  if (Object.keys(values).length === 0 && pregnancy === null && deliveryDate === null)
    return { values: 'required' };
  const outside =
    deliveryDate !== null &&
    (deliveryDate > addDays(today, longestPregnancy) || deliveryDate < addDays(today, -longestOverdue));
  return outside ? { deliveryDate: 'delivery-date' } : {};
};

/** Who a patient is, as far as it decides what is normal; not ok when there is nobody of that id. */
export const seenOf = (
  { store, home }: Pick<FeatureDeps, 'store' | 'home'>,
  patientId: string,
): Seen | null => {
  const person = personOf(store, patientId);
  return person === undefined ? null : { person, timeZone: home().timeZone };
};

/** The moment of a wall time at the clinic, where it can have been one; null stays null. */
export const momentOf = (
  { clock }: Pick<FeatureDeps, 'clock'>,
  wall: string | null,
  { person: { birthDate }, timeZone }: Seen,
): Result<string | null> => {
  if (wall === null) return ok(null);
  const now = clock.now();
  const at = takenAt(wall, { now, today: dayAt(now, timeZone), timeZone, birthDate });
  return at.ok ? ok(instant(at.value)) : fail('invalid-input', { fields: { effectiveLocal: at.error } });
};

/** Writes a set of vitals in today's encounter, as one mutation. */
export const record = (deps: FeatureDeps, asked: Asked, { user }: Connection): Result<VitalSet> => {
  const { store, clock, newId, engine } = deps;
  const { patientId } = asked;
  const seen = seenOf(deps, patientId);
  if (user === null || seen === null) return fail('not-found');
  const at = momentOf(deps, asked.effectiveLocal, seen);
  if (!at.ok) return at;
  const before = knownBefore(deps, patientId, seen, { at: at.value });
  const fields = problems(asked, before.day);
  if (Object.keys(fields).length > 0) return fail('invalid-input', { fields });
  const fine = accepted(asked.values as TypedVitals, before, (name) =>
    (asked.confirmed as readonly string[]).includes(name),
  );
  if (!fine.ok) return fine;
  const now = instant(clock.now());
  const effectiveAt = at.value === null ? now : freeMoment(store, patientId, Date.parse(at.value));
  const { value: ids } = store.mutate({ kind: 'vitals.record', user: user.id }, (writer) => {
    const common: Common = {
      patient_id: patientId,
      encounter_id: encounterOf(deps, writer, { patientId, user }),
      category: 'vital-signs',
      status: 'final',
      effective_at: effectiveAt,
      recorded_at: now,
      recorded_by: user.id,
    };
    const rows = rowsOf(asked, common, before, newId);
    for (const row of rows) writer.insert('observation', row);
    return rows.map(({ id }) => id);
  });
  engine.wake();
  const rows = ids.flatMap((id) => findObservation(store, id) ?? []);
  return ok({ effectiveAt, readings: [...readingsOf(store, withCorrections(store, rows), seen)] });
};

/** A row in place of `row`, in the same set. */
export const inPlaceOf = (
  row: Observation,
  columns: Partial<Row>,
  made: Pick<Row, 'id' | 'recorded_at' | 'recorded_by'>,
): Row => {
  const { row_version: _, ...kept } = row;
  return { ...kept, ...made, corrects: row.id, ...columns };
};

/** The body mass index of a set follows its weight and height. */
export const followIndex = (
  writer: LocalWriter,
  { patient_id: patientId, effective_at: at }: Observation,
  before: KnownBefore,
  made: () => Pick<Row, 'id' | 'recorded_at' | 'recorded_by'>,
): void => {
  const standing = (name: MeasureName) =>
    versionsAt(writer, patientId, codeOf(name), at)
      .map((versions) => versions.at(-1) ?? versions[0])
      .find(({ status }) => status !== 'entered-in-error');
  const index = standing('bmi');
  if (index === undefined) return;
  const weight = standing('weight');
  const height = standing('height')?.value ?? before.height?.value ?? null;
  const value =
    weight?.value === undefined || weight.value === null || height === null
      ? null
      : bodyMassIndex(weight.value, height);
  if (value === index.value) return;
  writer.insert(
    'observation',
    value === null
      ? inPlaceOf(index, { value: null, status: 'entered-in-error', interpretation: null }, made())
      : inPlaceOf(index, { ...numberColumns('bmi', value, before), status: 'corrected' }, made()),
  );
};
