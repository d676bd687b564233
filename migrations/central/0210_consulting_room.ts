import { type Kysely, type RawBuilder, sql } from 'kysely';

/**
 * Version 5 of the synced schema: the consulting room. Encounters, problems, requests and results, attachments, the formulary and
 * the facts prescriptions are checked against, templates, what was found and overridden, what was handed out. New columns may be
 * empty, so that what an earlier workstation writes needs no up-cast.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createDomains(db);
  await createTables(db, careTables);
  await createTables(db, clinicTables);
  await widen(db);
  await createTables(db, laterTables);
  await sameTarget(db);
  await orderTables(db);
  await sql`
    update clinichub.sync_table set since = 5 where tbl = any (${sql.lit(`{${newTables.join(',')}}`)})`.execute(
    db,
  );
  await sql`select clinichub.sync_hot('concept', 'false')`.execute(db);
  await sql`update clinichub.sync_meta set schema = 5`.execute(db);
};

const codes = {
  encounter_status: [
    'planned',
    'arrived',
    'triaged',
    'in-progress',
    'onleave',
    'finished',
    'cancelled',
    'entered-in-error',
    'unknown',
  ],
  allergy_type: ['allergy', 'intolerance'],
  allergy_category: ['food', 'medication', 'environment', 'biologic'],
  allergy_severity: ['mild', 'moderate', 'severe'],
  substance_kind: ['ingredient', 'class', 'other', 'none-known'],
  condition_clinical_status: ['active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved'],
  condition_verification_status: [
    'unconfirmed',
    'provisional',
    'differential',
    'confirmed',
    'refuted',
    'entered-in-error',
  ],
  condition_severity: ['mild', 'moderate', 'severe'],
  attestation_mode: ['personal', 'professional', 'legal', 'official'],
  issue_severity: ['high', 'moderate', 'low'],
  issue_outcome: ['overridden', 'not-checked', 'shown'],
  dispense_status: [
    'preparation',
    'in-progress',
    'cancelled',
    'on-hold',
    'completed',
    'entered-in-error',
    'stopped',
    'declined',
    'unknown',
  ],
  request_status: ['draft', 'active', 'on-hold', 'revoked', 'completed', 'entered-in-error', 'unknown'],
  request_priority: ['routine', 'urgent', 'asap', 'stat'],
  report_status: [
    'registered',
    'partial',
    'preliminary',
    'final',
    'amended',
    'corrected',
    'appended',
    'cancelled',
    'entered-in-error',
    'unknown',
  ],
  immunization_status: ['completed', 'entered-in-error', 'not-done'],
  prescription_template_kind: ['favourite', 'order-set'],
  comparator: ['<', '<=', '>=', '>'],
  duration_unit: ['d', 'wk', 'mo'],
  report_flag: ['normal', 'abnormal', 'critical'],
  dataset_status: ['importing', 'active', 'superseded'],
} as const;

/** Code sets of FHIR R4 where it has one. A partial date is FHIR's: as precise as it is known. */
const createDomains = async (db: Kysely<unknown>): Promise<void> => {
  for (const [name, values] of Object.entries(codes))
    await sql`create domain ${sql.id('clinichub', name)} as text check (value in (${sql.join(
      values.map((value) => sql.lit(value)),
    )}))`.execute(db);
  await sql`create domain clinichub.text_64 as text check (char_length(value) <= 64)`.execute(db);
  await sql`create domain clinichub.name_1000 as text check (char_length(value) between 1 and 1000)`.execute(
    db,
  );
  // A domain's check is asked about nulls too.
  await sql`create domain clinichub.json_text as text
      check (value is null or (value::json is not null and char_length(value) <= 20000))`.execute(db);
  await sql`create domain clinichub.sha256_hex as text check (value ~ '^[0-9a-f]{64}$')`.execute(db);
  await sql`
    create domain clinichub.partial_date as text
      check (value ~ '^(18[5-9][0-9]|19[0-9]{2}|20[0-9]{2}|21[0-9]{2})(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$')`.execute(
    db,
  );
};

const careRoles = '{whole,consulting-room}';

