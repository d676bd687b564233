import { type Kysely, sql } from 'kysely';

/** Schedules, appointments, tasks and the audit trail. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createSchedule(db);
  await createAppointment(db);
  await refuseDoubleBooking(db);
  await createTask(db);
  await createAuditEvent(db);
};

const createSchedule = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.schedule (
      id uuid primary key,
      practitioner_id uuid not null references clinichub.practitioner (id),
      location_id uuid not null references clinichub.location (id),
      room_id uuid references clinichub.location (id),
      weekday clinichub.weekday not null,
      start_time clinichub.wall_time not null,
      end_time clinichub.wall_time not null,
      valid_from clinichub.day,
      valid_to clinichub.day,
      active boolean not null,
      row_version bigint not null,
      field_versions jsonb not null,
      constraint schedule_ends_after_start check (end_time collate "C" > start_time collate "C"),
      constraint schedule_valid_in_order check (valid_to >= valid_from)
    )`.execute(db);
  await sql`create index schedule_practitioner on clinichub.schedule (practitioner_id)`.execute(db);
  await sql`
    select clinichub.sync_define('schedule', 'merge', 'location_id', '{weekday,start_time,end_time}')`.execute(
    db,
  );
};

/**
 * Where, when, with whom and whether at all is one decision: two desks must not each move half of an appointment, nor one
 * move what another cancels, nor a doctor accept a time that is no longer the one that was asked about.
 */
const createAppointment = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.appointment (
      id uuid primary key,
      patient_id uuid not null references clinichub.patient (id),
      practitioner_id uuid not null references clinichub.practitioner (id),
      location_id uuid not null references clinichub.location (id),
      room_id uuid references clinichub.location (id),
      status clinichub.appointment_status not null,
      participant_status clinichub.participant_status not null,
      start_at clinichub.instant not null,
      end_at clinichub.instant not null,
      start_local clinichub.wall_instant not null,
      time_zone clinichub.name_64 not null,
      description clinichub.text_4000,
      cancel_reason clinichub.text_1000,
      proposed_start_at clinichub.instant,
      overbooked boolean not null,
      needs_rebooking boolean not null,
      source clinichub.text_200,
      created_at clinichub.instant not null,
      created_by uuid,
      voided_at clinichub.instant,
      voided_by uuid,
      void_reason clinichub.text_1000,
      row_version bigint not null,
      field_versions jsonb not null,
      constraint appointment_ends_after_start check (end_at > start_at)
    )`.execute(db);
  await sql`
    create unique index appointment_source on clinichub.appointment (source) where source is not null`.execute(
    db,
  );
  await sql`create index appointment_patient on clinichub.appointment (patient_id, start_at)`.execute(db);
  await sql`
    select clinichub.sync_define('appointment', 'merge', 'location_id',
      '{practitioner_id,location_id,room_id,start_at,end_at,start_local,time_zone,status,participant_status,proposed_start_at,needs_rebooking}')`.execute(
    db,
  );
};

/**
 * Nobody and no room twice in one instant. The statuses are `holdingStatuses` of `src/shared/domain/appointments/status.ts`;
 * a test holds the two against each other. Immediate, not deferred: push must know which appointment it was.
 */
const refuseDoubleBooking = async (db: Kysely<unknown>): Promise<void> => {
  for (const [name, column] of [
    ['appointment_practitioner_busy', 'practitioner_id'],
    ['appointment_room_busy', 'room_id'],
    ['appointment_patient_busy', 'patient_id'],
  ] as const) {
    await sql`
      alter table clinichub.appointment add constraint ${sql.ref(name)}
      exclude using gist (${sql.ref(column)} with =, tstzrange(start_at, end_at, '[)') with &&)
      where (status in ('proposed', 'pending', 'booked', 'arrived', 'checked-in')
        and not overbooked and not needs_rebooking and voided_at is null and ${sql.ref(column)} is not null)`.execute(
      db,
    );
  }
};

const createTask = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.task (
      id uuid primary key,
      code clinichub.name_100 not null,
      status clinichub.task_status not null,
      patient_id uuid references clinichub.patient (id),
      appointment_id uuid references clinichub.appointment (id),
      owner_device uuid,
      reason clinichub.text_1000 not null,
      created_at clinichub.instant not null,
      completed_at clinichub.instant,
      completed_by uuid,
      row_version bigint not null,
      field_versions jsonb not null
    )`.execute(db);
  await sql`create index task_appointment on clinichub.task (appointment_id)`.execute(db);
  await sql`select clinichub.sync_define('task', 'merge')`.execute(db);
};

/** `action` is FHIR AuditEventAction (create, read, update, delete, execute). */
const createAuditEvent = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.audit_event (
      id uuid primary key,
      recorded_at clinichub.instant not null,
      action clinichub.audit_action not null,
      event clinichub.name_100 not null,
      account_id uuid,
      entity_table clinichub.text_100,
      entity_id uuid,
      outcome clinichub.name_100 not null,
      row_version bigint not null,
      field_versions jsonb not null
    )`.execute(db);
  await sql`select clinichub.sync_define('audit_event', 'append')`.execute(db);
};
