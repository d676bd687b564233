import { type Kysely, sql } from 'kysely';

/** Places and people. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createLocation(db);
  await createPractitioner(db);
  await createStaffAccount(db);
  await createPatient(db);
};

const createLocation = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.location (
      id uuid primary key,
      kind clinichub.location_kind not null,
      part_of uuid references clinichub.location (id),
      name clinichub.name_200 not null,
      address_line clinichub.text_500,
      city clinichub.text_200,
      phone clinichub.text_100,
      time_zone clinichub.name_64 not null,
      active boolean not null,
      source clinichub.text_200,
      row_version bigint not null,
      field_versions jsonb not null,
      constraint location_not_in_itself check (part_of <> id)
    )`.execute(db);
  await sql`create unique index location_source on clinichub.location (source) where source is not null`.execute(
    db,
  );
  await sql`create index location_part_of on clinichub.location (part_of)`.execute(db);
  await sql`select clinichub.sync_define('location', 'merge')`.execute(db);
};

const createPractitioner = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.practitioner (
      id uuid primary key,
      prefix clinichub.text_50,
      family clinichub.name_200 not null,
      given clinichub.text_200 not null,
      gender clinichub.gender not null,
      speciality clinichub.text_200 not null,
      colour clinichub.text_50,
      active boolean not null,
      source clinichub.text_200,
      row_version bigint not null,
      field_versions jsonb not null
    )`.execute(db);
  await sql`
    create unique index practitioner_source on clinichub.practitioner (source) where source is not null`.execute(
    db,
  );
  await sql`select clinichub.sync_define('practitioner', 'merge')`.execute(db);
};

const createStaffAccount = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.staff_account (
      id uuid primary key,
      username clinichub.name_100 not null,
      display_name clinichub.name_200 not null,
      role clinichub.staff_role not null,
      practitioner_id uuid references clinichub.practitioner (id),
      location_id uuid references clinichub.location (id),
      password_hash clinichub.text_500 not null,
      active boolean not null,
      row_version bigint not null,
      field_versions jsonb not null
    )`.execute(db);
  await sql`create unique index staff_account_username on clinichub.staff_account (lower(username))`.execute(
    db,
  );
  await sql`select clinichub.sync_define('staff_account', 'merge')`.execute(db);
};

const createPatient = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.patient (
      id uuid primary key,
      mrn clinichub.name_64 not null constraint patient_mrn unique,
      family clinichub.name_200 not null,
      given clinichub.text_200 not null,
      gender clinichub.gender not null,
      birth_date clinichub.day,
      birth_date_estimated boolean not null,
      phone clinichub.text_100,
      email clinichub.text_320,
      address_line clinichub.text_500,
      city clinichub.text_200,
      postal_code clinichub.text_40,
      country clinichub.text_100,
      contact_name clinichub.text_400,
      contact_phone clinichub.text_100,
      deceased_date clinichub.day,
      location_id uuid references clinichub.location (id),
      source clinichub.text_200,
      created_at clinichub.instant not null,
      created_by uuid,
      voided_at clinichub.instant,
      voided_by uuid,
      void_reason clinichub.text_1000,
      row_version bigint not null,
      field_versions jsonb not null
    )`.execute(db);
  await sql`create unique index patient_source on clinichub.patient (source) where source is not null`.execute(
    db,
  );
  await sql`select clinichub.sync_define('patient', 'merge')`.execute(db);
};
