import { catalogue, type SyncedTable, type TableName, tableNames } from '#shared/sync/catalogue.ts';
import type { Cells } from '#shared/sync/wire.ts';
import { patientRoot, rowsOf } from './constraints.ts';
import type { ModelChange, ModelDevice, ModelMember, ModelState } from './state.ts';

/** Which patients a workstation holds: docs/sync-protocol.md, "Scope". */

export const everybody = '00000000-0000-0000-0000-000000000000';

const tableOf = (tbl: TableName): SyncedTable => catalogue[tbl];

/** Tables that came with a version of the synced schema, and columns: to an earlier workstation they do not exist. */
const first: readonly string[] = [
  'location',
  'practitioner',
  'staff_account',
  'patient',
  'schedule',
  'appointment',
  'task',
  'audit_event',
];
const third: readonly string[] = ['visit_type', 'schedule_exception', 'patient_link'];
const fourth: readonly string[] = [
  'appointment_series',
  'patient_telecom',
  'patient_identifier',
  'coverage',
  'consent',
  'patient_photo',
  'waitlist_entry',
  'slot_hold',
];
const fifth: readonly TableName[] = [
  'encounter',
  'service_request',
  'diagnostic_report',
  'composition_attester',
  'condition',
  'medicine',
  'result_acknowledgement',
  'immunization',
  'flag',
  'break_glass',
  'document_reference',
  'safety_dataset',
  'safety_fact',
  'concept',
  'note_template',
  'prescription_template',
  'delegation',
  'detected_issue',
  'medication_dispense',
];
const sixth: readonly TableName[] = [
  'prescription_print',
  'role_permission',
  'practitioner_specialty',
  'practitioner_location',
  'charge_item_definition',
  'charge_item_price',
];
const seventh: readonly TableName[] = [
  'patient_account',
  'patient_account_link',
  'patient_link_code',
  'calendar_feed',
];
const eighth: readonly TableName[] = [
  'organization',
  'charge_item',
  'invoice_line',
  'till',
  'till_session',
  'till_event',
  'payment',
  'claim',
  'claim_item',
  'claim_response_item',
  'stock_item',
  'stock_level',
  'stock_batch',
  'stock_recall',
  'stock_movement',
];
const sinceOf = (tbl: TableName): number => {
  if (eighth.includes(tbl)) return 8;
  if (seventh.includes(tbl)) return 7;
  if (sixth.includes(tbl)) return 6;
  if (fifth.includes(tbl)) return 5;
  if (fourth.includes(tbl)) return 4;
  if (third.includes(tbl)) return 3;
  return first.includes(tbl) ? 1 : 2;
};
const newerVisit = [
  'visit_type_id',
  'overbook_reason',
  'walk_in',
  'ticket',
  'priority',
  'stage',
  'stage_at',
  'arrived_at',
  'called_at',
].map((column) => [column, 3] as const);
const visitTimes = ['nurse_at', 'left_at'].map((column) => [column, 6] as const);
const since5 = (...columns: readonly string[]) => columns.map((column) => [column, 5] as const);
const since8 = (...columns: readonly string[]) => columns.map((column) => [column, 8] as const);
const newer: Readonly<Record<string, readonly (readonly [column: string, since: number])[]>> = {
  practitioner: since5('licence_number', 'supervisor_id'),
  staff_account: [
    ...since5('pin_hash'),
    ...['invite_hash', 'invite_until', 'sessions_ended_at'].map((column) => [column, 6] as const),
  ],
  audit_event: [['detail', 6]],
  task: since5('owner_practitioner_id', 'due_date', 'focus_id'),
  allergy_intolerance: since5(
    'type',
    'category',
    'code_kind',
    'code',
    'reaction',
    'severity',
    'onset',
    'source',
  ),
  observation: since5(
    'encounter_id',
    'report_id',
    'component_of',
    'category',
    'value_text',
    'comparator',
    'reference_low',
    'reference_high',
    'interpretation',
    'source',
  ),
  composition: since5('encounter_id', 'type', 'appends_id', 'reason', 'supervisor_id', 'source'),
  medication_request: since5(
    'encounter_id',
    'medicine_id',
    'ingredients',
    'form',
    'strength',
    'dose_value',
    'dose_unit',
    'route',
    'frequency',
    'as_needed',
    'as_needed_for',
    'max_per_day',
    'duration_value',
    'duration_unit',
    'quantity',
    'quantity_unit',
    'quantity_computed',
    'repeats',
    'indication',
    'condition_id',
    'note',
    'start_date',
    'end_date',
    'status_reason',
    'renews_id',
    'checked',
    'number',
    'source',
  ),
  patient: [
    ['merged_into', 2],
    ['language', 4],
    ['contact_relation', 4],
  ],
  visit_type: [
    ['lead_minutes', 4],
    ['horizon_days', 4],
  ],
  coverage: since8('payor_id', 'cover_rate'),
  charge_item_definition: since8('category', 'tax_rate', 'service_code', 'medicine_id'),
  charge_item_price: since8('payer_id'),
  invoice: since8('kind', 'corrects', 'location_id', 'payer_id', 'payer_total', 'reason', 'issued_by'),
  schedule: [['interval_weeks', 3]],
  appointment: [
    ...['series_id', 'patient_status', 'previous_start_at'].map((column) => [column, 4] as const),
    ...newerVisit,
    ...visitTimes,
  ],
};

