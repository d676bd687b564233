import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { inChart } from '#main/core/in-chart.ts';
import type { AllergyView, AllergyWords } from '#shared/contract/allergies.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { allergyState, isStanding } from '#shared/domain/allergies/allergy.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { fold } from '#shared/domain/patients/fold.ts';
import { comparePartialDates } from '#shared/domain/problems/partial-date.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { type AllergyRow, allergiesOf, findAllergy, patientStands } from './repository.ts';
import { allergyViews } from './view.ts';

type Columns = Partial<Omit<RowOf<'allergy_intolerance'>, 'id'>>;

const list = ({ store }: FeatureDeps, patientId: string): Output<'allergies.list'> => {
  const views = allergyViews(store, allergiesOf(store, patientId));
  const isNone = ({ codeKind }: AllergyView) => codeKind === 'none-known';
  return {
    state: allergyState(views),
    allergies: views.filter((view) => !isNone(view)),
    noneKnown: views.filter((view) => isNone(view) && isStanding(view)),
  };
};

const columnsOf = (words: AllergyWords) => ({
  substance: words.substance,
  code_kind: words.code === null ? 'other' : words.codeKind,
  code: words.codeKind === 'other' ? null : words.code,
  type: words.type,
  category: words.category,
  reaction: words.reaction || null,
  severity: words.severity,
  criticality: words.criticality,
  verification_status: words.verificationStatus,
  clinical_status: words.clinicalStatus,
  onset: words.onset,
  note: words.note || null,
});

const shown = ({ store }: FeatureDeps, id: string): Result<AllergyView> => {
  const row = findAllergy(store, id);
  const [view] = row === undefined ? [] : allergyViews(store, [row]);
  return view === undefined ? fail('not-found') : ok(view);
};

const sameSubstance = (words: AllergyWords, row: AllergyRow): boolean =>
  words.code !== null && row.code !== null
    ? words.code === row.code && words.codeKind === row.code_kind
    : fold(words.substance) === fold(row.substance);

const problems = (
  { store, clock, home }: FeatureDeps,
  patientId: string,
  words: AllergyWords,
  itself: string | null,
): Result<null> => {
  const today = dayAt(clock.now(), home().timeZone);
  if (words.onset !== null && comparePartialDates(words.onset, today) > 0)
    return fail('invalid-input', { fields: { onset: 'future' } });
  const others = allergiesOf(store, patientId).filter(
    (row) => row.id !== itself && row.code_kind !== 'none-known' && row.clinical_status === 'active',
  );
  return others.some((row) => sameSubstance(words, row))
    ? fail('invalid-input', { fields: { substance: 'already' } })
    : ok(null);
};

const withdrawn = (deps: FeatureDeps, user: Connection['user'], reason: string): Columns => ({
  voided_at: instant(deps.clock.now()),
  voided_by: user?.id ?? null,
  void_reason: reason,
});

const newRow = (
  { clock, newId }: FeatureDeps,
  patientId: string,
  user: Connection['user'],
  columns: Pick<RowOf<'allergy_intolerance'>, 'substance' | 'clinical_status' | 'verification_status'> &
    Columns,
): RowOf<'allergy_intolerance'> => ({
  ...blank('allergy_intolerance'),
  ...columns,
  id: newId(),
  patient_id: patientId,
  recorded_at: instant(clock.now()),
  recorded_by: user?.id ?? null,
});

const add = (
  deps: FeatureDeps,
  { patientId, allergy }: Parsed<'allergies.add'>,
  { user }: Connection,
): Result<AllergyView> => {
  const { store, engine } = deps;
  if (!patientStands(store, patientId)) return fail('not-found');
  const fine = problems(deps, patientId, allergy, null);
  if (!fine.ok) return fine;
  const row = newRow(deps, patientId, user, columnsOf(allergy));
  const contradicted = isStanding(allergy)
    ? allergiesOf(store, patientId).filter(({ code_kind }) => code_kind === 'none-known')
    : [];
  store.mutate({ kind: 'allergies.add', user: user?.id ?? null }, (writer) => {
    writer.insert('allergy_intolerance', row);
    for (const none of contradicted)
      writer.update('allergy_intolerance', none.id, withdrawn(deps, user, allergy.substance));
  });
  engine.wake();
  return shown(deps, row.id);
};

