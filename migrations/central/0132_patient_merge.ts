import { type Kysely, sql } from 'kysely';

/**
 * Two records of one person: `patient.merged_into` names the record that goes on. Rows stay with the record they were written for,
 * and whoever reads a chart follows the merge, so that taking it back is setting null: docs/adr/0007.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await sql`
    alter table clinichub.patient
      add column merged_into uuid references clinichub.patient (id)`.execute(db);
  await sql`
    create index patient_merged_into on clinichub.patient (merged_into) where merged_into is not null`.execute(
    db,
  );
  await createFollow(db);
  await refuseCircles(db);
  await createSlotTaker(db);
  await refuseTwice(db);
  await sql`
    select clinichub.sync_define(t.tbl, t.policy, t.scope, t.together) from clinichub.sync_table t where t.tbl = 'patient'`.execute(
    db,
  );
};

const createFollow = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.patient_root(patient uuid) returns uuid
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      with recursive up (id, into_id) as (
        select p.id, p.merged_into from clinichub.patient p where p.id = patient
        union select p.id, p.merged_into from up join clinichub.patient p on p.id = up.into_id
      )
      select coalesce((select up.id from up where up.into_id is null), patient)
    $f$`.execute(db);
  await sql`
    create function clinichub.patient_same(patient uuid) returns setof uuid
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      with recursive down (id) as (
        select clinichub.patient_root(patient)
        union select p.id from down join clinichub.patient p on p.merged_into = down.id
      )
      select id from down
    $f$`.execute(db);
};

/**
 * Merges are rare: one at a time, so that two cannot make a circle together. A patient is registered before being merged: who
 * has the patient in scope is known only then.
 */
const refuseCircles = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.patient_merge_guard() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    begin
      if tg_op = 'INSERT' then
        raise exception 'a patient is registered first and merged then' using errcode = 'CH102';
      end if;
      perform pg_advisory_xact_lock(hashtextextended('clinichub.patient.merged_into', 0));
      if new.merged_into = new.id or clinichub.patient_root(new.merged_into) = new.id then
        raise exception 'a merge must not lead back to the same patient' using errcode = 'CH102';
      end if;
      return new;
    end $f$`.execute(db);
  await sql`
    create trigger patient_merge_guard before insert or update of merged_into on clinichub.patient
    for each row when (new.merged_into is not null) execute function clinichub.patient_merge_guard()`.execute(
    db,
  );
};

/** As 0130, where a patient under two records is one. */
const createSlotTaker = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.appointment_holds(a clinichub.appointment) returns boolean
    language sql immutable set search_path = pg_catalog, pg_temp
    as $f$
      select a.status in ('proposed', 'pending', 'booked', 'arrived', 'checked-in')
        and not a.overbooked and not a.needs_rebooking and a.voided_at is null
    $f$`.execute(db);
  await sql`
    create or replace function clinichub.sync_slot_taker(wanted clinichub.appointment, reason text) returns clinichub.appointment
    language sql stable
    as $f$
      select a from clinichub.appointment a
        where a.id <> wanted.id and tstzrange(a.start_at, a.end_at, '[)') && tstzrange(wanted.start_at, wanted.end_at, '[)')
          and case reason when 'practitioner-busy' then a.practitioner_id = wanted.practitioner_id
            when 'room-busy' then a.room_id = wanted.room_id
            else a.patient_id in (select clinichub.patient_same(wanted.patient_id)) end
          and clinichub.appointment_holds(a)
        order by a.start_at, a.id limit 1
    $f$`.execute(db);
};

/**
 * A person is not in two places at once under two records either. The constraint sees one record only; this asks for the others, when
 * there are any, and refuses as the constraint does. Appointments that were there when the records were merged stay.
 */
const refuseTwice = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.appointment_refuse_twice(a clinichub.appointment) returns void
    language plpgsql set search_path = pg_catalog, pg_temp
    as $f$
    begin
      perform from clinichub.patient p where p.id = clinichub.patient_root(a.patient_id) for no key update;
      if exists (
        select from clinichub.appointment b
        where b.patient_id in (select clinichub.patient_same(a.patient_id)) and b.patient_id <> a.patient_id
          and tstzrange(b.start_at, b.end_at, '[)') && tstzrange(a.start_at, a.end_at, '[)') and clinichub.appointment_holds(b)
      ) then
        raise exception 'the patient is elsewhere in that time, under another record'
          using errcode = 'exclusion_violation', constraint = 'appointment_patient_busy';
      end if;
    end $f$`.execute(db);
  await sql`
    create function clinichub.patient_is_merged(patient uuid) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select exists (select from clinichub.patient p where p.id = patient and p.merged_into is not null)
        or exists (select from clinichub.patient p where p.merged_into = patient)
    $f$`.execute(db);
  await sql`
    create function clinichub.appointment_inserted() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    begin
      perform clinichub.appointment_refuse_twice(a) from inserted i join clinichub.appointment a on a.id = i.id
        where clinichub.patient_is_merged(i.patient_id) and clinichub.appointment_holds(a);
      return null;
    end $f$`.execute(db);
  await sql`
    create function clinichub.appointment_moved() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    begin
      if clinichub.patient_is_merged(new.patient_id) then
        perform clinichub.appointment_refuse_twice(new);
      end if;
      return null;
    end $f$`.execute(db);
  await sql`
    create trigger appointment_inserted after insert on clinichub.appointment referencing new table as inserted
    for each statement execute function clinichub.appointment_inserted()`.execute(db);
  await sql`
    create trigger appointment_moved after update on clinichub.appointment for each row
    when (clinichub.appointment_holds(new) and (not clinichub.appointment_holds(old)
      or (old.patient_id, old.start_at, old.end_at) is distinct from (new.patient_id, new.start_at, new.end_at)))
    execute function clinichub.appointment_moved()`.execute(db);
};
