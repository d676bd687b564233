import { accountNames, idsIn } from '#main/data/local/names.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type {
  DelegationView,
  FollowUpView,
  ReportView,
  ResultValue,
  ServiceRequestView,
} from '#shared/contract/orders.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { analyteOfCode, loinc, testOfCode } from '#shared/domain/orders/catalogue.ts';
import {
  ageInMonths,
  type Interpretation,
  interpretations,
  judgeValue,
  type ReportFlag,
  reportFlags,
  type Whose,
} from '#shared/domain/orders/interpretation.ts';
import {
  type RequestPriority,
  type RequestStatus,
  requestPriorities,
  requestStatuses,
} from '#shared/domain/orders/request.ts';
import type { PatientId, PractitionerId, TaskId } from '#shared/kernel/ids.ts';
import {
  conceptNames,
  correctionsOf,
  type DelegationRow,
  type FollowUpRow,
  type ObservationRow,
  personOf,
  type ReportRow,
  type RequestRow,
  readingsOf,
  valuesOf,
} from './repository.ts';

const nameOf = (...words: readonly (string | null)[]): string => words.filter(Boolean).join(' ');
const among = <T extends string>(known: readonly T[], code: string | null): T | null =>
  known.find((one) => one === code) ?? null;

const patientIn = (row: {
  readonly patient_id: string | null;
  readonly patient_family: string;
  readonly patient_given: string;
  readonly patient_mrn: string;
}) => ({
  patientId: row.patient_id as PatientId,
  patientName: nameOf(row.patient_family, row.patient_given),
  patientMrn: row.patient_mrn,
});

const requesterIn = (row: ReportRow | RequestRow) => ({
  requesterId: row.requester_id as PractitionerId | null,
  requesterName:
    row.requester_family === null
      ? null
      : nameOf(row.requester_prefix, row.requester_given, row.requester_family),
});

export const requestViews = (reader: LocalReader, rows: readonly RequestRow[]): ServiceRequestView[] => {
  const uncertain = reader.uncertain(
    'service_request',
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id,
    ...patientIn(row),
    test: testOfCode(row.code)?.key ?? null,
    display: row.display,
    status: among<RequestStatus>(requestStatuses, row.status) ?? 'unknown',
    statusReason: row.status_reason,
    priority: among<RequestPriority>(requestPriorities, row.priority) ?? 'routine',
    reason: row.reason ?? '',
    note: row.note ?? '',
    ...requesterIn(row),
    authoredAt: row.authored_at,
    certainty: uncertain.get(row.id) ?? 'confirmed',
  }));
};

/** What is normal for a person on the day of a value. */
export const whoseOn = (
  reader: LocalReader,
  patientId: string,
  timeZone: string,
): ((effectiveAt: string) => Whose) => {
  const person = personOf(reader, patientId);
  return (effectiveAt) => ({
    sex: person?.gender ?? 'unknown',
    ageMonths: ageInMonths(person?.birth_date ?? null, dayAt(Date.parse(effectiveAt), timeZone)),
  });
};

/** The range a value came with and what was said of it; of one that came with neither, what our tables say. */
const judged = (row: ObservationRow, whose: Whose) => {
  const said = among<Interpretation>(interpretations, row.interpretation);
  const given = { low: row.reference_low, high: row.reference_high, interpretation: said };
  if (said !== null || given.low !== null || given.high !== null || row.value === null) return given;
  const analyte = analyteOfCode(row.code);
  if (analyte?.kind !== 'number' || row.unit === null) return given;
  const value = {
    value: row.value,
    unit: row.unit,
    comparator: among(['<', '<=', '>=', '>'] as const, row.comparator),
  };
  const { bounds, interpretation } = judgeValue(analyte, value, whose);
  return { low: bounds?.low ?? null, high: bounds?.high ?? null, interpretation };
};