interface NewTable {
  readonly columns: RawBuilder<unknown>;
  readonly policy: 'merge' | 'append';
  /** Whether its rows belong to a patient. */
  readonly scope: boolean;
  readonly roles?: string;
  readonly together?: string;
  readonly indexes?: readonly string[];
}

/** What is written in the course of a visit. */
const careTables: Readonly<Record<string, NewTable>> = {
  encounter: {
    columns: sql`
      patient_id uuid not null references clinichub.patient (id),
      appointment_id uuid,
      practitioner_id uuid references clinichub.practitioner (id),
      location_id uuid references clinichub.location (id),
      status clinichub.encounter_status not null,
      "class" clinichub.name_64 not null,
      reason clinichub.text_1000,
      start_at clinichub.instant not null,
      end_at clinichub.instant,
      source clinichub.text_200,
      created_at clinichub.instant not null,
      created_by uuid,
      voided_at clinichub.instant,
      voided_by uuid,
      void_reason clinichub.text_1000`,
    policy: 'merge',
    scope: true,
    roles: careRoles,
    together: '{status,start_at,end_at}',
    indexes: ['patient_id, start_at', 'appointment_id'],
  },
  service_request: {
    columns: sql`
      patient_id uuid not null references clinichub.patient (id),
      encounter_id uuid references clinichub.encounter (id),
      code_system clinichub.text_200,
      code clinichub.text_64,
      display clinichub.name_200 not null,
      category clinichub.name_64 not null,
      status clinichub.request_status not null,
      status_reason clinichub.text_1000,
      priority clinichub.request_priority not null,
      reason clinichub.text_1000,
      note clinichub.text_4000,
      requester_id uuid references clinichub.practitioner (id),
      authored_at clinichub.instant not null,
      source clinichub.text_200,
      created_at clinichub.instant not null,
      created_by uuid,
      voided_at clinichub.instant,
      voided_by uuid,
      void_reason clinichub.text_1000`,
    policy: 'merge',
    scope: true,
    roles: careRoles,
    together: '{status,status_reason}',
    indexes: ['patient_id, authored_at'],
  },
  diagnostic_report: {
    columns: sql`
      patient_id uuid not null references clinichub.patient (id),
      service_request_id uuid references clinichub.service_request (id),
      encounter_id uuid references clinichub.encounter (id),
      code_system clinichub.text_200,
      code clinichub.text_64,
      display clinichub.name_200 not null,
      status clinichub.report_status not null,
      abnormal clinichub.report_flag,
      conclusion clinichub.text_4000,
      performer clinichub.text_200,
      requester_id uuid references clinichub.practitioner (id),
      effective_at clinichub.instant not null,
      source clinichub.text_200,
      corrects uuid references clinichub.diagnostic_report (id),
      recorded_at clinichub.instant not null,
      recorded_by uuid`,
    policy: 'append',
    scope: true,
    roles: careRoles,
    indexes: ['patient_id, effective_at', 'requester_id, recorded_at', 'service_request_id', 'corrects'],
  },
  result_acknowledgement: {
    columns: sql`
      patient_id uuid not null references clinichub.patient (id),
      report_id uuid not null references clinichub.diagnostic_report (id),
      practitioner_id uuid references clinichub.practitioner (id),
      note clinichub.text_1000,
      recorded_at clinichub.instant not null,
      recorded_by uuid`,
    policy: 'append',
    scope: true,
    roles: careRoles,
    indexes: ['patient_id', 'report_id'],
  },
  condition: {
    columns: sql`
      patient_id uuid not null references clinichub.patient (id),
      encounter_id uuid references clinichub.encounter (id),
      code_system clinichub.text_200,
      code clinichub.text_64,
      display clinichub.name_200 not null,
      clinical_status clinichub.condition_clinical_status not null,
      verification_status clinichub.condition_verification_status not null,
      severity clinichub.condition_severity,
      onset clinichub.partial_date,
      abatement clinichub.partial_date,
      note clinichub.text_4000,
      source clinichub.text_200,
      recorded_at clinichub.instant not null,
      recorded_by uuid,
      voided_at clinichub.instant,
      voided_by uuid,
      void_reason clinichub.text_1000`,
    policy: 'merge',
    scope: true,
    roles: careRoles,
    together: '{clinical_status,verification_status,abatement}',
    indexes: ['patient_id'],
  },
  immunization: {
    columns: sql`
      patient_id uuid not null references clinichub.patient (id),
      encounter_id uuid references clinichub.encounter (id),
      vaccine_system clinichub.text_200,
      vaccine_code clinichub.text_64,
      display clinichub.name_200 not null,
      status clinichub.immunization_status not null,
      occurrence_at clinichub.instant not null,
      note clinichub.text_1000,
      source clinichub.text_200,
      recorded_at clinichub.instant not null,
      recorded_by uuid`,
    policy: 'append',
    scope: true,
    roles: careRoles,
    indexes: ['patient_id, occurrence_at'],
  },
  flag: {
    columns: sql`
      patient_id uuid not null references clinichub.patient (id),
      category clinichub.name_64 not null,
      "text" clinichub.name_200 not null,
      start_date clinichub.day,
      end_date clinichub.day,
      created_at clinichub.instant not null,
      created_by uuid,
      voided_at clinichub.instant,
      voided_by uuid,
      void_reason clinichub.text_1000`,
    policy: 'merge',
    scope: true,
    indexes: ['patient_id'],
  },
  break_glass: {
    columns: sql`
      patient_id uuid not null references clinichub.patient (id),
      account_id uuid not null references clinichub.staff_account (id),
      reason clinichub.name_1000 not null,
      started_at clinichub.instant not null,
      until_at clinichub.instant not null,
      reviewed_at clinichub.instant,
      reviewed_by uuid,
      review_note clinichub.text_1000`,
    policy: 'merge',
    scope: true,
    together: '{reviewed_at,reviewed_by,review_note}',
    indexes: ['patient_id', 'account_id, until_at'],
  },
  document_reference: {
    columns: sql`
      patient_id uuid not null references clinichub.patient (id),
      encounter_id uuid references clinichub.encounter (id),
      category clinichub.name_64 not null,
      title clinichub.name_200 not null,
      content_type clinichub.name_64 not null,
      size integer not null,
      hash clinichub.sha256_hex not null,
      source clinichub.text_200,
      created_at clinichub.instant not null,
      created_by uuid,
      voided_at clinichub.instant,
      voided_by uuid,
      void_reason clinichub.text_1000`,
    policy: 'merge',
    scope: true,
    roles: careRoles,
    indexes: ['patient_id, created_at', 'hash'],
  },
};

