import { type Kysely, sql } from 'kysely';

/** The first clinical tables, one of each policy; names are FHIR R4's. Each has what its rule needs, later steps widen them. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createDomains(db);
  await createAllergy(db);
  await createObservation(db);
  await createComposition(db);
  await createMedicationRequest(db);
  await createPreference(db);
};

/** Code sets of FHIR R4. A number is kept as it was written: FHIR's decimal has a precision. A text without a limit is a note. */
const createDomains = async (db: Kysely<unknown>): Promise<void> => {
  const codes = {
    allergy_clinical_status: ['active', 'inactive', 'resolved'],
    allergy_verification_status: ['unconfirmed', 'presumed', 'confirmed', 'refuted', 'entered-in-error'],
    allergy_criticality: ['low', 'high', 'unable-to-assess'],
    observation_status: [
      'registered',
      'preliminary',
      'final',
      'amended',
      'corrected',
      'cancelled',
      'entered-in-error',
      'unknown',
    ],
    composition_status: ['preliminary', 'final', 'amended', 'entered-in-error'],
    medication_request_status: [
      'active',
      'on-hold',
      'cancelled',
      'completed',
      'entered-in-error',
      'stopped',
      'draft',
      'unknown',
    ],
  };
  for (const [name, values] of Object.entries(codes))
    await sql`create domain ${sql.id('clinichub', name)} as text check (value in (${sql.join(
      values.map((value) => sql.lit(value)),
    )}))`.execute(db);
  await sql`
    create domain clinichub.decimal_text as text check (value ~ '^-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,17})?$')`.execute(
    db,
  );
  await sql`create domain clinichub.loinc_code as text check (value ~ '^[0-9]{1,7}-[0-9]$')`.execute(db);
};

const voids = sql`
      voided_at clinichub.instant,
      voided_by uuid,
      void_reason clinichub.text_1000,
      row_version bigint not null,
      field_versions jsonb not null`;

const createAllergy = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.allergy_intolerance (
      id uuid primary key,
      patient_id uuid not null references clinichub.patient (id),
      substance clinichub.name_200 not null,
      clinical_status clinichub.allergy_clinical_status not null,
      verification_status clinichub.allergy_verification_status not null,
      criticality clinichub.allergy_criticality,
      note clinichub.text_4000,
      recorded_by uuid,
      recorded_at clinichub.instant not null,${voids}
    )`.execute(db);
  await sql`create index allergy_intolerance_patient on clinichub.allergy_intolerance (patient_id)`.execute(
    db,
  );
  await sql`
    select clinichub.sync_define('allergy_intolerance', 'union', 'patient_id', '{voided_at,voided_by,void_reason}')`.execute(
    db,
  );
  await sql`select clinichub.sync_guard('allergy_intolerance')`.execute(db);
};

/** A wrong value is answered by another row that names it in `corrects`. */
const createObservation = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.observation (
      id uuid primary key,
      patient_id uuid not null references clinichub.patient (id),
      code clinichub.loinc_code not null,
      value clinichub.decimal_text,
      unit clinichub.text_50,
      status clinichub.observation_status not null,
      effective_at clinichub.instant not null,
      recorded_by uuid,
      recorded_at clinichub.instant not null,
      corrects uuid references clinichub.observation (id),
      note clinichub.text_4000,
      row_version bigint not null,
      field_versions jsonb not null,
      constraint observation_not_of_itself check (corrects <> id)
    )`.execute(db);
  // A workstation that holds one of the two patients only could not apply it.
  await sql`
    create function clinichub.observation_corrects() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    begin
      if exists (select from clinichub.observation o where o.id = new.corrects
          and clinichub.patient_root(o.patient_id) <> clinichub.patient_root(new.patient_id)) then
        raise exception 'an observation corrects another of the same patient' using errcode = 'CH102';
      end if;
      return new;
    end $f$`.execute(db);
  await sql`
    create trigger observation_corrects before insert on clinichub.observation for each row
      when (new.corrects is not null) execute function clinichub.observation_corrects()`.execute(db);
  await sql`create index observation_patient on clinichub.observation (patient_id, code, effective_at)`.execute(
    db,
  );
  await sql`select clinichub.sync_define('observation', 'append', 'patient_id', '{}', '{whole,consulting-room}')`.execute(
    db,
  );
};

const createComposition = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.composition (
      id uuid primary key,
      patient_id uuid not null references clinichub.patient (id),
      parent_id uuid references clinichub.composition (id),
      title clinichub.name_200 not null,
      body text not null,
      status clinichub.composition_status not null,
      author_id uuid references clinichub.practitioner (id),
      signed_at clinichub.instant,
      created_at clinichub.instant not null,
      created_by uuid,${voids}
    )`.execute(db);
  await sql`create index composition_patient on clinichub.composition (patient_id)`.execute(db);
  await sql`create index composition_parent on clinichub.composition (parent_id)`.execute(db);
  await sql`
    select clinichub.sync_define('composition', 'version', 'patient_id', '{voided_at,voided_by,void_reason}',
      '{whole,consulting-room}')`.execute(db);
  await sql`select clinichub.sync_guard('composition')`.execute(db);
};

const createMedicationRequest = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.medication_request (
      id uuid primary key,
      patient_id uuid not null references clinichub.patient (id),
      parent_id uuid references clinichub.medication_request (id),
      medication clinichub.name_200 not null,
      dosage clinichub.text_4000 not null,
      status clinichub.medication_request_status not null,
      requester_id uuid references clinichub.practitioner (id),
      signed_at clinichub.instant,
      created_at clinichub.instant not null,
      created_by uuid,${voids}
    )`.execute(db);
  await sql`create index medication_request_patient on clinichub.medication_request (patient_id)`.execute(db);
  await sql`create index medication_request_parent on clinichub.medication_request (parent_id)`.execute(db);
  await sql`
    select clinichub.sync_define('medication_request', 'version', 'patient_id', '{voided_at,voided_by,void_reason}',
      '{whole,consulting-room}')`.execute(db);
  await sql`select clinichub.sync_guard('medication_request')`.execute(db);
};

/** The id is made of account and key (`preferenceId`), so that two workstations that set one preference write one row. */
const createPreference = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.preference (
      id uuid primary key,
      account_id uuid not null references clinichub.staff_account (id),
      key clinichub.name_100 not null,
      value clinichub.text_4000 not null,
      row_version bigint not null,
      field_versions jsonb not null,
      constraint preference_once unique (account_id, key)
    )`.execute(db);
  await sql`select clinichub.sync_define('preference', 'last-write')`.execute(db);
};
