import { type Kysely, sql } from 'kysely';

/**
 * Who leaves and what closes, while another desk books: of the two the later in the centre's order is refused. A booking becomes one
 * that needs another time, as for a slot that is taken; leaving or closing is refused with CH107. docs/sync-protocol.md, "Conflicts".
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await sql`alter domain clinichub.conflict_reason drop constraint conflict_reason_check`.execute(db);
  await sql`
    alter domain clinichub.conflict_reason add constraint conflict_reason_check
      check (value in ('changed-elsewhere', 'practitioner-busy', 'room-busy', 'patient-busy', 'practitioner-left', 'place-closed', 'forked'))`.execute(
    db,
  );
  await refuseClosed(db);
  await refuseLeaving(db);
  await createSlotTaker(db);
  await createCloser(db);
  await createLoseSlot(db);
  await createApplySlot(db);
};

/**
 * The locks let a booking and a leaving in the same instant see each other; bookings do not wait for bookings. What is over stands, and
 * so does a patient who has come.
 */
const refuseClosed = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.appointment_ahead(a clinichub.appointment) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select a.status in ('proposed', 'pending', 'booked') and not a.needs_rebooking and a.voided_at is null
        and a.end_at > now()
    $f$`.execute(db);
  await sql`
    create function clinichub.appointment_refuse_closed() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      works boolean;
      opens boolean;
    begin
      if tg_op = 'UPDATE' and clinichub.appointment_ahead(old)
          and (old.practitioner_id, old.location_id, old.room_id, old.start_at)
            is not distinct from (new.practitioner_id, new.location_id, new.room_id, new.start_at) then
        return new;
      end if;
      select p.active into works from clinichub.practitioner p where p.id = new.practitioner_id for share;
      if not works or exists (
        select from clinichub.practitioner_location l
        where l.practitioner_id = new.practitioner_id and l.location_id = new.location_id and not l.active
      ) then
        raise exception 'the practitioner does not work there any more'
          using errcode = 'exclusion_violation', constraint = 'appointment_practitioner_left';
      end if;
      for opens in
        select l.active from clinichub.location l where l.id in (new.location_id, new.room_id) order by l.id for share
      loop
        if not opens then
          raise exception 'the place is closed'
            using errcode = 'exclusion_violation', constraint = 'appointment_place_closed';
        end if;
      end loop;
      return new;
    end $f$`.execute(db);
  await sql`
    create trigger appointment_refuse_closed before insert or update on clinichub.appointment for each row
    when (new.status in ('proposed', 'pending', 'booked') and not new.needs_rebooking and new.voided_at is null
      and new.end_at > now())
    execute function clinichub.appointment_refuse_closed()`.execute(db);
};

const refuseLeaving = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.refuse_leaving() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    begin
      if tg_table_name = 'practitioner_location' then
        -- Of a row that is only just made no booking can have a lock.
        perform from clinichub.practitioner p where p.id = new.practitioner_id for no key update;
      end if;
      if exists (
        select from clinichub.appointment a
        where case tg_table_name
            when 'practitioner' then a.practitioner_id = new.id
            when 'location' then new.id in (a.location_id, a.room_id)
            else a.practitioner_id = (to_jsonb(new) ->> 'practitioner_id')::uuid
              and a.location_id = (to_jsonb(new) ->> 'location_id')::uuid end
          and clinichub.appointment_ahead(a)
      ) then
        raise exception 'appointments are booked there' using errcode = 'CH107';
      end if;
      return null;
    end $f$`.execute(db);
  for (const table of ['practitioner', 'location', 'practitioner_location'])
    await sql`
      create trigger refuse_leaving after update on ${sql.id('clinichub', table)} for each row
      when (old.active and not new.active) execute function clinichub.refuse_leaving()`.execute(db);
  await sql`
    create trigger refuse_leaving_new after insert on clinichub.practitioner_location for each row
    when (not new.active) execute function clinichub.refuse_leaving()`.execute(db);
};

/** As 0132; nobody has taken the time of who left or of what is closed. */
const createSlotTaker = (db: Kysely<unknown>) =>
  sql`
    create or replace function clinichub.sync_slot_taker(wanted clinichub.appointment, reason text) returns clinichub.appointment
    language sql stable
    as $f$
      select a from clinichub.appointment a
        where a.id <> wanted.id and tstzrange(a.start_at, a.end_at, '[)') && tstzrange(wanted.start_at, wanted.end_at, '[)')
          and case reason when 'practitioner-busy' then a.practitioner_id = wanted.practitioner_id
            when 'room-busy' then a.room_id = wanted.room_id
            when 'patient-busy' then a.patient_id in (select clinichub.patient_same(wanted.patient_id))
            else false end
          and clinichub.appointment_holds(a)
        order by a.start_at, a.id limit 1
    $f$`.execute(db);

