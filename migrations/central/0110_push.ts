import { type Kysely, sql } from 'kysely';

/** `push`: docs/sync-protocol.md. Each mutation whole or not at all, exactly once in effect. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createTaskId(db);
  await createLostDecision(db);
  await createApplySlot(db);
  await createApplyMutation(db);
  await createSettle(db);
  await createSettleInserts(db);
  await createSettleEach(db);
  await createPush(db);
  await sql`grant execute on function clinichub.push(json) to clinichub_workstation`.execute(db);
};

/** The same mutation always makes the same task, whoever computes it: a UUID version 8 from the mutation, the row and the code. */
const createTaskId = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_task_id(mutation uuid, pk uuid, code text) returns uuid
    language sql immutable set search_path = pg_catalog, pg_temp
    as $f$
      select overlay(overlay(md5(mutation || '/' || pk || '/' || code) placing '8' from 13) placing '8' from 17)::uuid
    $f$`.execute(db);

/**
 * What a merge means that an appointment lost some fields in: `merged`, or `needs_review` with a task when the fields
 * were where, when, with whom or whether at all. Somebody was told of a time, or of none, that does not hold.
 */
const createLostDecision = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_lost_decision(device clinichub.sync_device, n bigint, pk uuid, mutation uuid)
    returns text language plpgsql
    as $f$
    begin
      if not exists (
        select from clinichub.sync_conflict c, clinichub.sync_table t
        where c.device_no = device.device_no and c.n = sync_lost_decision.n and c.pk = sync_lost_decision.pk
          and c.kind = 'field' and t.tbl = 'appointment' and c.attempted ?| t.together
      ) then
        return 'merged';
      end if;
      insert into clinichub.task (id, code, status, patient_id, appointment_id, owner_device, reason, created_at)
        select clinichub.sync_task_id(mutation, a.id, 'move-refused'), 'move-refused', 'requested', a.patient_id, a.id,
               device.id, 'changed-elsewhere', now()
        from clinichub.appointment a where a.id = sync_lost_decision.pk
        on conflict (id) do nothing;
      return 'needs_review';
    end $f$`.execute(db);

