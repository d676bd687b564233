import { type Kysely, sql } from 'kysely';

/**
 * Version 3 of the synced schema, the front desk's: kinds of visits, days that are not as the weekly schedule says, how far a
 * visit has come in the clinic, and records that look like one person and are two. New columns may be empty, so that what an
 * earlier workstation writes needs no up-cast.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createDomains(db);
  await createVisitType(db);
  await createScheduleException(db);
  await createPatientLink(db);
  await orderTables(db);
  await widenSchedule(db);
  await widenAppointment(db);
  await sql`update clinichub.sync_table set since = 3 where tbl in ('visit_type', 'schedule_exception', 'patient_link')`.execute(
    db,
  );
  await sql`update clinichub.sync_meta set schema = 3`.execute(db);
};

/** `visit_stage` is where in the clinic a patient is between arriving and leaving, which FHIR's statuses do not tell; `visit_priority` is FHIR R4's RequestPriority. */
const createDomains = async (db: Kysely<unknown>): Promise<void> => {
  const codes = {
    visit_stage: [
      'arrived',
      'checked-in',
      'with-nurse',
      'waiting-doctor',
      'with-doctor',
      'checkout',
      'done',
      'left-unseen',
    ],
    visit_priority: ['routine', 'urgent', 'asap', 'stat'],
    schedule_exception_kind: ['leave', 'holiday', 'closed', 'extra'],
    patient_link_kind: ['distinct'],
  };
  for (const [name, values] of Object.entries(codes))
    await sql`create domain ${sql.id('clinichub', name)} as text check (value in (${sql.join(
      values.map((value) => sql.lit(value)),
    )}))`.execute(db);
  await sql`create domain clinichub.minutes_of_day as integer check (value between 0 and 1440)`.execute(db);
  await sql`create domain clinichub.visit_minutes as integer check (value between 5 and 480)`.execute(db);
  await sql`create domain clinichub.daily_cap as integer check (value between 1 and 1000)`.execute(db);
  await sql`create domain clinichub.interval_weeks as integer check (value between 1 and 52)`.execute(db);
};

const kept = sql`
      row_version bigint not null,
      field_versions jsonb not null`;

const voids = sql`
      voided_at clinichub.instant,
      voided_by uuid,
      void_reason clinichub.text_1000,${kept}`;

/** Minutes before and after a visit that its practitioner is not free either, and what else a kind of visit asks for. */
const createVisitType = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.visit_type (
      id uuid primary key,
      name clinichub.name_100 not null,
      minutes clinichub.visit_minutes not null,
      buffer_before clinichub.minutes_of_day not null,
      buffer_after clinichub.minutes_of_day not null,
      colour clinichub.text_40,
      daily_cap clinichub.daily_cap,
      staff_only boolean not null,
      needs_room boolean not null,
      active boolean not null,${kept}
    )`.execute(db);
  await sql`select clinichub.sync_define('visit_type', 'merge')`.execute(db);
};

/**
 * One entry for what is not as the weekly schedule says: of one practitioner or of all, at one site or at all, whole days or
 * the hours named on each of them. `extra` adds hours, the others take them away.
 */
const createScheduleException = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.schedule_exception (
      id uuid primary key,
      kind clinichub.schedule_exception_kind not null,
      practitioner_id uuid references clinichub.practitioner (id),
      location_id uuid references clinichub.location (id),
      start_date clinichub.day not null,
      end_date clinichub.day not null,
      start_time clinichub.wall_time,
      end_time clinichub.wall_time,
      name clinichub.name_200 not null,
      created_at clinichub.instant not null,
      created_by uuid,${voids},
      constraint schedule_exception_days_in_order check (end_date >= start_date),
      constraint schedule_exception_hours_in_order check ((start_time is null) = (end_time is null)
        and end_time collate "C" > start_time collate "C"),
      constraint schedule_exception_extra_is_of_somebody check (kind <> 'extra'
        or (practitioner_id is not null and location_id is not null and start_time is not null))
    )`.execute(db);
  await sql`
    create index schedule_exception_days on clinichub.schedule_exception (end_date, start_date)`.execute(db);
  await sql`
    select clinichub.sync_define('schedule_exception', 'merge', null, '{start_date,end_date,start_time,end_time}')`.execute(
    db,
  );
};

/** `other_id` names a patient who may be out of this one's scope, so it refers to no row. */
const createPatientLink = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.patient_link (
      id uuid primary key,
      patient_id uuid not null references clinichub.patient (id),
      other_id uuid not null,
      kind clinichub.patient_link_kind not null,
      created_at clinichub.instant not null,
      created_by uuid,${voids},
      constraint patient_link_of_two check (other_id <> patient_id)
    )`.execute(db);
  await sql`create index patient_link_patient on clinichub.patient_link (patient_id)`.execute(db);
  await sql`
    select clinichub.sync_define('patient_link', 'merge', 'patient_id', '{voided_at,voided_by,void_reason}')`.execute(
    db,
  );
};

/** Weeks are counted from the one `valid_from` lies in; empty: every week. */
const widenSchedule = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    alter table clinichub.schedule add column interval_weeks clinichub.interval_weeks,
      add constraint schedule_interval_from_a_day check (interval_weeks is null or valid_from is not null)`.execute(
    db,
  );
  await defineAgain(db, 'schedule');
  await sql`
    update clinichub.sync_table set newer = '{"interval_weeks": 3}' where tbl = 'schedule'`.execute(db);
};

const widenAppointment = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    alter table clinichub.appointment
      add column visit_type_id uuid references clinichub.visit_type (id),
      add column overbook_reason clinichub.text_1000,
      add column walk_in boolean,
      add column ticket clinichub.text_40,
      add column priority clinichub.visit_priority,
      add column stage clinichub.visit_stage,
      add column stage_at clinichub.instant,
      add column arrived_at clinichub.instant,
      add column called_at clinichub.instant`.execute(db);
  await sql`
    create index appointment_visit_type on clinichub.appointment (visit_type_id) where visit_type_id is not null`.execute(
    db,
  );
  await defineAgain(db, 'appointment');
  await sql`
    update clinichub.sync_table set newer = '{"visit_type_id": 3, "overbook_reason": 3, "walk_in": 3, "ticket": 3,
      "priority": 3, "stage": 3, "stage_at": 3, "arrived_at": 3, "called_at": 3}' where tbl = 'appointment'`.execute(
    db,
  );
};

/** The order of the catalogue: a table comes after every table it refers to. */
const orderTables = async (db: Kysely<unknown>): Promise<void> => {
  await sql`update clinichub.sync_table set place = -place`.execute(db);
  await sql`
    update clinichub.sync_table t set place = o.place
      from unnest(array['location', 'practitioner', 'staff_account', 'patient', 'schedule', 'visit_type', 'schedule_exception',
        'appointment', 'task', 'audit_event', 'conflict', 'allergy_intolerance', 'observation', 'composition',
        'medication_request', 'preference', 'invoice', 'patient_link']) with ordinality o (tbl, place)
      where o.tbl = t.tbl`.execute(db);
};

const defineAgain = (db: Kysely<unknown>, table: string) =>
  sql`
    select clinichub.sync_define(t.tbl, t.policy, t.scope, t.together, t.roles)
      from clinichub.sync_table t where t.tbl = ${sql.lit(table)}`.execute(db);
