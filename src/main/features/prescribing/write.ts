import type { Connection } from '#main/core/dispatch.ts';
import { encounterOf } from '#main/core/encounter.ts';
import { recordsOf } from '#main/data/local/same-patient.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { sheetNumber } from '#shared/domain/prescribing/number.ts';
import { isGrave, unanswered } from '#shared/domain/prescribing/override.ts';
import { mayChange } from '#shared/domain/prescribing/prescription.ts';
import { sigOf } from '#shared/domain/prescribing/sig.ts';
import type { Finding } from '#shared/domain/safety/finding.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { holding, standingOf, stateOn } from './chains.ts';
import { checkedText, checkLines, recordIssues } from './checks.ts';
import type { PrescribingDeps } from './deps.ts';
import { type ReadLine, readLines } from './lines.ts';
import { closeRequests, requestsAnswered } from './renewals.ts';
import { isProblemOf, type PrescriptionRow, patientStands, prescriptionsById } from './repository.ts';
import { nextVersion } from './steps.ts';
import { prescriptionViews } from './view.ts';

type Input = Parsed<'prescriptions.write'>;
type Row = RowOf<'medication_request'>;

/** A line with the version it answers and what the checks say of it. */
interface Planned {
  readonly line: ReadLine;
  readonly before: PrescriptionRow | null;
  readonly findings: readonly Finding[];
}

/** The version of this person's that a line renews or changes, when that may be done. */
const answeredBy = (
  deps: PrescribingDeps,
  line: ReadLine,
  patientId: string,
): Result<PrescriptionRow | null> => {
  if (line.answers === null) return ok(null);
  const found = holding(deps.store, line.answers.id);
  if (!found.ok) return found;
  if (!recordsOf(deps.store, patientId).has(found.value.row.patient_id)) return fail('not-found');
  const state = stateOn(standingOf(found.value.row), todayOf(deps));
  const may = line.answers.kind === 'change' ? mayChange(state) : state !== 'entered-in-error';
  return may ? ok(found.value.row) : fail('changed-meanwhile');
};

const todayOf = ({ clock, home }: PrescribingDeps): string => dayAt(clock.now(), home().timeZone);

/** Reads, checks and weighs; nothing is written yet. */
const plan = (deps: PrescribingDeps, input: Input): Result<readonly Planned[]> => {
  if (!patientStands(deps.store, input.patientId)) return fail('not-found');
  const lines = readLines(deps.store, input.lines);
  if (!lines.ok) return lines;
  const before: (PrescriptionRow | null)[] = [];
  for (const line of lines.value) {
    if (line.conditionId !== null && !isProblemOf(deps.store, line.conditionId, input.patientId))
      return fail('not-found');
    const found = answeredBy(deps, line, input.patientId);
    if (!found.ok) return found;
    before.push(found.value);
  }
  const checked = input.sign ? checkLines(deps, input.patientId, lines.value) : ok([]);
  if (!checked.ok) return checked;
  if (unanswered(checked.value, input.overrides).length > 0) return fail('override-needed');
  return ok(
    lines.value.map((line, index) => ({
      line,
      before: before[index] ?? null,
      findings: checked.value[index] ?? [],
    })),
  );
};

const saidColumns = (line: ReadLine, language: Input['language']) => ({
  medication: line.medication,
  dosage: sigOf(language, line),
  medicine_id: line.medicineId,
  ingredients: line.medicine.ingredients.length === 0 ? null : JSON.stringify(line.medicine.ingredients),
  form: line.form,
  strength: line.strength,
  dose_value: line.doseValue,
  dose_unit: line.doseUnit,
  route: line.route,
  frequency: line.frequency,
  as_needed: line.asNeeded ? (1 as const) : (0 as const),
  as_needed_for: line.asNeededFor,
  max_per_day: line.maxPerDay,
  duration_value: line.duration?.value ?? null,
  duration_unit: line.duration?.unit ?? null,
  quantity: line.quantity,
  quantity_unit: line.quantityUnit,
  quantity_computed: line.quantityComputed ? (1 as const) : (0 as const),
  repeats: line.repeats,
  indication: line.indication,
  condition_id: line.conditionId,
  note: line.note,
  start_date: line.startDate,
  end_date: line.endDate,
});

