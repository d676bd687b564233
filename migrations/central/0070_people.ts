import { type Kysely, sql } from 'kysely';

/** Places and people. Code sets are FHIR R4's; lengths keep a stray megabyte out of an index. */
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
      kind text not null check (kind in ('site', 'room')),
      part_of uuid references clinichub.location (id),
      name text not null check (char_length(name) between 1 and 200),
      address_line text check (char_length(address_line) <= 500),
      city text check (char_length(city) <= 200),
      phone text check (char_length(phone) <= 100),
      time_zone text not null check (char_length(time_zone) between 1 and 64),
      active boolean not null,
      source text check (char_length(source) <= 200),
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
      prefix text check (char_length(prefix) <= 50),
      family text not null check (char_length(family) between 1 and 200),
      given text not null check (char_length(given) <= 200),
      gender text not null check (gender in ('female', 'male', 'other', 'unknown')),
      speciality text not null check (char_length(speciality) <= 200),
      colour text check (char_length(colour) <= 50),
      active boolean not null,
      source text check (char_length(source) <= 200),
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
      username text not null check (char_length(username) between 1 and 100),
      display_name text not null check (char_length(display_name) between 1 and 200),
      role text not null check (role in ('reception', 'doctor', 'nurse', 'admin')),
      practitioner_id uuid references clinichub.practitioner (id),
      location_id uuid references clinichub.location (id),
      password_hash text not null check (char_length(password_hash) <= 500),
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
      mrn text not null constraint patient_mrn unique check (char_length(mrn) between 1 and 64),
      family text not null check (char_length(family) between 1 and 200),
      given text not null check (char_length(given) <= 200),
      gender text not null check (gender in ('female', 'male', 'other', 'unknown')),
      birth_date date check (birth_date between '1850-01-01' and '2200-01-01'),
      birth_date_estimated boolean not null,
      phone text check (char_length(phone) <= 100),
      email text check (char_length(email) <= 320),
      address_line text check (char_length(address_line) <= 500),
      city text check (char_length(city) <= 200),
      postal_code text check (char_length(postal_code) <= 40),
      country text check (char_length(country) <= 100),
      contact_name text check (char_length(contact_name) <= 400),
      contact_phone text check (char_length(contact_phone) <= 100),
      deceased_date date check (deceased_date between '1850-01-01' and '2200-01-01'),
      location_id uuid references clinichub.location (id),
      source text check (char_length(source) <= 200),
      created_at timestamptz(3) not null check (created_at between '1900-01-01Z' and '2200-01-01Z'),
      created_by uuid,
      voided_at timestamptz(3) check (voided_at between '1900-01-01Z' and '2200-01-01Z'),
      voided_by uuid,
      void_reason text check (char_length(void_reason) <= 1000),
      row_version bigint not null,
      field_versions jsonb not null
    )`.execute(db);
  await sql`create unique index patient_source on clinichub.patient (source) where source is not null`.execute(
    db,
  );
  await sql`select clinichub.sync_define('patient', 'merge')`.execute(db);
};