export const resultValues = (
  reader: LocalReader,
  rows: readonly ObservationRow[],
  whose: (row: ObservationRow) => Whose,
): readonly (ResultValue & { readonly row: ObservationRow })[] => {
  const unknown = rows.flatMap(({ code }) => (analyteOfCode(code) === undefined ? [code] : []));
  const concepts = conceptNames(reader, loinc, [...new Set(unknown)]);
  return rows.map((row) => {
    const analyte = analyteOfCode(row.code);
    return {
      row,
      id: row.id,
      code: row.code,
      analyte: analyte?.key ?? null,
      name: analyte?.name ?? concepts.get(row.code) ?? row.code,
      value: row.value,
      valueText: row.value_text,
      comparator: among(['<', '<=', '>=', '>'] as const, row.comparator),
      unit: row.unit,
      ...judged(row, whose(row)),
    };
  });
};

const plain = ({ row: _, ...value }: ResultValue & { readonly row: ObservationRow }): ResultValue => value;

/** Reports as the contract shows them; a handful of questions however many there are. */
export const reportViews = (
  reader: LocalReader,
  rows: readonly ReportRow[],
  timeZone: string,
): ReportView[] => {
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const uncertain = reader.uncertain('diagnostic_report', ids);
  const corrections = correctionsOf(reader, ids);
  const readings = readingsOf(reader, ids);
  const people = new Map(
    [...new Set(rows.map((row) => row.patient_id))].map((id) => [id, whoseOn(reader, id, timeZone)]),
  );
  const values = Map.groupBy(
    resultValues(reader, valuesOf(reader, ids), (row) => {
      const whose = people.get(row.patient_id);
      return whose?.(row.effective_at) ?? { sex: 'unknown', ageMonths: null };
    }),
    ({ row }) => row.report_id,
  );
  const accounts = accountNames(
    reader,
    idsIn([...rows.map((row) => row.recorded_by), ...[...readings.values()].map((row) => row.recorded_by)]),
  );
  const account = (id: string | null) => (id === null ? null : (accounts.get(id) ?? null));
  return rows.map((row) => {
    const read = readings.get(row.id);
    return {
      id: row.id,
      ...patientIn(row),
      requestId: row.service_request_id,
      test: testOfCode(row.code)?.key ?? null,
      display: row.display,
      flag: among<NonNullable<ReportFlag>>(reportFlags, row.abnormal),
      conclusion: row.conclusion,
      performer: row.performer,
      ...requesterIn(row),
      effectiveAt: row.effective_at,
      recordedAt: row.recorded_at,
      recordedBy: account(row.recorded_by),
      isCorrection: row.corrects !== null,
      correctedBy: corrections.get(row.id) ?? null,
      read: read ? { at: read.recorded_at, by: account(read.recorded_by), note: read.note } : null,
      values: (values.get(row.id) ?? []).map(plain),
      certainty: uncertain.get(row.id) ?? 'confirmed',
    };
  });
};

export const followUpViews = (reader: LocalReader, rows: readonly FollowUpRow[]): FollowUpView[] => {
  const uncertain = reader.uncertain(
    'task',
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id as TaskId,
    ...patientIn(row),
    text: row.reason,
    dueDate: row.due_date,
    ownerId: row.owner_practitioner_id as PractitionerId | null,
    ownerName:
      row.requester_family === null
        ? null
        : nameOf(row.requester_prefix, row.requester_given, row.requester_family),
    reportId: row.focus_id,
    display: row.display,
    restricted: false,
    createdAt: row.created_at,
    certainty: uncertain.get(row.id) ?? 'confirmed',
  }));
};

export const delegationViews = (reader: LocalReader, rows: readonly DelegationRow[]): DelegationView[] => {
  const uncertain = reader.uncertain(
    'delegation',
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id,
    practitionerId: row.practitioner_id as PractitionerId,
    practitionerName: row.practitioner_name,
    delegateId: row.delegate_id as PractitionerId,
    delegateName: row.delegate_name,
    startDate: row.start_date,
    endDate: row.end_date,
    certainty: uncertain.get(row.id) ?? 'confirmed',
  }));
};
