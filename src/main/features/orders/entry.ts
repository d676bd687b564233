import { raiseProcedureCharge } from '#main/core/charges.ts';
import { chartAccess } from '#main/core/chart-access.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { recordsOf } from '#main/data/local/same-patient.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { NewResult } from '#shared/contract/orders.ts';
import { dayAt, resolveWallTime } from '#shared/domain/appointments/wall-time.ts';
import { analyteOf, loinc, testOf } from '#shared/domain/orders/catalogue.ts';
import { type ReadValue, readValue } from '#shared/domain/orders/entry.ts';
import {
  ageInMonths,
  flagOf,
  type ReportFlag,
  type Whose,
  worseOf,
} from '#shared/domain/orders/interpretation.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank } from '#shared/sync/catalogue.ts';
import {
  correctionsOf,
  findReport,
  findRequest,
  personOf,
  type ReportRow,
  type RequestRow,
} from './repository.ts';
import { reportViews } from './view.ts';

/** What is written as one report. */
export interface ReportToWrite {
  readonly patientId: string;
  readonly request: RequestRow | null;
  readonly corrects: ReportRow | null;
  readonly test: string | null;
  readonly display: string;
  readonly values: readonly ReadValue[];
  readonly conclusion: string;
  readonly performer: string;
  readonly effectiveAt: string;
  readonly requesterId: string | null;
  readonly flag: ReportFlag;
  readonly source: string | null;
}

/** Writes a report with its values, closes the request it answers and raises what that costs. Returns its id. */
export const writeReport = (
  deps: FeatureDeps,
  writer: LocalWriter,
  report: ReportToWrite,
  user: string | null,
): string => {
  const id = deps.newId();
  const at = instant(deps.clock.now());
  const test = report.test === null ? undefined : testOf(report.test);
  const encounter_id = report.request?.encounter_id ?? report.corrects?.encounter_id ?? null;
  const common = {
    patient_id: report.patientId,
    encounter_id,
    effective_at: report.effectiveAt,
    source: report.source,
    recorded_at: at,
    recorded_by: user,
  };
  const status = report.corrects === null ? 'final' : 'corrected';
  writer.insert('diagnostic_report', {
    ...blank('diagnostic_report'),
    ...common,
    id,
    service_request_id: report.request?.id ?? null,
    code_system: test ? loinc : null,
    code: test?.code ?? null,
    display: test?.name ?? report.display,
    status,
    abnormal: worseOf(flagOf(report.values.map(({ interpretation }) => interpretation)), report.flag),
    conclusion: report.conclusion || null,
    performer: report.performer || null,
    requester_id: report.requesterId,
    corrects: report.corrects?.id ?? null,
  });
  for (const value of report.values)
    writer.insert('observation', {
      ...blank('observation'),
      ...common,
      id: deps.newId(),
      report_id: id,
      category: 'laboratory',
      status,
      code: value.code,
      value: value.value,
      value_text: value.valueText,
      comparator: value.comparator,
      unit: value.unit,
      reference_low: value.bounds?.low ?? null,
      reference_high: value.bounds?.high ?? null,
      interpretation: value.interpretation,
    });
  if (report.request?.status === 'active') {
    writer.update('service_request', report.request.id, { status: 'completed' });
    const locationId = deps.store.workstation()?.locationId ?? null;
    raiseProcedureCharge(deps, writer, report.request, { locationId, user });
  }
  return id;
};

interface Values {
  readonly values: readonly ReadValue[];
  readonly problems: Readonly<Record<string, string>>;
  readonly unlikely: Readonly<Record<string, string>>;
}

/** Reads the values of a test; what is empty was not measured. */
const readValues = ({ test, values }: NewResult, whose: Whose): Values => {
  const known: readonly string[] = test === null ? [] : (testOf(test)?.analytes ?? []);
  const read: ReadValue[] = [];
  const problems: Record<string, string> = {};
  const unlikely: Record<string, string> = {};
  for (const typed of values) {
    if (typed.text === '') continue;
    const analyte = known.includes(typed.analyte) ? analyteOf(typed.analyte) : undefined;
    const result = analyte === undefined ? null : readValue(analyte, typed, whose);
    if (result === null) problems[typed.analyte] = 'invalid';
    else if (!result.ok) problems[typed.analyte] = result.problem;
    else {
      read.push(result.value);
      if (result.value.unlikely) unlikely[typed.analyte] = 'unlikely';
    }
  }
  return { values: read, problems, unlikely };
};

