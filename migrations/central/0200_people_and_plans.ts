import { type Kysely, sql } from 'kysely';

/**
 * Version 4 of the synced schema: what more is known of a person (further phones and emails, identifiers, coverage, consent, a
 * photo), series of appointments, who waits for one, which slot a desk is about to book, and whether a patient has said that
 * they come. New columns may be empty, so that what an earlier workstation writes needs no up-cast.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createDomains(db);
  await createPatientDetails(db);
  await createConsent(db);
  await createSeries(db);
  await createWaitlist(db);
  await createSlotHold(db);
  await widen(db);
  await orderTables(db);
  await sql`
    update clinichub.sync_table set since = 4 where tbl in ('patient_telecom', 'patient_identifier', 'coverage', 'consent',
      'patient_photo', 'appointment_series', 'waitlist_entry', 'slot_hold')`.execute(db);
  await sql`update clinichub.sync_meta set schema = 4`.execute(db);
  await readEveryVersion(db);
};

const codes = {
  // FHIR R4 ContactPointSystem and ContactPointUse.
  telecom_system: ['phone', 'fax', 'email', 'pager', 'url', 'sms', 'other'],
  telecom_use: ['home', 'work', 'temp', 'old', 'mobile'],
  // FHIR R4 ConsentProvisionType.
  consent_provision: ['permit', 'deny'],
  waitlist_status: ['waiting', 'offered', 'booked', 'expired', 'cancelled'],
} as const;

const createDomains = async (db: Kysely<unknown>): Promise<void> => {
  for (const [name, values] of Object.entries(codes))
    await sql`create domain ${sql.id('clinichub', name)} as text check (value in (${sql.join(
      values.map((value) => sql.lit(value)),
    )}))`.execute(db);
  await sql`create domain clinichub.photo as text check (char_length(value) between 1 and 40000)`.execute(db);
  await sql`create domain clinichub.lead_minutes as integer check (value between 0 and 525600)`.execute(db);
  await sql`create domain clinichub.horizon_days as integer check (value between 1 and 730)`.execute(db);
};

const kept = sql`
      row_version bigint not null,
      field_versions jsonb not null`;

const written = sql`
      created_at clinichub.instant not null,
      created_by uuid`;

const voids = sql`${written},
      voided_at clinichub.instant,
      voided_by uuid,
      void_reason clinichub.text_1000,${kept}`;

/** Of each, several to a patient; what is wrong or over is voided. */
const createPatientDetails = async (db: Kysely<unknown>): Promise<void> => {
  const details = {
    patient_telecom: sql`
      system clinichub.telecom_system not null,
      value clinichub.name_200 not null,
      "use" clinichub.telecom_use,
      note clinichub.text_200`,
    patient_identifier: sql`
      "type" clinichub.name_64 not null,
      value clinichub.name_100 not null,
      issuer clinichub.text_200`,
    coverage: sql`
      payer clinichub.name_200 not null,
      plan clinichub.text_200,
      subscriber_id clinichub.text_100,
      relationship clinichub.text_40,
      start_date clinichub.day,
      end_date clinichub.day`,
    patient_photo: sql`
      content_type clinichub.name_64 not null,
      data clinichub.photo not null`,
  };
  for (const [table, columns] of Object.entries(details)) {
    const name = sql.id('clinichub', table);
    await sql`
    create table ${name} (
      id uuid primary key,
      patient_id uuid not null references clinichub.patient (id),${columns},${voids}
    )`.execute(db);
    await sql`create index ${sql.id(`${table}_patient`)} on ${name} (patient_id)`.execute(db);
    await sql`select clinichub.sync_define(${sql.lit(table)}, 'merge', 'patient_id')`.execute(db);
  }
  await sql`
    alter table clinichub.coverage add constraint coverage_days_in_order
      check (end_date >= start_date)`.execute(db);
};

/** What a person allowed and refused, each time anew: the latest of a category holds. */
const createConsent = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.consent (
      id uuid primary key,
      patient_id uuid not null references clinichub.patient (id),
      category clinichub.name_64 not null,
      provision clinichub.consent_provision not null,
      note clinichub.text_1000,
      recorded_at clinichub.instant not null,
      recorded_by uuid,${kept}
    )`.execute(db);
  await sql`create index consent_patient on clinichub.consent (patient_id)`.execute(db);
  await sql`select clinichub.sync_define('consent', 'append', 'patient_id')`.execute(db);
};

/** `rule` is an RFC 5545 RRULE; its occurrences are appointments that name the series. */
const createSeries = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.appointment_series (
      id uuid primary key,
      patient_id uuid not null references clinichub.patient (id),
      rule clinichub.name_200 not null,
      start_local clinichub.wall_instant not null,
      time_zone clinichub.name_64 not null,${voids}
    )`.execute(db);
  await sql`create index appointment_series_patient on clinichub.appointment_series (patient_id)`.execute(db);
  await sql`select clinichub.sync_define('appointment_series', 'merge', 'patient_id')`.execute(db);
};

