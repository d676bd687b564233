import { z } from 'zod';
import { type TestKey, testKeys } from '#shared/domain/orders/catalogue.ts';
import { comparators, interpretations, reportFlags } from '#shared/domain/orders/interpretation.ts';
import { requestPriorities, requestStatuses } from '#shared/domain/orders/request.ts';
import { PatientId, PractitionerId, TaskId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';

const day = z.iso.date();
const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'characters');
const someText = (most: number) => text(most).min(1, 'required');
const test = z.enum(testKeys as [TestKey, ...TestKey[]]);
/** Where the next page begins. */
const before = z.string().max(100).nullable();

export const ServiceRequestView = z.object({
  id: z.guid(),
  patientId: PatientId,
  patientName: z.string(),
  patientMrn: z.string(),
  /** Null for a test requested in words. */
  test: test.nullable(),
  display: z.string(),
  status: z.enum(requestStatuses),
  statusReason: z.string().nullable(),
  priority: z.enum(requestPriorities),
  reason: z.string(),
  note: z.string(),
  requesterId: PractitionerId.nullable(),
  requesterName: z.string().nullable(),
  authoredAt: z.string(),
  certainty,
});
export type ServiceRequestView = z.infer<typeof ServiceRequestView>;

export const ResultValue = z.object({
  id: z.guid(),
  /** LOINC; null for the value of a test in words. */
  code: z.string(),
  /** Of our catalogue; null when it does not know the code. */
  analyte: z.string().nullable(),
  name: z.string(),
  value: z.string().nullable(),
  valueText: z.string().nullable(),
  comparator: z.enum(comparators).nullable(),
  unit: z.string().nullable(),
  low: z.string().nullable(),
  high: z.string().nullable(),
  interpretation: z.enum(interpretations).nullable(),
});
export type ResultValue = z.infer<typeof ResultValue>;

export const ReportView = z.object({
  id: z.guid(),
  patientId: PatientId,
  patientName: z.string(),
  patientMrn: z.string(),
  requestId: z.guid().nullable(),
  test: test.nullable(),
  display: z.string(),
  flag: z.enum(reportFlags).nullable(),
  conclusion: z.string().nullable(),
  performer: z.string().nullable(),
  requesterId: PractitionerId.nullable(),
  requesterName: z.string().nullable(),
  effectiveAt: z.string(),
  recordedAt: z.string(),
  recordedBy: z.string().nullable(),
  /** Takes the place of an earlier report. */
  isCorrection: z.boolean(),
  /** Another report has taken its place. */
  correctedBy: z.guid().nullable(),
  /** Who read it; null: nobody here has said so. */
  read: z.object({ at: z.string(), by: z.string().nullable(), note: z.string().nullable() }).nullable(),
  values: z.array(ResultValue),
  certainty,
});
export type ReportView = z.infer<typeof ReportView>;

const InboxItem = z.object({
  report: ReportView,
  /** `own`, `delegated` by who is away, or `nobody`: who asked for it is not known or reads no results here. */
  whose: z.enum(['own', 'delegated', 'nobody']),
  /** The chart is restricted and no reason was given: neither the test nor what came of it is shown. */
  restricted: z.boolean(),
});
export type InboxItem = z.infer<typeof InboxItem>;

export const FollowUpView = z.object({
  id: TaskId,
  patientId: PatientId,
  patientName: z.string(),
  patientMrn: z.string(),
  text: z.string(),
  dueDate: z.string().nullable(),
  ownerId: PractitionerId.nullable(),
  ownerName: z.string().nullable(),
  reportId: z.guid().nullable(),
  display: z.string().nullable(),
  /** The chart is restricted and no reason was given: neither what is to be done nor about what is said. */
  restricted: z.boolean(),
  createdAt: z.string(),
  certainty,
});
export type FollowUpView = z.infer<typeof FollowUpView>;

export const DelegationView = z.object({
  id: z.guid(),
  practitionerId: PractitionerId,
  practitionerName: z.string(),
  delegateId: PractitionerId,
  delegateName: z.string(),
  startDate: z.string(),
  endDate: z.string(),
  certainty,
});
export type DelegationView = z.infer<typeof DelegationView>;

/** A value as it was typed; `text` may have a comparator and a decimal comma. Empty: it was not measured. */
export const TypedValue = z.object({
  analyte: z.string().max(64),
  text: text(1000),
  unit: z.string().max(50).nullable(),
});
export type TypedValue = z.infer<typeof TypedValue>;

export const NewResult = z.object({
  patientId: PatientId,
  /** What was asked for; null for a result nobody here asked for. */
  requestId: z.guid().nullable(),
  /** Null for a test in words, which has a conclusion and no values. */
  test: test.nullable(),
  display: text(200),
  values: z.array(TypedValue).max(50),
  conclusion: text(4000),
  performer: text(200),
  /** At the site, `YYYY-MM-DDTHH:MM`. */
  effectiveLocal: z.iso.datetime({ local: true, precision: -1 }),
  /** Who asked for it, where there is no request here that says so. */
  requesterId: PractitionerId.nullable(),
  /** What it comes to, as who enters it sees it; what the values say goes before it. */
  flag: z.enum(reportFlags).nullable(),
  /** The report this one takes the place of. */
  corrects: z.guid().nullable(),
  /** Unlikely values were looked at again. */
  confirmed: z.boolean(),
});
export type NewResult = z.infer<typeof NewResult>;