/** What belongs to the clinic. */
const clinicTables: Readonly<Record<string, NewTable>> = {
  medicine: {
    columns: sql`
      name clinichub.name_200 not null,
      ingredients clinichub.json_text not null,
      "form" clinichub.text_100,
      strength clinichub.text_200,
      route clinichub.text_100,
      unit_of_dose clinichub.text_50,
      code_system clinichub.text_200,
      code clinichub.text_64,
      source clinichub.text_200,
      active boolean not null,
      created_at clinichub.instant not null,
      created_by uuid`,
    policy: 'merge',
    scope: false,
    indexes: ['name', 'code_system, code'],
  },
  safety_dataset: {
    columns: sql`
      name clinichub.name_100 not null,
      version clinichub.name_64 not null,
      released_on clinichub.day not null,
      publisher clinichub.name_1000 not null,
      status clinichub.dataset_status not null,
      note clinichub.text_4000,
      imported_at clinichub.instant not null,
      imported_by uuid`,
    policy: 'merge',
    scope: false,
  },
  safety_fact: {
    columns: sql`
      dataset_id uuid not null references clinichub.safety_dataset (id),
      kind clinichub.name_64 not null,
      subject clinichub.name_100 not null,
      data clinichub.json_text not null`,
    policy: 'merge',
    scope: false,
    indexes: ['dataset_id, kind, subject'],
  },
  concept: {
    columns: sql`
      code_system clinichub.name_200 not null,
      code clinichub.name_64 not null,
      display clinichub.name_1000 not null,
      edition clinichub.text_100,
      active boolean not null`,
    policy: 'merge',
    scope: false,
    indexes: ['code_system, code'],
  },
  note_template: {
    columns: sql`
      name clinichub.name_100 not null,
      speciality clinichub.text_200,
      sections clinichub.json_text not null,
      active boolean not null,
      created_at clinichub.instant not null,
      created_by uuid`,
    policy: 'merge',
    scope: false,
  },
  prescription_template: {
    columns: sql`
      kind clinichub.prescription_template_kind not null,
      name clinichub.name_200 not null,
      practitioner_id uuid references clinichub.practitioner (id),
      items clinichub.json_text not null,
      active boolean not null,
      created_at clinichub.instant not null,
      created_by uuid`,
    policy: 'merge',
    scope: false,
    indexes: ['practitioner_id'],
  },
  delegation: {
    columns: sql`
      practitioner_id uuid not null references clinichub.practitioner (id),
      delegate_id uuid not null references clinichub.practitioner (id),
      start_date clinichub.day not null,
      end_date clinichub.day not null,
      created_at clinichub.instant not null,
      created_by uuid,
      voided_at clinichub.instant,
      voided_by uuid,
      void_reason clinichub.text_1000`,
    policy: 'merge',
    scope: false,
    together: '{start_date,end_date}',
    indexes: ['delegate_id, end_date'],
  },
};