/** Who waits for a slot, what would do, and what was offered. `weekdays` is ISO 8601 numbers with commas between. */
const createWaitlist = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.waitlist_entry (
      id uuid primary key,
      patient_id uuid not null references clinichub.patient (id),
      practitioner_id uuid references clinichub.practitioner (id),
      speciality clinichub.text_200,
      location_id uuid references clinichub.location (id),
      visit_type_id uuid references clinichub.visit_type (id),
      minutes clinichub.visit_minutes not null,
      start_date clinichub.day not null,
      end_date clinichub.day,
      start_time clinichub.wall_time,
      end_time clinichub.wall_time,
      weekdays clinichub.text_40,
      priority clinichub.visit_priority not null,
      note clinichub.text_1000,
      status clinichub.waitlist_status not null,
      offered_practitioner_id uuid references clinichub.practitioner (id),
      offered_location_id uuid references clinichub.location (id),
      offered_start_at clinichub.instant,
      offered_at clinichub.instant,
      offered_until clinichub.instant,
      appointment_id uuid references clinichub.appointment (id),
      close_reason clinichub.text_1000,${written},${kept},
      constraint waitlist_entry_days_in_order check (end_date >= start_date),
      constraint waitlist_entry_hours_in_order check (end_time collate "C" > start_time collate "C")
    )`.execute(db);
  await sql`create index waitlist_entry_patient on clinichub.waitlist_entry (patient_id)`.execute(db);
  await sql`
    create index waitlist_entry_appointment on clinichub.waitlist_entry (appointment_id)
      where appointment_id is not null`.execute(db);
  await sql`
    select clinichub.sync_define('waitlist_entry', 'merge', 'patient_id', '{status,offered_practitioner_id,offered_location_id,
      offered_start_at,offered_at,offered_until,appointment_id,close_reason}')`.execute(db);
};

/** The slot somebody at a workstation is about to book: one row for each account there, written anew for each slot. */
const createSlotHold = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.slot_hold (
      id uuid primary key,
      device uuid not null,
      device_name clinichub.text_200,
      account_id uuid,
      practitioner_id uuid references clinichub.practitioner (id),
      location_id uuid references clinichub.location (id),
      start_at clinichub.instant,
      end_at clinichub.instant,
      expires_at clinichub.instant not null,${kept}
    )`.execute(db);
  await sql`select clinichub.sync_define('slot_hold', 'last-write')`.execute(db);
};

const widened = {
  patient: { language: sql`clinichub.text_40`, contact_relation: sql`clinichub.text_40` },
  visit_type: { lead_minutes: sql`clinichub.lead_minutes`, horizon_days: sql`clinichub.horizon_days` },
  appointment: {
    series_id: sql`uuid references clinichub.appointment_series (id)`,
    patient_status: sql`clinichub.participant_status`,
    previous_start_at: sql`clinichub.instant`,
  },
} as const;

const widen = async (db: Kysely<unknown>): Promise<void> => {
  for (const [table, columns] of Object.entries(widened)) {
    for (const [column, type] of Object.entries(columns))
      await sql`alter table ${sql.id('clinichub', table)} add column ${sql.id(column)} ${type}`.execute(db);
    await sql`
      select clinichub.sync_define(t.tbl, t.policy, t.scope, t.together, t.roles)
        from clinichub.sync_table t where t.tbl = ${sql.lit(table)}`.execute(db);
    const newer = JSON.stringify(Object.fromEntries(Object.keys(columns).map((column) => [column, 4])));
    await sql`
      update clinichub.sync_table set newer = newer || ${sql.lit(newer)}::jsonb where tbl = ${sql.lit(table)}`.execute(
      db,
    );
  }
  await sql`
    create index appointment_series_of on clinichub.appointment (series_id) where series_id is not null`.execute(
    db,
  );
};

/** The order of the catalogue: a table comes after every table it refers to. */
const orderTables = async (db: Kysely<unknown>): Promise<void> => {
  await sql`update clinichub.sync_table set place = -place`.execute(db);
  await sql`
    update clinichub.sync_table t set place = o.place
      from unnest(array['location', 'practitioner', 'staff_account', 'patient', 'schedule', 'visit_type', 'schedule_exception',
        'appointment_series', 'appointment', 'task', 'audit_event', 'conflict', 'allergy_intolerance', 'observation',
        'composition', 'medication_request', 'preference', 'invoice', 'patient_link', 'patient_telecom', 'patient_identifier',
        'coverage', 'consent', 'patient_photo', 'waitlist_entry', 'slot_hold']) with ordinality o (tbl, place)
      where o.tbl = t.tbl`.execute(db);
};

/**
 * As 0170, but of every earlier version: work that waited long is not refused for its age. Which versions a centre still
 * speaks with is `sync_meta.min_schema`.
 */
const readEveryVersion = (db: Kysely<unknown>) =>
  sql`
    create or replace function clinichub.sync_upcast(document jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
    as $f$
    declare
      present integer := (select m.schema from clinichub.sync_meta m);
      version integer := coalesce((document ->> 'schema')::integer, 1);
      step regprocedure;
    begin
      -- A number with nothing in it means the same in every version.
      if version = present or document ->> 'kind' = 'held' then
        return document;
      end if;
      if version > present then
        raise exception 'a mutation of schema % cannot be read by one of schema %', version, present using errcode = 'CH105';
      end if;
      while version < present loop
        step := to_regprocedure('clinichub.sync_upcast_' || version || '(jsonb)');
        if step is not null then
          execute format('select %s($1)', step::oid::regproc) into document using document;
        end if;
        version := version + 1;
      end loop;
      return document || jsonb_build_object('schema', present);
    end $f$`.execute(db);
