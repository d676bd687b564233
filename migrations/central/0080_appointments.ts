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
      weekday integer not null check (weekday between 1 and 7),
      start_time text not null check (start_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
      end_time text not null check (end_time ~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$'),
      valid_from date check (valid_from between '1900-01-01' and '2200-01-01'),
      valid_to date check (valid_to between '1900-01-01' and '2200-01-01'),
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

/** Where, when and with whom is one decision: two desks must not each move half of an appointment. */
const createAppointment = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.appointment (
      id uuid primary key,
      patient_id uuid not null references clinichub.patient (id),
      practitioner_id uuid not null references clinichub.practitioner (id),
      location_id uuid not null references clinichub.location (id),
      room_id uuid references clinichub.location (id),
      status text not null check (status in ('proposed', 'pending', 'booked', 'arrived', 'fulfilled', 'cancelled',
        'noshow', 'entered-in-error', 'checked-in', 'waitlist')),
      participant_status text not null
        check (participant_status in ('accepted', 'declined', 'tentative', 'needs-action')),
      start_at timestamptz(3) not null check (start_at between '1900-01-01Z' and '2200-01-01Z'),
      end_at timestamptz(3) not null check (end_at between '1900-01-01Z' and '2200-01-01Z'),
      start_local text not null check (start_local ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$'),
      time_zone text not null check (char_length(time_zone) between 1 and 64),
      description text check (char_length(description) <= 4000),
      cancel_reason text check (char_length(cancel_reason) <= 1000),
      proposed_start_at timestamptz(3) check (proposed_start_at between '1900-01-01Z' and '2200-01-01Z'),
      overbooked boolean not null,
      needs_rebooking boolean not null,
      source text check (char_length(source) <= 200),
      created_at timestamptz(3) not null check (created_at between '1900-01-01Z' and '2200-01-01Z'),
      created_by uuid,
      voided_at timestamptz(3) check (voided_at between '1900-01-01Z' and '2200-01-01Z'),
      voided_by uuid,
      void_reason text check (char_length(void_reason) <= 1000),
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
      '{practitioner_id,location_id,room_id,start_at,end_at,start_local,time_zone,needs_rebooking}')`.execute(
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
      code text not null check (char_length(code) between 1 and 100),
      status text not null check (status in ('draft', 'requested', 'received', 'accepted', 'rejected', 'ready',
        'cancelled', 'in-progress', 'on-hold', 'failed', 'completed', 'entered-in-error')),
      patient_id uuid references clinichub.patient (id),
      appointment_id uuid references clinichub.appointment (id),
      owner_device uuid,
      reason text not null check (char_length(reason) <= 1000),
      created_at timestamptz(3) not null check (created_at between '1900-01-01Z' and '2200-01-01Z'),
      completed_at timestamptz(3) check (completed_at between '1900-01-01Z' and '2200-01-01Z'),
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
      recorded_at timestamptz(3) not null check (recorded_at between '1900-01-01Z' and '2200-01-01Z'),
      action text not null check (action in ('C', 'R', 'U', 'D', 'E')),
      event text not null check (char_length(event) between 1 and 100),
      account_id uuid,
      entity_table text check (char_length(entity_table) <= 100),
      entity_id uuid,
      outcome text not null check (char_length(outcome) between 1 and 100),
      row_version bigint not null,
      field_versions jsonb not null
    )`.execute(db);
  await sql`select clinichub.sync_define('audit_event', 'append')`.execute(db);
};
