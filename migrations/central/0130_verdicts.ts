import { type Kysely, sql } from 'kysely';

/** The parts of `push` that write conflicts or tell of them, as 0130 leaves them. */

/** Notes why the mutation being settled needs a person; a taken slot is told before anything else. */
export const createReview = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_review(state text, reason text) returns void language plpgsql
    as $f$
    begin
      if coalesce(current_setting('clinichub.review', true), '') = '' or
          (state <> '' and current_setting('clinichub.review', true) like '/%') then
        perform set_config('clinichub.review', state || '/' || reason, true);
      end if;
    end $f$`.execute(db);

/**
 * What a merge means that an appointment lost some fields in: `merged`, or `needs_review` with a task when the fields
 * were where, when, with whom or whether at all. Somebody was told of a time, or of none, that does not hold.
 */
export const createLostDecision = (db: Kysely<unknown>) =>
  sql`
    create or replace function clinichub.sync_lost_decision(device clinichub.sync_device, n bigint, pk uuid, mutation uuid)
    returns text language plpgsql
    as $f$
    begin
      if not exists (
        select from clinichub.conflict c where c.id = clinichub.sync_task_id(mutation, pk, 'field/decision')
      ) then
        return 'merged';
      end if;
      perform clinichub.sync_review('', 'changed-elsewhere');
      insert into clinichub.task (id, code, status, patient_id, appointment_id, owner_device, reason, created_at)
        select clinichub.sync_task_id(mutation, a.id, 'move-refused'), 'move-refused', 'requested', a.patient_id, a.id,
               device.id, 'changed-elsewhere', now()
        from clinichub.appointment a where a.id = sync_lost_decision.pk
        on conflict (id) do nothing;
      return 'needs_review';
    end $f$`.execute(db);

/** The appointment that has the slot `wanted` wants. */
const createSlotTaker = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_slot_taker(wanted clinichub.appointment, reason text) returns clinichub.appointment
    language sql stable
    as $f$
      select a from clinichub.appointment a
        where a.id <> wanted.id and tstzrange(a.start_at, a.end_at, '[)') && tstzrange(wanted.start_at, wanted.end_at, '[)')
          and case reason when 'practitioner-busy' then a.practitioner_id = wanted.practitioner_id
            when 'room-busy' then a.room_id = wanted.room_id else a.patient_id = wanted.patient_id end
          and a.status in ('proposed', 'pending', 'booked', 'arrived', 'checked-in')
          and not a.overbooked and not a.needs_rebooking and a.voided_at is null
        order by a.start_at, a.id limit 1
    $f$`.execute(db);

/** Keeps an appointment's values that met a taken slot, and says whose appointment took it. */
const createLoseSlot = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_lose_slot(pk uuid, vals jsonb, reason text) returns void language plpgsql
    as $f$
    declare
      held clinichub.appointment;
      taker clinichub.appointment;
      kept jsonb;
    begin
      select * into held from clinichub.appointment a where a.id = pk;
      taker := clinichub.sync_slot_taker(jsonb_populate_record(held, vals), reason);
      -- Of a booking all stands but that it holds a slot; a move leaves the values there were.
      select coalesce(jsonb_object_agg(e.key, e.value), '{}') into kept
        from jsonb_each(clinichub.wire_appointment(held)) e where vals ? e.key and vals -> e.key <> e.value;
      if held.needs_rebooking then
        kept := kept || '{"needs_rebooking": 1}';
      end if;
      perform clinichub.sync_keep('slot', '', 'appointment', pk, held.patient_id, reason, vals,
        kept || jsonb_build_object('taken_by', taker.id), taker.id,
        (select coalesce(taker.field_versions -> k, taker.field_versions -> '*') as stamp
          from clinichub.sync_table t, unnest(t.together) k where t.tbl = 'appointment'
          order by (coalesce(taker.field_versions -> k, taker.field_versions -> '*') ->> 0)::bigint desc limit 1));
    end $f$`.execute(db);

/** An appointment whose mutation met a taken slot: the loser is kept, and a task says who must look at it. */
export const createApplySlot = async (db: Kysely<unknown>): Promise<void> => {
  await createSlotTaker(db);
  await createLoseSlot(db);
  await sql`
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
        when 'appointment_room_busy' then 'room-busy' else 'patient-busy' end;
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
};

/**
 * The verdict on one new mutation. What may succeed later is raised again; everything else is decided here and now.
 * `clinichub.attempt` tells whoever keeps a losing value which mutation it was of, whose and when.
 */
export const createSettle = (db: Kysely<unknown>) =>
  sql`
    create or replace function clinichub.sync_settle(device clinichub.sync_device, n bigint, hash text, payload text)
    returns clinichub.sync_verdict language plpgsql
    as $f$
    declare
      verdict clinichub.sync_verdict;
      document jsonb;
      careful boolean := false;
    begin
      verdict.n := n;
      verdict.hash := hash;
      perform set_config('clinichub.mutation', n::text, true);
      loop
        begin
          perform set_config('clinichub.review', '', true);
          if octet_length(payload) > 4194304 then
            raise exception 'the mutation is larger than 4 MB' using errcode = 'CH103';
          end if;
          if encode(sha256(convert_to(payload, 'UTF8')), 'hex') <> hash then
            raise exception 'the payload is not the one its hash was made of' using errcode = 'CH104';
          end if;
          document := payload::jsonb;
          verdict.kind := left(document ->> 'kind', 200);
          verdict.author := (document ->> 'user')::uuid;
          perform set_config('clinichub.attempt', (document - 'changes')::text, true);
          verdict.status := clinichub.sync_apply_mutation(device, n, document, careful);
          if current_setting('clinichub.review') <> '' then
            verdict.status := 'needs_review';
            verdict.state := nullif(split_part(current_setting('clinichub.review'), '/', 1), '');
            verdict.words := nullif(split_part(current_setting('clinichub.review'), '/', 2), '');
          end if;
          perform set_config('clinichub.attempt', '', true);
          exit;
        exception when others then
          get stacked diagnostics verdict.state = returned_sqlstate, verdict.words = message_text;
          if verdict.state = '23P01' and not careful then
            careful := true;
            verdict.state := null;
            verdict.words := null;
          elsif left(verdict.state, 2) in ('08', '40', '53', '57', '58')
              or verdict.state in ('55P03', 'XX001', 'XX002') then
            raise;
          else
            verdict.status := 'rejected';
            verdict.words := left(verdict.words, 500);
            exit;
          end if;
        end;
      end loop;
      if verdict.status <> 'applied' then
        verdict.payload := payload;
      end if;
      return verdict;
    end $f$`.execute(db);