/** The report that is corrected, as long as it stands and is of the same person. */
const corrected = (deps: FeatureDeps, { corrects, patientId }: NewResult): Result<ReportRow | null> => {
  if (corrects === null) return ok(null);
  const row = findReport(deps.store, corrects);
  if (row === undefined || !recordsOf(deps.store, patientId).has(row.patient_id)) return fail('not-found');
  return correctionsOf(deps.store, [corrects]).has(corrects) ? fail('changed-meanwhile') : ok(row);
};

/** The request that is answered, as long as it waits; a correction answers the one its report answered. */
const answered = (
  deps: FeatureDeps,
  { requestId, patientId }: NewResult,
  old: ReportRow | null,
): Result<RequestRow | null> => {
  const id = old === null ? requestId : old.service_request_id;
  if (id === null) return ok(null);
  const row = findRequest(deps.store, id);
  if (row === undefined || !recordsOf(deps.store, patientId).has(row.patient_id)) return fail('not-found');
  return old === null && row.status !== 'active' ? fail('changed-meanwhile') : ok(row);
};

const momentOf = (deps: FeatureDeps, wall: string): Result<string> => {
  const at = resolveWallTime(wall, deps.home().timeZone);
  if (!at.ok) return fail('invalid-input', { fields: { effectiveLocal: 'invalid' } });
  return at.value > deps.clock.now()
    ? fail('invalid-input', { fields: { effectiveLocal: 'result-to-come' } })
    : ok(instant(at.value));
};

const accepted = (result: NewResult, { values, problems, unlikely }: Values): Result<null> => {
  const fields: Record<string, string> = { ...problems };
  if (values.length === 0 && result.conclusion === '' && Object.keys(problems).length === 0)
    fields.conclusion = 'result-empty';
  if (result.test === null && result.display === '') fields.display = 'required';
  if (Object.keys(fields).length > 0) return fail('invalid-input', { fields });
  return Object.keys(unlikely).length > 0 && !result.confirmed
    ? fail('needs-confirming', { fields: unlikely })
    : ok(null);
};

/** Enters a result: a report with its values, for a request or without one, or in place of an earlier report. */
export const enterResult = (
  deps: FeatureDeps,
  result: NewResult,
  { user }: Connection,
): Result<Output<'results.enter'>> => {
  const { store } = deps;
  const open = chartAccess(deps, result.patientId, user);
  if (!open.ok || user === null) return open.ok ? fail('not-signed-in') : open;
  const person = personOf(store, result.patientId);
  if (person === undefined) return fail('not-found');
  const old = corrected(deps, result);
  if (!old.ok) return old;
  const request = answered(deps, result, old.value);
  if (!request.ok) return request;
  const at = momentOf(deps, result.effectiveLocal);
  if (!at.ok) return at;
  const day = dayAt(Date.parse(at.value), deps.home().timeZone);
  const read = readValues(result, { sex: person.gender, ageMonths: ageInMonths(person.birth_date, day) });
  const fine = accepted(result, read);
  if (!fine.ok) return fine;
  const { value: id } = store.mutate({ kind: 'results.enter', user: user.id }, (writer) =>
    writeReport(
      deps,
      writer,
      {
        ...result,
        patientId: old.value?.patient_id ?? request.value?.patient_id ?? result.patientId,
        request: request.value,
        corrects: old.value,
        values: read.values,
        effectiveAt: at.value,
        requesterId:
          old.value?.requester_id ??
          request.value?.requester_id ??
          result.requesterId ??
          (user.role === 'doctor' ? user.practitionerId : null),
        source: null,
      },
      user.id,
    ),
  );
  deps.engine.wake();
  const row = findReport(store, id);
  const [view] = row === undefined ? [] : reportViews(store, [row], deps.home().timeZone);
  return view === undefined ? fail('not-found') : ok(view);
};