/** What names rows of tables that are widened first. */
const laterTables: Readonly<Record<string, NewTable>> = {
  composition_attester: {
    columns: sql`
      patient_id uuid not null references clinichub.patient (id),
      composition_id uuid not null references clinichub.composition (id),
      practitioner_id uuid references clinichub.practitioner (id),
      mode clinichub.attestation_mode not null,
      note clinichub.text_1000,
      recorded_at clinichub.instant not null,
      recorded_by uuid`,
    policy: 'append',
    scope: true,
    roles: careRoles,
    indexes: ['patient_id', 'composition_id'],
  },
  detected_issue: {
    columns: sql`
      patient_id uuid not null references clinichub.patient (id),
      medication_request_id uuid references clinichub.medication_request (id),
      code clinichub.name_64 not null,
      severity clinichub.issue_severity,
      subject clinichub.name_200 not null,
      detail clinichub.text_4000,
      dataset clinichub.text_200,
      outcome clinichub.issue_outcome not null,
      reason_code clinichub.text_64,
      reason clinichub.text_1000,
      practitioner_id uuid references clinichub.practitioner (id),
      recorded_at clinichub.instant not null,
      recorded_by uuid`,
    policy: 'append',
    scope: true,
    roles: careRoles,
    indexes: ['patient_id, recorded_at', 'medication_request_id'],
  },
  medication_dispense: {
    columns: sql`
      patient_id uuid not null references clinichub.patient (id),
      medication_request_id uuid not null references clinichub.medication_request (id),
      status clinichub.dispense_status not null,
      quantity clinichub.decimal_text not null,
      quantity_unit clinichub.text_50,
      note clinichub.text_1000,
      location_id uuid references clinichub.location (id),
      handed_at clinichub.instant not null,
      corrects uuid references clinichub.medication_dispense (id),
      recorded_at clinichub.instant not null,
      recorded_by uuid`,
    policy: 'append',
    scope: true,
    roles: careRoles,
    indexes: ['patient_id', 'medication_request_id'],
  },
};

const newTables = [careTables, clinicTables, laterTables].flatMap((tables) => Object.keys(tables));

const createTables = async (
  db: Kysely<unknown>,
  tables: Readonly<Record<string, NewTable>>,
): Promise<void> => {
  for (const [
    table,
    { columns, policy, scope, roles = null, together = '{}', indexes = [] },
  ] of Object.entries(tables)) {
    const name = sql.id('clinichub', table);
    await sql`
    create table ${name} (
      id uuid primary key,${columns},
      row_version bigint not null,
      field_versions jsonb not null
    )`.execute(db);
    for (const [place, keys] of indexes.entries())
      await sql`create index ${sql.id(`${table}_${place === 0 ? 'by' : `by${place + 1}`}`)} on ${name} (${sql.raw(keys)})`.execute(
        db,
      );
    await sql`
    select clinichub.sync_define(${sql.lit(table)}, ${sql.lit(policy)}, ${sql.lit(scope ? 'patient_id' : null)},
      ${sql.lit(together)}, ${sql.lit(roles)})`.execute(db);
  }
};