const update = (
  deps: FeatureDeps,
  kind: string,
  id: string,
  columns: Columns,
  { user }: Connection,
): void => {
  deps.store.mutate({ kind, user: user?.id ?? null }, (writer) =>
    writer.update('allergy_intolerance', id, columns),
  );
  deps.engine.wake();
};

/** One that was not withdrawn and is an allergy, not the statement that there are none. */
const findOne = ({ store }: FeatureDeps, id: string): AllergyRow | null => {
  const row = findAllergy(store, id);
  return row === undefined || row.code_kind === 'none-known' ? null : row;
};

const change = (
  deps: FeatureDeps,
  { id, allergy }: Parsed<'allergies.change'>,
  connection: Connection,
): Result<AllergyView> => {
  const row = findOne(deps, id);
  if (row === null) return fail('not-found');
  const fine = problems(deps, row.patient_id, allergy, id);
  if (!fine.ok) return fine;
  update(deps, 'allergies.change', id, columnsOf(allergy), connection);
  return shown(deps, id);
};

/** As much of a note as the column takes. */
const longestNote = 4000;

const refute = (
  deps: FeatureDeps,
  { id, reason }: Parsed<'allergies.refute'>,
  connection: Connection,
): Result<AllergyView> => {
  const row = findOne(deps, id);
  if (row === null) return fail('not-found');
  const note = [row.note, reason].filter(Boolean).join('\n');
  if (Array.from(note).length > longestNote) return fail('invalid-input', { fields: { reason: 'too-long' } });
  update(deps, 'allergies.refute', id, { verification_status: 'refuted', note }, connection);
  return shown(deps, id);
};

const withdraw = (
  deps: FeatureDeps,
  { id, reason }: Parsed<'allergies.withdraw'>,
  connection: Connection,
): Result<null> => {
  if (findAllergy(deps.store, id) === undefined) return fail('not-found');
  update(deps, 'allergies.withdraw', id, withdrawn(deps, connection.user, reason), connection);
  return ok(null);
};

const noneKnown = (
  deps: FeatureDeps,
  { patientId }: Parsed<'allergies.noneKnown'>,
  { user }: Connection,
): Result<AllergyView> => {
  const { store, engine } = deps;
  if (!patientStands(store, patientId)) return fail('not-found');
  const { state, noneKnown: said } = list(deps, patientId);
  if (state === 'some' || state === 'contradiction') return fail('allergies-recorded');
  const [first] = said;
  if (first !== undefined) return ok(first);
  const row = newRow(deps, patientId, user, {
    substance: 'No known allergies',
    code_kind: 'none-known',
    clinical_status: 'active',
    verification_status: 'confirmed',
  });
  store.mutate({ kind: 'allergies.noneKnown', user: user?.id ?? null }, (writer) =>
    writer.insert('allergy_intolerance', row),
  );
  engine.wake();
  return shown(deps, row.id);
};

const patientOf = ({ store }: FeatureDeps, id: string): string | undefined =>
  findAllergy(store, id)?.patient_id;

/** Allergies and intolerances, and the explicit statement that there are none. */
export const allergyHandlers = (
  deps: FeatureDeps,
): Handlers<
  | 'allergies.list'
  | 'allergies.add'
  | 'allergies.change'
  | 'allergies.refute'
  | 'allergies.withdraw'
  | 'allergies.noneKnown'
> => ({
  'allergies.list': ({ patientId }, { user }) =>
    inChart(deps, patientId, user, () => ok(list(deps, patientId))),
  'allergies.add': (input, connection) =>
    inChart(deps, input.patientId, connection.user, () => add(deps, input, connection)),
  'allergies.change': (input, connection) =>
    inChart(deps, patientOf(deps, input.id), connection.user, () => change(deps, input, connection)),
  'allergies.refute': (input, connection) =>
    inChart(deps, patientOf(deps, input.id), connection.user, () => refute(deps, input, connection)),
  'allergies.withdraw': (input, connection) =>
    inChart(deps, patientOf(deps, input.id), connection.user, () => withdraw(deps, input, connection)),
  'allergies.noneKnown': (input, connection) =>
    inChart(deps, input.patientId, connection.user, () => noneKnown(deps, input, connection)),
});
