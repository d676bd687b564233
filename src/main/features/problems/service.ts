import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { encounterOf } from '#main/core/encounter.ts';
import { inChart } from '#main/core/in-chart.ts';
import { accountNames, idsIn } from '#main/data/local/names.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { ProblemView, ProblemWords } from '#shared/contract/problems.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { conceptId } from '#shared/domain/concepts/concept.ts';
import {
  type ClinicalStatus,
  clinicalStatuses,
  isGoingOn,
  nextClinical,
  nextVerification,
  problemProblems,
  verificationStatuses,
} from '#shared/domain/problems/problem.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { birthDateOf, findProblem, type ProblemRow, problemsOf, retiredAmong } from './repository.ts';

const clinicalOf = (row: ProblemRow): ClinicalStatus =>
  clinicalStatuses.find((status) => status === row.clinical_status) ?? 'active';

/** The concept a coded problem names. */
const conceptOf = ({ code_system, code }: ProblemRow): string | null =>
  code_system === null || code === null ? null : conceptId(code_system, code);

const views = ({ store }: FeatureDeps, rows: readonly ProblemRow[]): readonly ProblemView[] => {
  const uncertain = store.uncertain(
    'condition',
    rows.map(({ id }) => id),
  );
  const names = accountNames(store, idsIn(rows.map((row) => row.recorded_by)));
  const retired = new Map(
    retiredAmong(store, idsIn(rows.map(conceptOf))).map(({ id, edition }) => [id, edition ?? '']),
  );
  return rows.map((row) => ({
    id: row.id,
    patientId: row.patient_id as PatientId,
    display: row.display,
    codeSystem: row.code_system,
    code: row.code,
    clinicalStatus: clinicalOf(row),
    verificationStatus: row.verification_status,
    severity: row.severity as ProblemView['severity'],
    onset: row.onset,
    abatement: row.abatement,
    note: row.note ?? '',
    notIn: retired.get(conceptOf(row) ?? '') ?? null,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by === null ? null : (names.get(row.recorded_by) ?? null),
    certainty: uncertain.get(row.id) ?? 'confirmed',
  }));
};

const isNow = ({ clinicalStatus, verificationStatus }: ProblemView) =>
  isGoingOn(clinicalStatus) && verificationStatus !== 'refuted';

const list = (deps: FeatureDeps, patientId: string): ProblemView[] =>
  views(deps, problemsOf(deps.store, patientId)).toSorted(
    (a, b) => Number(isNow(b)) - Number(isNow(a)) || (b.onset ?? '').localeCompare(a.onset ?? ''),
  );

const columnsOf = (words: ProblemWords) => ({
  code_system: words.code === null ? null : words.codeSystem,
  code: words.codeSystem === null ? null : words.code,
  display: words.display,
  clinical_status: words.clinicalStatus,
  verification_status: words.verificationStatus,
  severity: words.severity,
  onset: words.onset,
  abatement: words.abatement,
  note: words.note || null,
});

const checked = (
  { store, clock, home }: FeatureDeps,
  patientId: string,
  words: ProblemWords,
): Result<null> => {
  const patient = birthDateOf(store, patientId);
  if (patient === undefined) return fail('not-found');
  const fields = problemProblems(words, patient.birthDate, dayAt(clock.now(), home().timeZone));
  return Object.keys(fields).length > 0 ? fail('invalid-input', { fields }) : ok(null);
};

const shown = (deps: FeatureDeps, id: string): Result<ProblemView> => {
  const row = findProblem(deps.store, id);
  const [view] = row === undefined ? [] : views(deps, [row]);
  return view === undefined ? fail('not-found') : ok(view);
};

const add = (
  deps: FeatureDeps,
  { patientId, problem }: Parsed<'problems.add'>,
  { user }: Connection,
): Result<ProblemView> => {
  const fine = checked(deps, patientId, problem);
  if (!fine.ok) return fine;
  if (user === null) return fail('not-signed-in');
  const id = deps.newId();
  deps.store.mutate({ kind: 'problems.add', user: user.id }, (writer) =>
    writer.insert('condition', {
      ...blank('condition'),
      ...columnsOf(problem),
      id,
      patient_id: patientId,
      encounter_id: encounterOf(deps, writer, { patientId, user }),
      recorded_at: instant(deps.clock.now()),
      recorded_by: user.id,
    }),
  );
  deps.engine.wake();
  return shown(deps, id);
};

/** What another program wrote may be none of our statuses: from there everything may be said. */
const mayBecome = (row: ProblemRow, words: ProblemWords): Readonly<Record<string, string>> => {
  const before = verificationStatuses.find((status) => status === row.verification_status);
  return {
    ...(nextClinical(clinicalOf(row)).includes(words.clinicalStatus) ? {} : { clinicalStatus: 'transition' }),
    ...(before === undefined || nextVerification(before).includes(words.verificationStatus)
      ? {}
      : { verificationStatus: 'transition' }),
  };
};

const change = (
  deps: FeatureDeps,
  { id, problem }: Parsed<'problems.change'>,
  { user }: Connection,
): Result<ProblemView> => {
  const row = findProblem(deps.store, id);
  if (row === undefined) return fail('not-found');
  const fields = mayBecome(row, problem);
  if (Object.keys(fields).length > 0) return fail('invalid-input', { fields });
  const fine = checked(deps, row.patient_id, problem);
  if (!fine.ok) return fine;
  deps.store.mutate({ kind: 'problems.change', user: user?.id ?? null }, (writer) =>
    writer.update('condition', id, columnsOf(problem)),
  );
  deps.engine.wake();
  return shown(deps, id);
};

const withdraw = (
  deps: FeatureDeps,
  { id, reason }: Parsed<'problems.withdraw'>,
  { user }: Connection,
): Result<null> => {
  const row = findProblem(deps.store, id);
  if (row === undefined) return fail('not-found');
  deps.store.mutate({ kind: 'problems.withdraw', user: user?.id ?? null }, (writer) =>
    writer.update('condition', id, {
      verification_status: 'entered-in-error',
      voided_at: instant(deps.clock.now()),
      voided_by: user?.id ?? null,
      void_reason: reason,
    }),
  );
  deps.engine.wake();
  return ok(null);
};

const patientOf = ({ store }: FeatureDeps, id: string): string | undefined =>
  findProblem(store, id)?.patient_id;

/** The problem list of a patient. */
export const problemHandlers = (
  deps: FeatureDeps,
): Handlers<'problems.list' | 'problems.add' | 'problems.change' | 'problems.withdraw'> => ({
  'problems.list': ({ patientId }, { user }) =>
    inChart(deps, patientId, user, () => ok(list(deps, patientId))),
  'problems.add': (input, connection) =>
    inChart(deps, input.patientId, connection.user, () => add(deps, input, connection)),
  'problems.change': (input, connection) =>
    inChart(deps, patientOf(deps, input.id), connection.user, () => change(deps, input, connection)),
  'problems.withdraw': (input, connection) =>
    inChart(deps, patientOf(deps, input.id), connection.user, () => withdraw(deps, input, connection)),
});