/** An appointment whose mutation met a taken slot: the loser is kept, and a task says who must look at it. */
const createApplySlot = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_apply_slot(
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
      insert into clinichub.sync_conflict (device_no, n, user_id, kind, tbl, pk, base, attempted, kept, reason)
        select device.device_no, sync_apply_slot.n, author, 'slot', 'appointment', a.id, sync_apply_slot.base, vals,
               (select jsonb_object_agg(k, to_jsonb(a) -> k) from jsonb_object_keys(vals) k), busy
        from clinichub.appointment a where a.id = sync_apply_slot.pk;
      insert into clinichub.task (id, code, status, patient_id, appointment_id, owner_device, reason, created_at)
        select clinichub.sync_task_id(mutation, a.id, work), work, 'requested', a.patient_id, a.id, device.id, busy, now()
        from clinichub.appointment a where a.id = sync_apply_slot.pk
        on conflict (id) do nothing;
      return 'needs_review';
    end $f$`.execute(db);

/** All changes of one mutation, in order. `careful` looks at each appointment on its own; the quick way does not need to. */
const createApplyMutation = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_apply_mutation(
      device clinichub.sync_device, n bigint, document jsonb, careful boolean
    ) returns text language plpgsql
    as $f$
    declare
      author uuid := (document ->> 'user')::uuid;
      mutation uuid := (document ->> 'id')::uuid;
      change record;
      outcome text;
      status text := 'applied';
    begin
      if mutation is null or document ->> 'kind' is null or jsonb_typeof(document -> 'changes') is distinct from 'array' then
        raise exception 'a mutation needs id, kind and changes' using errcode = 'CH102';
      end if;
      for change in
        select * from jsonb_to_recordset(document -> 'changes')
          as c (tbl text, op text, pk uuid, base bigint, "values" jsonb)
      loop
        if careful and change.tbl = 'appointment' then
          outcome := clinichub.sync_apply_slot(change.op, change.pk, change.base, change."values", device, n, author, mutation);
        else
          outcome := case when clinichub.sync_apply(
            change.tbl, change.op, change.pk, change.base, change."values", device.device_no, n, author
          ) then 'merged' else 'applied' end;
          if outcome = 'merged' and change.tbl = 'appointment' then
            outcome := clinichub.sync_lost_decision(device, n, change.pk, mutation);
          end if;
        end if;
        if outcome = 'needs_review' or status = 'applied' then
          status := outcome;
        end if;
      end loop;
      return status;
    end $f$`.execute(db);

/** The verdict on one new mutation. What may succeed later is raised again; everything else is decided here and now. */
const createSettle = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create type clinichub.sync_verdict as (
      n bigint, hash text, kind text, author uuid, status text, state text, words text, payload text
    )`.execute(db);
  await sql`
    create function clinichub.sync_settle(device clinichub.sync_device, n bigint, hash text, payload text)
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
          if octet_length(payload) > 4194304 then
            raise exception 'the mutation is larger than 4 MB' using errcode = 'CH103';
          end if;
          if encode(sha256(convert_to(payload, 'UTF8')), 'hex') <> hash then
            raise exception 'the payload is not the one its hash was made of' using errcode = 'CH104';
          end if;
          document := payload::jsonb;
          verdict.kind := left(document ->> 'kind', 200);
          verdict.author := (document ->> 'user')::uuid;
          verdict.status := clinichub.sync_apply_mutation(device, n, document, careful);
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
      if verdict.status = 'needs_review' then
        select c.reason, case c.kind when 'slot' then '23P01' end into verdict.words, verdict.state
          from clinichub.sync_conflict c
          where c.device_no = device.device_no and c.n = sync_settle.n order by c.kind desc, c.id limit 1;
      end if;
      return verdict;
    end $f$`.execute(db);
};

/**
 * The verdicts on a call of new mutations that do nothing but insert, all rows of a table in one statement; null when
 * they are anything else or any row is refused, and then nothing has happened: each is settled on its own. A row may not name one that comes later, so that no verdict depends on which mutations came together.
 */
const createSettleInserts = async (db: Kysely<unknown>): Promise<void> => {
  await sql`create type clinichub.sync_insertion as (n bigint, ord bigint, tbl text, pk uuid, vals jsonb)`.execute(
    db,
  );
  await sql`
    create function clinichub.sync_settle_inserts(device clinichub.sync_device, mutations json)
    returns clinichub.sync_verdict[] language plpgsql
    as $f$
    declare
      verdicts clinichub.sync_verdict[];
      documents jsonb[];
      rows clinichub.sync_insertion[];
      plain boolean;
      part record;
    begin
      select array_agg((s.n, s.hash, left(s.document ->> 'kind', 200), (s.document ->> 'user')::uuid,
               'applied', null, null, null)::clinichub.sync_verdict order by s.place),
             array_agg(s.document order by s.place),
             bool_and(coalesce(s.n = device.last_n + s.place and octet_length(s.payload) <= 4194304
               and s.hash = encode(sha256(convert_to(s.payload, 'UTF8')), 'hex')
               and (s.document ->> 'id')::uuid is not null and s.document ->> 'kind' is not null
               and jsonb_typeof(s.document -> 'changes') = 'array', false))
        into verdicts, documents, plain
        from (select m.*, m.payload::jsonb as document
              from rows from (json_to_recordset(mutations) as (n bigint, hash text, payload text))
                with ordinality m (n, hash, payload, place) offset 0) s;
      if not plain then
        return null;
      end if;
      select array_agg((device.last_n + c.place, nextval('clinichub.sync_change_ord'), c.tbl, c.pk, c.vals)::clinichub.sync_insertion),
             bool_and(coalesce(c.op = 'insert' and c.base is not null and c.vals ->> 'id' = c.pk::text
               and c.vals - c.columns = '{}', false))
        into rows, plain
        -- Sorted before a number is taken: a join promises no order, and the ledger must keep the workstation's.
        from (select d.place, c.*, t.columns
              from unnest(documents) with ordinality d (document, place)
              cross join lateral rows from (jsonb_to_recordset(d.document -> 'changes')
                as (tbl text, op text, pk uuid, base bigint, "values" jsonb)) with ordinality c (tbl, op, pk, base, vals, at)
              left join clinichub.sync_table t on t.tbl = c.tbl
              order by d.place, c.at) c;
      if not plain then
        return null;
      end if;
      with pointer as materialized (
        select r.ord, r.vals ->> p.name as pk
        from unnest(rows) r join clinichub.sync_table t on t.tbl = r.tbl cross join lateral unnest(t.pointers) p (name)
        where r.vals ->> p.name is not null
      )
      select not exists (select from pointer join unnest(rows) r on r.pk::text = pointer.pk and r.ord > pointer.ord)
        into plain;
      if not plain then
        return null;
      end if;
      perform set_config('clinichub.run', (select json_agg(json_build_object(
        'tbl', r.tbl, 'pk', r.pk, 'n', r.n, 'ord', r.ord)) from unnest(rows) r)::text, true);
      for part in
        select t.tbl, array_agg(r.vals order by r.ord) as vals
        from unnest(rows) r join clinichub.sync_table t on t.tbl = r.tbl group by t.tbl, t.place order by t.place
      loop
        execute format('select clinichub.%I($1)', 'insert_' || part.tbl) using part.vals;
      end loop;
      perform set_config('clinichub.run', '', true);
      return verdicts;
    exception when others then
      return null;
    end $f$`.execute(db);
};

/** The verdicts on the mutations of a call, one after the other; on those that came before, the stored ones. */
const createSettleEach = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_settle_each(device clinichub.sync_device, mutations json)
    returns clinichub.sync_verdict[] language plpgsql
    as $f$
    declare
      sent record;
      verdict clinichub.sync_verdict;
      verdicts clinichub.sync_verdict[] := '{}';
    begin
      for sent in select * from json_to_recordset(mutations) as m (n bigint, hash text, payload text) loop
        if sent.n is null or sent.hash is null or sent.payload is null then
          raise exception 'a mutation is sent as n, hash and payload' using errcode = '22004';
        elsif sent.n > device.last_n + 1 then
          raise exception 'mutation % came, but the next one is %', sent.n, device.last_n + 1 using errcode = 'CH003';
        elsif sent.n <= device.last_n then
          select m.n, m.hash, null, null, m.status, m.sqlstate, m.message, null into verdict
            from clinichub.sync_mutation m where m.device_no = device.device_no and m.n = sent.n;
          if verdict.hash is distinct from sent.hash then
            raise exception 'another mutation % is here already: this workstation was copied or set back', sent.n
              using errcode = 'CH002';
          end if;
        else
          verdict := clinichub.sync_settle(device, sent.n, sent.hash, sent.payload);
          device.last_n := sent.n;
        end if;
        verdicts := verdicts || verdict;
      end loop;
      return verdicts;
    end $f$`.execute(db);

const createPush = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.push(mutations json) returns json
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      device clinichub.sync_device := clinichub.sync_me();
      known bigint;
      -- Each look at a json reads all of it.
      total integer := json_array_length(mutations);
      size integer := octet_length(mutations::text);
      verdicts clinichub.sync_verdict[];
    begin
      -- One push of a workstation at a time: a try whose connection was lost may still be running.
      select * into device from clinichub.sync_device d where d.device_no = device.device_no for no key update;
      known := device.last_n;
      if device.schema < (select m.min_schema from clinichub.sync_meta m) then
        raise exception 'this workstation must be updated first' using errcode = 'CH006';
      end if;
      if total > 2000 or (total > 1 and size > 8388608) or size > 67108864 then
        raise exception 'too much in one call: at most 2000 mutations or 4 MB' using errcode = 'CH005';
      end if;
      perform set_config('clinichub.tx', '', true), set_config('clinichub.device_no', device.device_no::text, true);
      if total > 1 and position('\\"op\\":\\"update\\"' in mutations::text) = 0 then
        verdicts := clinichub.sync_settle_inserts(device, mutations);
      end if;
      if verdicts is null then
        verdicts := clinichub.sync_settle_each(device, mutations);
      end if;
      insert into clinichub.sync_mutation (device_no, n, hash, kind, user_id, status, sqlstate, message, payload)
        select device.device_no, v.n, v.hash, v.kind, v.author, v.status, v.state, v.words, v.payload
        from unnest(verdicts) v where v.n > known;
      update clinichub.sync_device d set last_n = (select greatest(known, max(v.n)) from unnest(verdicts) v), last_contact_at = now()
        where d.device_no = device.device_no;
      perform set_config('clinichub.device_no', '', true), set_config('clinichub.mutation', '', true);
      return (
        select coalesce(json_agg(json_build_object('n', v.n, 'status', v.status, 'sqlstate', v.state,
          'message', v.words) order by place), '[]')
        from unnest(verdicts) with ordinality v (n, hash, kind, author, status, state, words, payload, place)
      );
    end $f$`.execute(db);