/** Of tables there are already. */
const widened = {
  practitioner: {
    licence_number: sql`clinichub.text_100`,
    supervisor_id: sql`uuid references clinichub.practitioner (id)`,
  },
  staff_account: {
    pin_hash: sql`clinichub.text_400`,
  },
  task: {
    owner_practitioner_id: sql`uuid references clinichub.practitioner (id)`,
    due_date: sql`clinichub.day`,
    focus_id: sql`uuid`,
  },
  allergy_intolerance: {
    type: sql`clinichub.allergy_type`,
    category: sql`clinichub.allergy_category`,
    code_kind: sql`clinichub.substance_kind`,
    code: sql`clinichub.name_100`,
    reaction: sql`clinichub.text_1000`,
    severity: sql`clinichub.allergy_severity`,
    onset: sql`clinichub.partial_date`,
    source: sql`clinichub.text_200`,
  },
  observation: {
    encounter_id: sql`uuid references clinichub.encounter (id)`,
    report_id: sql`uuid references clinichub.diagnostic_report (id)`,
    component_of: sql`uuid references clinichub.observation (id)`,
    category: sql`clinichub.text_64`,
    value_text: sql`clinichub.text_1000`,
    comparator: sql`clinichub.comparator`,
    reference_low: sql`clinichub.decimal_text`,
    reference_high: sql`clinichub.decimal_text`,
    interpretation: sql`clinichub.text_40`,
    source: sql`clinichub.text_200`,
  },
  composition: {
    encounter_id: sql`uuid references clinichub.encounter (id)`,
    type: sql`clinichub.loinc_code`,
    appends_id: sql`uuid references clinichub.composition (id)`,
    reason: sql`clinichub.text_1000`,
    supervisor_id: sql`uuid references clinichub.practitioner (id)`,
    source: sql`clinichub.text_200`,
  },
  medication_request: {
    encounter_id: sql`uuid references clinichub.encounter (id)`,
    medicine_id: sql`uuid references clinichub.medicine (id)`,
    ingredients: sql`clinichub.json_text`,
    form: sql`clinichub.text_100`,
    strength: sql`clinichub.text_200`,
    dose_value: sql`clinichub.decimal_text`,
    dose_unit: sql`clinichub.text_50`,
    route: sql`clinichub.text_100`,
    frequency: sql`clinichub.text_100`,
    as_needed: sql`boolean`,
    as_needed_for: sql`clinichub.text_200`,
    max_per_day: sql`clinichub.decimal_text`,
    duration_value: sql`integer`,
    duration_unit: sql`clinichub.duration_unit`,
    quantity: sql`clinichub.decimal_text`,
    quantity_unit: sql`clinichub.text_50`,
    quantity_computed: sql`boolean`,
    repeats: sql`integer`,
    indication: sql`clinichub.text_200`,
    condition_id: sql`uuid references clinichub.condition (id)`,
    note: sql`clinichub.text_4000`,
    start_date: sql`clinichub.day`,
    end_date: sql`clinichub.day`,
    status_reason: sql`clinichub.text_1000`,
    renews_id: sql`uuid references clinichub.medication_request (id)`,
    checked: sql`clinichub.json_text`,
    number: sql`clinichub.text_64`,
    source: sql`clinichub.text_200`,
  },
} as const;