/** Tables whose rows belong to a patient. */
export const chartTables = tableNames.filter((tbl) => tableOf(tbl).scope !== undefined);
/** Of those, the ones that also name a site. */
const placedTables: readonly TableName[] = [
  'patient',
  'appointment',
  'encounter',
  'medication_dispense',
  'invoice',
  'charge_item',
  'payment',
];

export const scopeText = ({ scope, location, role, schema }: ModelDevice): string =>
  `${scope === 'clinic' ? 'clinic' : `site:${location ?? 'none'}`}/${role}/${schema ?? 1}`;

export const hides = ({ role, schema }: ModelDevice, tbl: TableName): boolean => {
  const { roles } = tableOf(tbl);
  return (roles !== undefined && !roles.includes(role)) || (schema !== null && sinceOf(tbl) > schema);
};

/** The values an earlier workstation knows of. */
export const trimmed = ({ schema }: ModelDevice, tbl: TableName, cells: Cells): Cells => {
  const unknown = (newer[tbl] ?? []).flatMap(([column, since]) =>
    schema !== null && schema < since ? [column] : [],
  );
  return unknown.length === 0
    ? cells
    : Object.fromEntries(Object.entries(cells).filter(([column]) => !unknown.includes(column)));
};

const audiencesOf = ({ id, location }: ModelDevice): readonly string[] =>
  [id, location, everybody].filter((audience) => audience !== null);

export const patientOfRow = (tbl: TableName, cells: Cells): string | null => {
  const { scope } = tableOf(tbl);
  const value = scope === undefined ? null : (cells[scope] ?? null);
  return value === null ? null : String(value);
};

const memberKey = (patient: string, audience: string): string => `${patient}/${audience}`;

const membersOf = (
  { members }: ModelState,
  patient: string,
  audiences: readonly string[],
): readonly ModelMember[] => audiences.flatMap((audience) => members.get(memberKey(patient, audience)) ?? []);

/** Whether a workstation holds a patient's rows at present. */
export const holds = (state: ModelState, device: ModelDevice, patient: string | null): boolean =>
  device.scope === 'clinic' || patient === null || membersOf(state, patient, audiencesOf(device)).length > 0;

/** Whether a workstation may see a change: of a patient's rows those since the patient came into its scope. */
export const sees = (state: ModelState, device: ModelDevice, change: ModelChange, seq: number): boolean => {
  if (hides(device, change.tbl)) return false;
  const { op, scope } = change;
  if (device.scope === 'clinic') return op !== 'enter' && op !== 'evict';
  const mine = audiencesOf(device);
  if (op === 'enter') return scope !== null && mine.includes(scope);
  if (op === 'evict') {
    const again = membersOf(state, change.pk, mine).some(
      (member) => placeOf(member) < seq || (placeOf(member) === seq && member.born),
    );
    return scope !== null && mine.includes(scope) && !again;
  }
  if (scope === null) return true;
  return membersOf(state, scope, mine).some(
    (member) => placeOf(member) < seq || (placeOf(member) === seq && member.born),
  );
};

/** The place at which a patient came in; what is under way comes after everything. */
const placeOf = ({ joined }: ModelMember): number =>
  joined === null ? 0 : joined === 'now' ? Number.POSITIVE_INFINITY : joined;

/** What scope needs of a transaction. */
export interface ScopeContext {
  readonly state: ModelState;
  readonly undo: (step: () => void) => void;
  readonly capture: (change: Omit<ModelChange, 'mutation'>) => void;
  /** Memberships made in this transaction; their place is known at its end. */
  readonly joined: Set<string>;
}

const setMember = ({ state, undo }: ScopeContext, key: string, member: ModelMember | undefined) => {
  const before = state.members.get(key);
  undo(() => (before === undefined ? state.members.delete(key) : state.members.set(key, before)));
  if (member === undefined) state.members.delete(key);
  else state.members.set(key, member);
};

const family = (state: ModelState, patient: string): readonly string[] => {
  const root = patientRoot(state, patient);
  const records = [...rowsOf(state, 'patient').keys()].filter((id) => patientRoot(state, id) === root);
  return [...new Set([...records, root])].sort();
};

const addMember = (context: ScopeContext, member: ModelMember, fresh: boolean) => {
  const key = memberKey(member.patient, member.audience);
  setMember(context, key, member);
  if (fresh || member.joined === 'now') {
    context.joined.add(key);
    context.undo(() => context.joined.delete(key));
  }
};