/** The row that says that somebody left or that a place is closed, with who set it so. */
const createCloser = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_closer(wanted clinichub.appointment, reason text, out id uuid, out stamp jsonb)
    language sql stable
    as $f$
      select c.id, coalesce(c.versions -> 'active', c.versions -> '*') from (
        select p.id, p.field_versions as versions, 1 as place from clinichub.practitioner p
          where reason = 'practitioner-left' and p.id = wanted.practitioner_id and not p.active
        union all
        select l.id, l.field_versions, 2 from clinichub.practitioner_location l
          where reason = 'practitioner-left' and l.practitioner_id = wanted.practitioner_id
            and l.location_id = wanted.location_id and not l.active
        union all
        select l.id, l.field_versions, 3 from clinichub.location l
          where reason = 'place-closed' and l.id in (wanted.location_id, wanted.room_id) and not l.active
      ) c order by c.place, c.id limit 1
    $f$`.execute(db);

/** As 0130; of who left or what is closed it is told who said so. */
const createLoseSlot = (db: Kysely<unknown>) =>
  sql`
    create or replace function clinichub.sync_lose_slot(pk uuid, vals jsonb, reason text) returns void language plpgsql
    as $f$
    declare
      held clinichub.appointment;
      wanted clinichub.appointment;
      taker clinichub.appointment;
      closer uuid;
      closing jsonb;
      stamp jsonb;
      kept jsonb;
    begin
      select * into held from clinichub.appointment a where a.id = pk;
      wanted := jsonb_populate_record(held, vals);
      taker := clinichub.sync_slot_taker(wanted, reason);
      select c.id, c.stamp into closer, closing from clinichub.sync_closer(wanted, reason) c;
      -- Of a booking all stands but that it holds a slot; a move leaves the values there were.
      select coalesce(jsonb_object_agg(e.key, e.value), '{}') into kept
        from jsonb_each(clinichub.wire_appointment(held)) e where vals ? e.key and vals -> e.key <> e.value;
      if held.needs_rebooking then
        kept := kept || '{"needs_rebooking": 1}';
      end if;
      select coalesce(taker.field_versions -> k, taker.field_versions -> '*') into stamp
        from clinichub.sync_table t, unnest(t.together) k where t.tbl = 'appointment'
        order by (coalesce(taker.field_versions -> k, taker.field_versions -> '*') ->> 0)::bigint desc limit 1;
      perform clinichub.sync_keep('slot', '', 'appointment', pk, held.patient_id, reason, vals,
        kept || jsonb_build_object('taken_by', taker.id), coalesce(taker.id, closer), coalesce(stamp, closing));
    end $f$`.execute(db);

/** As 0130, with the two reasons. */
const createApplySlot = (db: Kysely<unknown>) =>
  sql`
    create or replace function clinichub.sync_apply_slot(
      op text, pk uuid, base bigint, vals jsonb, device clinichub.sync_device, n bigint, author uuid, mutation uuid
    ) returns text language plpgsql
    as $f$
    declare
      taken text;
      busy text;
      work text := case op when 'insert' then 'rebook-appointment' else 'move-refused' end;
    begin
      begin
        if not clinichub.sync_apply('appointment', op, pk, base, vals, device.device_no, n, author) then
          return 'applied';
        end if;
        return clinichub.sync_lost_decision(device, n, pk, mutation);
      exception when exclusion_violation then
        get stacked diagnostics taken = constraint_name;
      end;
      busy := case taken when 'appointment_practitioner_busy' then 'practitioner-busy'
        when 'appointment_room_busy' then 'room-busy' when 'appointment_practitioner_left' then 'practitioner-left'
        when 'appointment_place_closed' then 'place-closed' else 'patient-busy' end;
      if op = 'insert' then
        perform clinichub.sync_apply('appointment', op, pk, base, vals || '{"needs_rebooking": 1}',
          device.device_no, n, author);
      end if;
      perform clinichub.sync_lose_slot(pk, vals, busy);
      perform clinichub.sync_review('23P01', busy);
      insert into clinichub.task (id, code, status, patient_id, appointment_id, owner_device, reason, created_at)
        select clinichub.sync_task_id(mutation, a.id, work), work, 'requested', a.patient_id, a.id, device.id, busy, now()
        from clinichub.appointment a where a.id = sync_apply_slot.pk
        on conflict (id) do nothing;
      return 'needs_review';
    end $f$`.execute(db);