const widen = async (db: Kysely<unknown>): Promise<void> => {
  for (const [table, columns] of Object.entries(widened)) {
    for (const [column, type] of Object.entries(columns))
      await sql`alter table ${sql.id('clinichub', table)} add column ${sql.id(column)} ${type}`.execute(db);
    await sql`
      select clinichub.sync_define(t.tbl, t.policy, t.scope, t.together, t.roles)
        from clinichub.sync_table t where t.tbl = ${sql.lit(table)}`.execute(db);
    const newer = JSON.stringify(Object.fromEntries(Object.keys(columns).map((column) => [column, 5])));
    await sql`
      update clinichub.sync_table set newer = newer || ${sql.lit(newer)}::jsonb where tbl = ${sql.lit(table)}`.execute(
      db,
    );
  }
  await sql`
    create index observation_at on clinichub.observation (patient_id, effective_at)`.execute(db);
  await sql`
    create index observation_report on clinichub.observation (report_id) where report_id is not null`.execute(
    db,
  );
};

/** Rows of one patient that name rows of the same patient: a workstation that holds one of two patients only could not apply others. */
const sameTarget = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.names_same_patient() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      named uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
      theirs uuid;
    begin
      execute format('select t.patient_id from clinichub.%I t where t.id = $1', tg_argv[1]) into theirs using named;
      if theirs <> new.patient_id
          and clinichub.patient_root(theirs) <> clinichub.patient_root(new.patient_id) then
        raise exception '% of % is of another patient', tg_argv[0], tg_table_name using errcode = 'CH102';
      end if;
      return new;
    end $f$`.execute(db);
  for (const [table, column, named] of within)
    await sql`
      create trigger ${sql.id(`same_patient_${column}`)} before insert or update of ${sql.id(column)} on ${sql.id('clinichub', table)}
        for each row when (new.${sql.id(column)} is not null)
        execute function clinichub.names_same_patient(${sql.lit(column)}, ${sql.lit(named)})`.execute(db);
};

/** Table, column, and the table it names. */
const within = [
  ['service_request', 'encounter_id', 'encounter'],
  ['diagnostic_report', 'service_request_id', 'service_request'],
  ['diagnostic_report', 'encounter_id', 'encounter'],
  ['diagnostic_report', 'corrects', 'diagnostic_report'],
  ['result_acknowledgement', 'report_id', 'diagnostic_report'],
  ['composition_attester', 'composition_id', 'composition'],
  ['condition', 'encounter_id', 'encounter'],
  ['immunization', 'encounter_id', 'encounter'],
  ['document_reference', 'encounter_id', 'encounter'],
  ['detected_issue', 'medication_request_id', 'medication_request'],
  ['medication_dispense', 'medication_request_id', 'medication_request'],
  ['medication_dispense', 'corrects', 'medication_dispense'],
  ['observation', 'encounter_id', 'encounter'],
  ['observation', 'report_id', 'diagnostic_report'],
  ['observation', 'component_of', 'observation'],
  ['composition', 'encounter_id', 'encounter'],
  ['composition', 'appends_id', 'composition'],
  ['medication_request', 'encounter_id', 'encounter'],
  ['medication_request', 'condition_id', 'condition'],
  ['medication_request', 'renews_id', 'medication_request'],
] as const;

/** The order of the catalogue: a table comes after every table it refers to. */
const orderTables = async (db: Kysely<unknown>): Promise<void> => {
  await sql`update clinichub.sync_table set place = -place`.execute(db);
  await sql`
    update clinichub.sync_table t set place = o.place
      from unnest(array['location', 'practitioner', 'staff_account', 'patient', 'schedule', 'visit_type', 'schedule_exception', 'appointment_series', 'appointment', 'encounter', 'task', 'audit_event', 'conflict', 'allergy_intolerance', 'service_request', 'diagnostic_report', 'observation', 'composition', 'composition_attester', 'condition', 'medicine', 'medication_request', 'preference', 'invoice', 'patient_link', 'patient_telecom', 'patient_identifier', 'coverage', 'consent', 'patient_photo', 'waitlist_entry', 'slot_hold', 'result_acknowledgement', 'immunization', 'flag', 'break_glass', 'document_reference', 'safety_dataset', 'safety_fact', 'concept', 'note_template', 'prescription_template', 'delegation', 'detected_issue', 'medication_dispense']) with ordinality o (tbl, place)
      where o.tbl = t.tbl`.execute(db);
};