/** One record comes into an audience's scope. Who sees it through another audience needs no chart. */
const joinRecord = (
  context: ScopeContext,
  patient: string,
  audience: string,
  through: readonly string[],
): boolean => {
  const { state } = context;
  if (state.members.has(memberKey(patient, audience))) return false;
  const [seen] = [...membersOf(state, patient, through)].sort((a, b) => placeOf(a) - placeOf(b));
  if (seen !== undefined) {
    addMember(context, { ...seen, audience }, false);
    return false;
  }
  addMember(context, { patient, audience, joined: 'now', born: false }, true);
  return true;
};

/** A patient comes into an audience's scope, with all records that are one with it. True when a chart is on its way. */
export const join = (
  context: ScopeContext,
  patient: string,
  audience: string,
  through: readonly string[] = [everybody],
): boolean => {
  let joined = false;
  for (const record of family(context.state, patient)) {
    joined = joinRecord(context, record, audience, through) || joined;
  }
  return joined;
};

/** Who holds a record holds those it becomes one with. */
export const joinFamily = (context: ScopeContext, patient: string): void => {
  const records = family(context.state, patient);
  const members = [...context.state.members.values()].filter((member) => records.includes(member.patient));
  for (const audience of [...new Set(members.map((member) => member.audience))].sort()) {
    join(context, patient, audience);
  }
};

/** A patient leaves an audience's scope, unless something there still names one of the patient's records. */
const leave = (context: ScopeContext, patient: string, audience: string) => {
  const { state, capture } = context;
  const records = family(state, patient);
  const members = records.filter((record) => state.members.has(memberKey(record, audience)));
  if (members.length === 0) return;
  const patients = rowsOf(state, 'patient');
  const placeless = (record: string) =>
    patients.has(record) && patients.get(record)?.cells.location_id == null;
  if (audience === everybody && records.some(placeless)) return;
  const named = placedTables.some((tbl) =>
    [...rowsOf(state, tbl).values()].some(
      ({ cells }) => records.includes(patientOfRow(tbl, cells) ?? '') && cells.location_id === audience,
    ),
  );
  if (named) return;
  for (const record of members) {
    setMember(context, memberKey(record, audience), undefined);
    capture({ tbl: 'patient', pk: record, op: 'evict', v: 0, patch: {}, scope: audience });
  }
};

const siteOf = (tbl: TableName, cells: Cells): string | null => {
  const site = cells.location_id ?? null;
  return site === null ? (tbl === 'patient' ? everybody : null) : String(site);
};

/** What an insert, an update or a delete means for scopes. */
export const placed = (
  context: ScopeContext,
  tbl: TableName,
  after: Cells | null,
  before: Cells | null,
): void => {
  if (!placedTables.includes(tbl)) return;
  const cells = after ?? before ?? {};
  const patient = patientOfRow(tbl, cells);
  if (patient === null) return;
  if (before === null && after !== null) {
    const audience = siteOf(tbl, after);
    if (tbl === 'patient' && audience !== null) {
      if (!context.state.members.has(memberKey(patient, audience))) {
        addMember(context, { patient, audience, joined: 'now', born: true }, true);
      }
    } else if (audience !== null) join(context, patient, audience);
  } else if (before !== null && after !== null) {
    if ((before.location_id ?? null) === (after.location_id ?? null)) return;
    const [to, from] = [siteOf(tbl, after), siteOf(tbl, before)];
    if (to !== null) join(context, patient, to);
    if (from !== null) leave(context, patient, from);
  } else if (before?.location_id != null) {
    const from = siteOf(tbl, before);
    if (from !== null) leave(context, patient, from);
  }
};

/** The whole chart of each patient that came into a scope in this transaction. */
export const writeCharts = ({ state, capture, joined }: ScopeContext): void => {
  const fresh = [...joined]
    .flatMap((key) => state.members.get(key) ?? [])
    .filter(({ joined: at, born }) => at === 'now' && !born)
    .sort((a, b) => (memberKey(a.patient, a.audience) < memberKey(b.patient, b.audience) ? -1 : 1));
  for (const { patient, audience } of fresh) {
    for (const tbl of chartTables) {
      const rows = [...rowsOf(state, tbl)].filter(([, { cells }]) => patientOfRow(tbl, cells) === patient);
      for (const [pk, { cells, version }] of rows.sort(([a], [b]) => (a < b ? -1 : 1))) {
        capture({ tbl, pk, op: 'enter', v: version, patch: cells, scope: audience });
      }
    }
  }
};

/** Memberships made in this transaction get its place. */
export const settleMembers = ({ state, joined }: ScopeContext, seq: number): void => {
  for (const key of joined) {
    const member = state.members.get(key);
    if (member?.joined === 'now') state.members.set(key, { ...member, joined: seq });
  }
};