/** What all lines signed at once have in common. */
interface Signing {
  readonly input: Input;
  readonly user: SignedInUser;
  readonly encounterId: string;
  readonly number: string | null;
  readonly at: string;
}

/** A change goes on in the record its prescription is in, also where that one was merged since. */
const rowOf = (id: string, { line, before, findings }: Planned, signing: Signing): Row => {
  const { input, user, encounterId, number, at } = signing;
  const isChange = line.answers?.kind === 'change';
  return {
    ...blank('medication_request'),
    ...saidColumns(line, input.language),
    id,
    patient_id: isChange && before ? before.patient_id : input.patientId,
    parent_id: isChange && before ? before.id : null,
    renews_id: isChange ? (before?.renews_id ?? null) : (before?.id ?? null),
    status: input.sign ? 'active' : 'draft',
    requester_id: user.practitionerId,
    signed_at: input.sign ? at : null,
    created_at: at,
    created_by: user.id,
    encounter_id: encounterId,
    checked: input.sign ? checkedText(findings, at) : null,
    number: input.sign ? number : null,
  };
};

/** What is renewed is over from then on, so that nobody takes it twice. */
const endRenewed = (deps: PrescribingDeps, writer: LocalWriter, planned: Planned, signing: Signing) => {
  const { before, line } = planned;
  if (before === null || line.answers?.kind !== 'renew' || !signing.input.sign) return;
  const state = stateOn(standingOf(before), todayOf(deps));
  if (state !== 'active' && state !== 'on-hold') return;
  writer.insert('medication_request', {
    ...nextVersion(before, { id: deps.newId(), at: signing.at, user: signing.user }),
    status: 'completed',
    status_reason: null,
  });
};

const writeAll = (
  deps: PrescribingDeps,
  planned: readonly Planned[],
  input: Input,
  user: SignedInUser,
): readonly string[] => {
  const at = instant(deps.clock.now());
  const number = sheetNumber(deps.store.workstation()?.deviceNo ?? 0, deps.clock.now());
  // What patients asked for is answered by what is signed, wherever the doctor began it.
  const asked = input.sign
    ? requestsAnswered(
        deps,
        input.patientId,
        planned.flatMap(({ line, before }) => (line.answers?.kind === 'renew' && before ? [before.id] : [])),
      )
    : [];
  const answering = { accountId: user.id, practitionerId: user.practitionerId, overrides: input.overrides };
  const { value } = deps.store.mutate({ kind: 'prescription.write', user: user.id }, (writer) => {
    const encounterId = encounterOf(deps, writer, { patientId: input.patientId, user });
    const signing = { input, user, encounterId, number, at };
    closeRequests(deps, writer, asked, user.id);
    return planned.map((one, line) => {
      const row = rowOf(deps.newId(), one, signing);
      writer.insert('medication_request', row);
      endRenewed(deps, writer, one, signing);
      const about = { patientId: row.patient_id, prescriptionId: row.id, line };
      recordIssues(deps, writer, about, one.findings, answering);
      return row.id;
    });
  });
  deps.engine.wake();
  return value;
};

/**
 * Signs prescriptions, or keeps drafts. What the screen found is not trusted: everything is checked here, and once more
 * after the PIN was looked at, since that takes a moment in which other things may happen.
 */
export const write = async (
  deps: PrescribingDeps,
  input: Input,
  { user }: Connection,
): Promise<Result<Output<'prescriptions.write'>>> => {
  if (user === null) return fail('not-signed-in');
  if (user.practitionerId === null) return fail('not-permitted');
  let planned = plan(deps, input);
  if (!planned.ok) return planned;
  if (planned.value.some(({ findings }) => findings.some(isGrave))) {
    if (!input.pin) return fail('invalid-input', { fields: { pin: 'required' } });
    const right = await deps.checkPin(user, input.pin);
    if (!right.ok) return right;
    planned = plan(deps, input);
    if (!planned.ok) return planned;
  }
  const ids = writeAll(deps, planned.value, input, user);
  const rows = prescriptionsById(deps.store, ids);
  return ok([
    ...prescriptionViews(
      deps.store,
      ids.flatMap((id) => rows.get(id) ?? []),
      todayOf(deps),
    ),
  ]);
};
