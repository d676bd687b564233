import { type Kysely, sql } from 'kysely';

/**
 * Version 7 of the synced schema: patients who look after their own appointments. Who they are, whose records they see, the codes
 * reception prints, and the secret addresses of their calendars, of which only a digest is kept.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createDomains(db);
  await createAccount(db);
  await createLink(db);
  await createCode(db);
  await createFeed(db);
  await sql`
    update clinichub.sync_table set since = 7 where tbl in
      ('patient_account', 'patient_account_link', 'patient_link_code', 'calendar_feed')`.execute(db);
  await sql`update clinichub.sync_meta set schema = 7`.execute(db);
};

const codes = {
  account_relationship: ['self', 'child', 'parent', 'spouse', 'other'],
  account_link_status: ['requested', 'approved', 'refused', 'ended'],
} as const;

const createDomains = async (db: Kysely<unknown>): Promise<void> => {
  for (const [name, values] of Object.entries(codes))
    await sql`create domain ${sql.id('clinichub', name)} as text check (value in (${sql.join(
      values.map((value) => sql.lit(value)),
    )}))`.execute(db);
  await sql`create domain clinichub.digest as text check (value ~ '^[0-9a-f]{64}$')`.execute(db);
};

const kept = sql`
      row_version bigint not null,
      field_versions jsonb not null`;

/** Only workstations that hold the whole of what a clinic does know how patients sign in. */
const createAccount = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.patient_account (
      id uuid primary key,
      email clinichub.name_200 not null,
      password_hash clinichub.text_400 not null,
      display_name clinichub.name_200 not null,
      language clinichub.name_64 not null,
      active boolean not null,
      verified_at clinichub.instant not null,
      sessions_ended_at clinichub.instant,
      created_at clinichub.instant not null,${kept},
      constraint patient_account_email_lower check (email = lower(email))
    )`.execute(db);
  await sql`create unique index patient_account_email on clinichub.patient_account (email)`.execute(db);
  await sql`select clinichub.sync_define('patient_account', 'merge', null, '{}', '{whole}')`.execute(db);
};

/** An account and a record it asks for or may see. What the desk needs to decide stands in the row: it does not hold the accounts. */
const createLink = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.patient_account_link (
      id uuid primary key,
      account_id uuid not null,
      patient_id uuid not null references clinichub.patient (id),
      relationship clinichub.account_relationship not null,
      status clinichub.account_link_status not null,
      account_name clinichub.name_200 not null,
      account_email clinichub.name_200 not null,
      note clinichub.text_1000,
      code_id uuid,
      requested_at clinichub.instant not null,
      decided_at clinichub.instant,
      decided_by uuid,
      decision_reason clinichub.text_1000,${kept}
    )`.execute(db);
  await sql`
    create index patient_account_link_patient on clinichub.patient_account_link (patient_id)`.execute(db);
  await sql`
    create index patient_account_link_account on clinichub.patient_account_link (account_id)`.execute(db);
  await sql`
    select clinichub.sync_define('patient_account_link', 'merge', 'patient_id',
      '{status,decided_at,decided_by,decision_reason}')`.execute(db);
};

/** Printed for a patient at the desk; whoever types it in sees that record. Of the code itself only a digest is here. */
const createCode = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.patient_link_code (
      id uuid primary key,
      patient_id uuid not null references clinichub.patient (id),
      code_hash clinichub.digest not null,
      until_at clinichub.instant not null,
      used_at clinichub.instant,
      used_by uuid,
      created_at clinichub.instant not null,
      created_by uuid,
      voided_at clinichub.instant,
      voided_by uuid,
      void_reason clinichub.text_1000,${kept}
    )`.execute(db);
  await sql`
    create index patient_link_code_patient on clinichub.patient_link_code (patient_id)`.execute(db);
  await sql`select clinichub.sync_define('patient_link_code', 'merge', 'patient_id')`.execute(db);
};

const createFeed = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.calendar_feed (
      id uuid primary key,
      account_id uuid not null,
      token_hash clinichub.digest not null,
      created_at clinichub.instant not null,
      revoked_at clinichub.instant,${kept}
    )`.execute(db);
  await sql`select clinichub.sync_define('calendar_feed', 'merge', null, '{}', '{whole}')`.execute(db);
};
