import type { CallName, Contract } from '#shared/contract/contract.ts';
import type { TableName } from '#shared/sync/catalogue.ts';

/** Calls that only read. */
export type QueryName = {
  readonly [N in CallName]: Contract[N]['kind'] extends 'query' ? N : never;
}[CallName];

/** Calls that change something. */
export type CommandName = Exclude<CallName, QueryName>;

const boardTables: readonly TableName[] = [
  'appointment',
  'schedule',
  'schedule_exception',
  'visit_type',
  'practitioner',
  'location',
  'patient',
  'slot_hold',
];

/** Results are read in a chart that may be restricted. */
const resultTables: readonly TableName[] = [
  'diagnostic_report',
  'observation',
  'result_acknowledgement',
  'concept',
  'patient',
  'practitioner',
  'staff_account',
  'flag',
  'break_glass',
];
const inboxTables: readonly TableName[] = [...resultTables, 'delegation', 'task'];

/** The tables each query's answer depends on: when one of them changes, the answer is fetched again. */
export const reads: Readonly<Record<QueryName, readonly TableName[]>> = {
  'app.info': ['location'],
  'session.current': ['staff_account'],
  'session.pin': ['staff_account'],
  'sync.status': [],
  'sync.outbox': ['patient', 'appointment', 'task'],
  'sync.parked': ['patient', 'appointment'],
  'sync.history': ['patient', 'appointment'],
  'patients.search': ['patient', 'patient_telecom', 'patient_identifier'],
  'patients.get': ['patient'],
  'patients.particulars': [
    'patient',
    'patient_telecom',
    'patient_identifier',
    'coverage',
    'consent',
    'patient_photo',
    'staff_account',
  ],
  'patients.similar': ['patient', 'patient_telecom', 'patient_identifier'],
  'patients.mergePreview': [
    'patient',
    'appointment',
    'patient_telecom',
    'patient_identifier',
    'coverage',
    'consent',
    'patient_photo',
  ],
  'patients.possibleDuplicates': ['patient', 'patient_link', 'patient_telecom', 'patient_identifier'],
  'patients.appointments': ['appointment', 'practitioner', 'location', 'patient'],
  'practitioners.list': ['practitioner', 'schedule'],
  'practitioners.locations': ['location', 'schedule'],
  'appointments.board': boardTables,
  'appointments.week': boardTables,
  'appointments.phoneList': ['appointment', 'patient', 'patient_telecom', 'practitioner', 'location'],
  'appointments.get': ['appointment', 'visit_type', 'practitioner', 'location', 'patient'],
  'appointments.freeSlots': [
    'appointment',
    'schedule',
    'schedule_exception',
    'visit_type',
    'practitioner',
    'location',
    'slot_hold',
  ],
  'appointments.myDay': ['appointment', 'schedule', 'practitioner', 'location', 'patient'],
  'appointments.tasks': ['task', 'appointment', 'practitioner', 'location', 'patient'],
  'appointments.rebookingSlots': [
    'appointment',
    'schedule',
    'schedule_exception',
    'visit_type',
    'practitioner',
    'location',
    'slot_hold',
  ],
  'absence.plan': [
    'appointment',
    'schedule',
    'schedule_exception',
    'visit_type',
    'practitioner',
    'location',
    'patient',
  ],
  'absence.slots': [
    'appointment',
    'schedule',
    'schedule_exception',
    'visit_type',
    'practitioner',
    'location',
  ],
  'absence.known': ['schedule_exception', 'task', 'practitioner'],
  'calls.list': [
    'appointment',
    'task',
    'patient',
    'patient_telecom',
    'practitioner',
    'location',
    'staff_account',
  ],
  'scheduling.visitTypes': ['visit_type'],
  'scheduling.hours': ['schedule', 'practitioner', 'location'],
  'scheduling.places': ['location'],
  'scheduling.people': ['practitioner'],
  'scheduling.exceptions': ['schedule_exception', 'practitioner', 'location'],
  'scheduling.affected': ['appointment', 'schedule_exception', 'practitioner', 'location', 'patient'],
  'scheduling.affectedCounts': ['appointment', 'schedule_exception'],
  'conflicts.open': [
    'conflict',
    'patient',
    'appointment',
    'practitioner',
    'location',
    'schedule',
    'staff_account',
  ],
  'conflicts.history': ['conflict', 'patient', 'appointment', 'practitioner', 'location', 'staff_account'],
  'visits.queue': ['appointment', 'patient', 'practitioner', 'location'],
  'visits.board': ['appointment', 'location'],
  'series.preview': [
    'appointment',
    'appointment_series',
    'schedule',
    'schedule_exception',
    'visit_type',
    'practitioner',
    'location',
    'patient',
  ],
  'series.previewChange': [
    'appointment',
    'appointment_series',
    'schedule',
    'schedule_exception',
    'visit_type',
    'practitioner',
    'location',
    'patient',
  ],
  'series.get': ['appointment', 'appointment_series', 'visit_type', 'practitioner', 'location', 'patient'],
  'printing.setup': [],
  'vitals.latest': ['observation', 'patient', 'staff_account'],
  'vitals.history': ['observation', 'patient', 'staff_account'],
  'vitals.units': ['preference'],
  'waitlist.list': ['waitlist_entry', 'patient', 'practitioner', 'location', 'visit_type', 'appointment'],
  'waitlist.ofPatient': [
    'waitlist_entry',
    'patient',
    'practitioner',
    'location',
    'visit_type',
    'appointment',
  ],
  'waitlist.matches': [
    'waitlist_entry',
    'appointment',
    'schedule',
    'schedule_exception',
    'visit_type',
    'practitioner',
    'location',
    'patient',
  ],
  'import.status': [],
  'chart.open': [
    'patient',
    'allergy_intolerance',
    'flag',
    'observation',
    'break_glass',
    'appointment',
    'encounter',
  ],
  'orders.open': [
    'service_request',
    'patient',
    'practitioner',
    'flag',
    'break_glass',
    'appointment',
    'encounter',
  ],
  'results.inbox': inboxTables,
  'results.waiting': inboxTables,
  'results.followUps': ['task', 'diagnostic_report', 'patient', 'practitioner', 'delegation'],
  'results.ofPatient': resultTables,
  'results.trend': resultTables,
  'results.delegations': ['delegation', 'practitioner'],
};

/** The queries whose answers may have changed with `tables`. */
export function queriesReading(tables: readonly string[]): readonly QueryName[] {
  const changed = new Set(tables);
  return (Object.keys(reads) as QueryName[]).filter((name) =>
    reads[name].some((table) => changed.has(table)),
  );
}
