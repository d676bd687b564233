import { type Kysely, sql } from 'kysely';

/** Version 6 of the synced schema: when a prescription was put on paper, so that a later sheet of it is marked as a copy. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await sql`
    create table clinichub.prescription_print (
      id uuid primary key,
      patient_id uuid not null references clinichub.patient (id),
      medication_request_id uuid not null references clinichub.medication_request (id),
      printed_at clinichub.instant not null,
      corrects uuid references clinichub.prescription_print (id),
      recorded_by uuid,
      row_version bigint not null,
      field_versions jsonb not null
    )`.execute(db);
  await sql`create index prescription_print_by on clinichub.prescription_print (patient_id)`.execute(db);
  await sql`create index prescription_print_by2 on clinichub.prescription_print (medication_request_id)`.execute(
    db,
  );
  await sql`
    select clinichub.sync_define('prescription_print', 'append', 'patient_id', '{}', '{whole,consulting-room}')`.execute(
    db,
  );
  await nameSamePatient(db);
  await sql`update clinichub.sync_table set since = 6 where tbl = 'prescription_print'`.execute(db);
  await sql`update clinichub.sync_meta set schema = 6`.execute(db);
};

/** A workstation that holds one of two patients only could not apply a row that names the other's. */
const nameSamePatient = async (db: Kysely<unknown>): Promise<void> => {
  for (const [column, named] of [
    ['medication_request_id', 'medication_request'],
    ['corrects', 'prescription_print'],
  ] as const)
    await sql`
      create trigger ${sql.id(`same_patient_${column}`)} before insert or update of ${sql.id(column)}
        on clinichub.prescription_print for each row when (new.${sql.id(column)} is not null)
        execute function clinichub.names_same_patient(${sql.lit(column)}, ${sql.lit(named)})`.execute(db);
};