export const ResultImportProblem = z.object({
  line: z.number().int(),
  code: z.enum([
    'malformed-row',
    'missing-column',
    'missing-value',
    'unknown-patient',
    'unknown-test',
    'impossible-date',
    'not-a-number',
    'two-numbers',
    'negative',
    'impossible',
    'unknown-unit',
    'unknown-answer',
    'unlikely',
    'already-here',
    'report-refused',
  ]),
  column: z.string().nullable(),
});
export type ResultImportProblem = z.infer<typeof ResultImportProblem>;

export const orderCalls = defineCalls({
  /** Asks for tests, each a request of its own. */
  'orders.request': {
    kind: 'command',
    needs: 'order.create',
    input: z.object({
      patientId: PatientId,
      tests: z
        .array(z.union([test, z.object({ words: someText(200) })]))
        .min(1, 'required')
        .max(20),
      priority: z.enum(requestPriorities),
      reason: text(1000),
      note: text(4000),
    }),
    output: z.array(ServiceRequestView),
  },
  /** Takes a request back that no result has answered. */
  'orders.cancel': {
    kind: 'command',
    needs: 'order.void',
    input: z.object({ id: z.guid(), reason: someText(1000) }),
    output: ServiceRequestView,
  },
  /** Requests nobody has answered, the most urgent and then the oldest first; of one patient or of all. */
  'orders.open': {
    kind: 'query',
    needs: 'order.read',
    input: z.object({ patientId: PatientId.nullable() }),
    output: z.object({ requests: z.array(ServiceRequestView), more: z.boolean() }),
  },
  /** Enters a result, or one in place of another. Fails with `needs-confirming` when a value is unlikely. */
  'results.enter': { kind: 'command', needs: 'result.create', input: NewResult, output: ReportView },
  /** Results from a CSV file: see docs/results-csv.md. What cannot be taken is told by line; the rest is entered. */
  'results.import': {
    kind: 'command',
    needs: 'result.create',
    input: z.object({ csv: z.string().max(2_000_000) }),
    output: z.object({
      reports: z.number().int(),
      values: z.number().int(),
      problems: z.array(ResultImportProblem),
      problemCount: z.number().int(),
    }),
  },
  /** What waits for the signed-in doctor: critical first, then abnormal, then the oldest. */
  'results.inbox': {
    kind: 'query',
    needs: 'result.approve',
    input: z.object({}),
    output: z.object({ items: z.array(InboxItem), more: z.boolean() }),
  },
  /** How many reports wait, and how many of them are critical. */
  'results.waiting': {
    kind: 'query',
    needs: 'result.approve',
    input: z.object({}),
    output: z.object({ reports: z.number().int(), critical: z.number().int(), followUps: z.number().int() }),
  },
  /** Says that a report was read, with what is to be done about it or nothing. */
  'results.acknowledge': {
    kind: 'command',
    needs: 'result.approve',
    input: z.object({
      reportId: z.guid(),
      note: text(1000),
      followUp: z
        .object({ text: someText(1000), dueDate: day, ownerId: PractitionerId.nullable() })
        .nullable(),
    }),
    output: ReportView,
  },
  /** What the signed-in doctor has to do about results, the soonest due first. */
  'results.followUps': {
    kind: 'query',
    needs: 'result.approve',
    input: z.object({}),
    output: z.array(FollowUpView),
  },
  'results.followUpDone': {
    kind: 'command',
    needs: 'result.approve',
    input: z.object({ id: TaskId }),
    output: FollowUpView,
  },
  /** Reports of a patient, the newest first, twenty at a time. */
  'results.ofPatient': {
    kind: 'query',
    needs: 'result.read',
    input: z.object({ patientId: PatientId, before, limit: z.number().int().min(1).max(50) }),
    output: z.object({ reports: z.array(ReportView), next: z.string().nullable() }),
  },
  /** Values of one kind of a patient over time, the newest first. */
  'results.trend': {
    kind: 'query',
    needs: 'result.read',
    input: z.object({ patientId: PatientId, code: z.string().max(20), before }),
    output: z.object({
      values: z.array(ResultValue.extend({ effectiveAt: z.string() })),
      next: z.string().nullable(),
    }),
  },
  /** Who reads whose results when: what the signed-in doctor gave away or was given, today and to come. */
  'results.delegations': {
    kind: 'query',
    needs: 'result.approve',
    input: z.object({}),
    output: z.array(DelegationView),
  },
  'results.delegate': {
    kind: 'command',
    needs: 'result.approve',
    input: z.object({ delegateId: PractitionerId, startDate: day, endDate: day }),
    output: DelegationView,
  },
  'results.endDelegation': {
    kind: 'command',
    needs: 'result.approve',
    input: z.object({ id: z.guid() }),
    output: DelegationView,
  },
});
