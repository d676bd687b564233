import { type Kysely, sql } from 'kysely';

/** The calls of 0100 as a workstation's scope allows them, and the two that reach beyond it: docs/sync-protocol.md, "Scope". */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createMe(db);
  await createScope(db);
  await createHello(db);
  await createPull(db);
  await createBootPage(db);
  await createEstimate(db);
  await createCommon(db);
  await createOpenPatient(db);
  await createFindPatients(db);
  await sql`
    grant execute on function clinichub.common(json), clinichub.open_patient(uuid), clinichub.find_patients(json)
    to clinichub_workstation`.execute(db);
};

/** The calling workstation, by the login it has. One that is to be wiped may still say hello and send what waits. */
const createMe = async (db: Kysely<unknown>): Promise<void> => {
  await sql`drop function clinichub.sync_me()`.execute(db);
  await sql`
    create function clinichub.sync_me(leaving boolean default false) returns clinichub.sync_device
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device;
    begin
      select * into me from clinichub.sync_device d where d.login = session_user;
      if not found then
        raise exception 'this login is no workstation of this centre' using errcode = 'CH001';
      elsif me.suspended_at is not null or me.revoked_at is not null or me.wiped_at is not null then
        raise exception 'this workstation is suspended' using errcode = 'CH001';
      elsif me.claimed_at is null and me.code_expires_at < now() then
        raise exception 'the code of this workstation has expired' using errcode = 'CH001';
      elsif me.wiping_at is not null and not leaving then
        raise exception 'this workstation is to be wiped' using errcode = 'CH007';
      end if;
      return me;
    end $f$`.execute(db);
  // push of 0110 with the one difference that a workstation to be wiped may send.
  await sql`
    do $$
    declare
      body text := pg_get_functiondef('clinichub.push(json)'::regprocedure);
    begin
      if position('clinichub.sync_me()' in body) = 0 then
        raise exception 'push does not ask who calls';
      end if;
      execute replace(body, 'clinichub.sync_me()', 'clinichub.sync_me(true)');
    end $$`.execute(db);
};

/**
 * What a workstation holds, as a text to compare: by its place, its role and the version of the schema it was written for. To one
 * of an earlier version newer tables and columns do not exist (`sync_hidden`, `sync_newer`); updated, it copies anew.
 */
const createScope = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.sync_scope(me clinichub.sync_device) returns text
    language sql immutable set search_path = pg_catalog, pg_temp
    as $f$
      select case me.scope when 'clinic' then 'clinic' else 'site:' || coalesce(me.location_id::text, 'none') end
        || '/' || me.role || '/' || coalesce(me.schema, 1)
    $f$`.execute(db);
  await sql`
    create function clinichub.sync_audiences(me clinichub.sync_device) returns uuid[]
    language sql immutable set search_path = pg_catalog, pg_temp
    as $f$
      select array_remove(array[me.id, me.location_id, '00000000-0000-0000-0000-000000000000'::uuid], null)
    $f$`.execute(db);
  await sql`
    create function clinichub.sync_hidden(me clinichub.sync_device) returns text[]
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select coalesce(array_agg(t.tbl), '{}') from clinichub.sync_table t
      where not me.role = any (t.roles) or t.since > me.schema
    $f$`.execute(db);
  await sql`
    create function clinichub.sync_newer(me clinichub.sync_device) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select jsonb_object_agg(n.tbl, n.names) from (
        select t.tbl, jsonb_agg(e.key) as names
        from clinichub.sync_table t cross join lateral jsonb_each_text(t.newer) e
        where e.value::integer > me.schema group by t.tbl) n
    $f$`.execute(db);
  await sql`
    create function clinichub.sync_trim(tbl text, patch json, newer jsonb) returns text
    language sql immutable set search_path = pg_catalog, pg_temp
    as $f$
      select case when newer ? tbl
        then coalesce((select json_object_agg(e.key, e.value)::text from json_each(patch) e where not newer -> tbl ? e.key), '{}')
        else patch::text end
    $f$`.execute(db);
  await sql`
    create function clinichub.sync_page(page clinichub.sync_table, newer jsonb) returns text
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select case when newer ? page.tbl then format('select json_build_array(row_version, %s)::text from clinichub.%I',
          (select string_agg(clinichub.sync_wire(quote_ident(c), a.atttypid), ', ' order by i)
            from unnest(page.columns) with ordinality u(c, i)
            join pg_attribute a on a.attrelid = format('clinichub.%I', page.tbl)::regclass and a.attname = c
            where not newer -> page.tbl ? c),
          page.tbl)
        else page.boot end
    $f$`.execute(db);
};

const createHello = (db: Kysely<unknown>) =>
  sql`
    create or replace function clinichub.hello(request json) returns json
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device := clinichub.sync_me(true);
      reach text;
      meta clinichub.sync_meta;
      head bigint;
      place bigint := (request ->> 'cursor')::bigint;
      link text;
      state text;
    begin
      update clinichub.sync_device d
        set schema = (request ->> 'schema')::integer, app = left(request ->> 'app', 50), last_contact_at = now()
        where d.device_no = me.device_no returning * into me;
      reach := clinichub.sync_scope(me);
      update clinichub.sync_device d set greeted_scope = reach
        where d.device_no = me.device_no and d.greeted_scope is distinct from reach;
      select * into meta from clinichub.sync_meta;
      select c.seq into head from clinichub.sync_clock c;
      select t.chain into link from clinichub.sync_tx t where t.seq = place;
      if place = 0 then link := repeat('0', 64); end if;
      state := case
        when coalesce((request ->> 'schema')::integer, 0) < meta.min_schema then 'outdated'
        when me.wiping_at is not null then 'wipe'
        when me.scope = 'site' and coalesce((request ->> 'schema')::integer, 0) < 2 then 'outdated'
        when place is null then 'new'
        when request ->> 'epoch' is distinct from meta.epoch::text or place > head then 'diverged'
        when place < meta.low_water then 'behind'
        when request ->> 'chain' is distinct from link then 'diverged'
        when coalesce(request ->> 'scope', 'clinic/whole/1') <> reach then 'behind'
        else 'ok'
      end;
      return json_build_object('epoch', meta.epoch, 'schema', meta.schema, 'min_schema', meta.min_schema,
        'head', head, 'low_water', meta.low_water, 'durable', meta.durable_seq, 'lease_days', meta.lease_days,
        'device_id', me.id, 'device_no', me.device_no, 'device_name', me.name, 'location_id', me.location_id,
        'scope', reach, 'last_n', me.last_n, 'state', state);
    end $f$`.execute(db);

/**
 * Whole transactions in order, until about max_rows changes or 4 MB; one at least. Of each what this workstation may see: of a
 * patient's rows those since the patient came into scope, which begins with the whole chart (`enter`).
 */
const createPull = (db: Kysely<unknown>) =>
  sql`
    create or replace function clinichub.pull(cursor bigint, max_rows integer) returns json
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $f$
    #variable_conflict use_variable
    declare
      me clinichub.sync_device := clinichub.sync_me();
      mine uuid[] := clinichub.sync_audiences(me);
      hidden text[] := clinichub.sync_hidden(me);
      newer jsonb := clinichub.sync_newer(me);
      head bigint;
      upto bigint;
      link text;
      begun text;
      count bigint;
      changes text;
    begin
      if cursor is null or max_rows is null then
        raise exception 'pull needs a cursor and a number of rows' using errcode = '22004';
      end if;
      select c.seq into head from clinichub.sync_clock c;
      if cursor < (select m.low_water from clinichub.sync_meta m) or cursor > head or cursor < 0 then
        raise exception 'the changes after % are not kept here: copy anew', cursor using errcode = 'CH004';
      end if;
      if me.greeted_scope <> clinichub.sync_scope(me) then
        raise exception 'the scope of this workstation has changed: say hello' using errcode = 'CH004';
      end if;
      select coalesce(max(w.seq), cursor), count(*) into upto, count
        from (
          select t.seq,
                 row_number() over before as place,
                 sum(t.changes) over before as rows,
                 sum(t.bytes) over before as size
          from (select * from clinichub.sync_tx x where x.seq > cursor order by x.seq
                limit least(greatest(max_rows, 1), 20000)) t
          window before as (order by t.seq)
        ) w
        where w.place = 1 or (w.rows <= max_rows and w.size <= 4194304);
      select t.chain into link from clinichub.sync_tx t where t.seq = upto;
      select t.chain into begun from clinichub.sync_tx t where t.seq = cursor;
      select string_agg(
          '{"seq":' || t.seq || ',"tbl":"' || c.tbl || '","op":"' || c.op || '","pk":"' || c.pk || '","v":'
            || c.row_version || ',"values":'
            || case when newer is null then c.patch::text else clinichub.sync_trim(c.tbl, c.patch, newer) end || '}', ',' order by t.seq, c.ord)
        into changes
        from clinichub.sync_tx t join clinichub.sync_change c on c.tx = t.tx
        where t.seq > cursor and t.seq <= upto and c.tbl <> all (hidden)
          and case
            when me.scope = 'clinic' then c.op not in ('enter', 'evict')
            when c.op = 'enter' then c.scope_new = any (mine)
            when c.op = 'evict' then c.scope_old = any (mine) and not exists (
              select from clinichub.sync_member m left join clinichub.sync_tx s on s.tx = m.tx
              where m.patient = c.pk and m.audience = any (mine)
                and (coalesce(s.seq, 0) < t.seq or (s.seq = t.seq and m.born)))
            else coalesce(c.scope_new, c.scope_old) is null or exists (
              select from clinichub.sync_member m left join clinichub.sync_tx s on s.tx = m.tx
              where m.patient = coalesce(c.scope_new, c.scope_old) and m.audience = any (mine)
                and (coalesce(s.seq, 0) < t.seq or (s.seq = t.seq and m.born)))
          end;
      return ('{"from":' || cursor || ',"to":' || upto || ',"head":' || head
        || ',"before":' || case when cursor = 0 then '"' || repeat('0', 64) || '"' else coalesce('"' || begun || '"', 'null') end
        || ',"chain":"' || coalesce(link, repeat('0', 64)) || '","txs":' || count
        || ',"changes":[' || coalesce(changes, '') || ']}')::json;
    end $f$`.execute(db);

const createBootPage = (db: Kysely<unknown>) =>
  sql`
    create or replace function clinichub.boot_page(tbl text, after uuid, rows integer) returns setof text
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp set work_mem = '32MB'
    as $f$
    declare
      me clinichub.sync_device := clinichub.sync_me();
      page clinichub.sync_table;
      conditions text[] := '{}';
    begin
      select * into page from clinichub.sync_table t where t.tbl = boot_page.tbl;
      if not found then
        raise exception 'no such table: %', boot_page.tbl using errcode = 'CH102';
      end if;
      if page.tbl = any (clinichub.sync_hidden(me)) then
        return;
      end if;
      if after is not null then
        conditions := array_append(conditions, 'id > $1');
      end if;
      if me.scope = 'site' and page.scope is not null then
        conditions := array_append(conditions, format('(%1$I is null or exists (select from clinichub.sync_member m
          where m.patient = %1$I and m.audience = any ($3)))', page.scope));
      end if;
      return query execute clinichub.sync_page(page, clinichub.sync_newer(me))
        || case when conditions = '{}' then '' else ' where ' || array_to_string(conditions, ' and ') end
        || ' order by id limit $2'
        using after, least(rows, 20000), clinichub.sync_audiences(me);
    end $f$`.execute(db);

/** As 0100; of what belongs to patients, a site's workstation is told its share. */
const createEstimate = (db: Kysely<unknown>) =>
  sql`
    create or replace function clinichub.estimate() returns json
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device := clinichub.sync_me();
      hidden text[] := clinichub.sync_hidden(me);
      each record;
      total bigint;
      share double precision := 1;
      found jsonb := '{}';
    begin
      if me.scope = 'site' then
        select count(distinct m.patient)::double precision into share from clinichub.sync_member m
          where m.audience = any (clinichub.sync_audiences(me));
        share := share / greatest(1, share, (select c.reltuples from pg_class c where c.oid = 'clinichub.patient'::regclass));
      end if;
      for each in
        select t.tbl, t.scope, c.reltuples, c.oid from clinichub.sync_table t
        join pg_class c on c.oid = format('clinichub.%I', t.tbl)::regclass where t.tbl <> all (hidden) order by t.place
      loop
        if each.reltuples > 50000 then
          total := each.reltuples;
        else
          execute format('select count(*) from clinichub.%I', each.tbl) into total;
        end if;
        found := found || jsonb_build_object(each.tbl, case when each.scope is null then total else ceil(total * share) end);
      end loop;
      return found::json;
    end $f$`.execute(db);

/** The newest of some places of the ledger that is the same here, for a workstation that saw a history the centre has lost. */
const createCommon = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.common(links json) returns bigint
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $f$
    begin
      perform clinichub.sync_me(true);
      return (select coalesce(max(t.seq), 0)
        from json_to_recordset(links) as l (seq bigint, chain text)
        join clinichub.sync_tx t on t.seq = l.seq and t.chain = l.chain);
    end $f$`.execute(db);

/** Puts a patient into the calling workstation's scope; the chart comes with its next pull. */
const createOpenPatient = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.open_patient(patient uuid) returns json
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    #variable_conflict use_column
    declare
      me clinichub.sync_device := clinichub.sync_me();
      entered boolean := false;
    begin
      perform from clinichub.patient p where p.id = open_patient.patient;
      if not found then
        raise exception 'no such patient' using errcode = 'CH101';
      end if;
      if me.scope = 'site' then
        perform set_config('clinichub.device_no', me.device_no::text, true);
        entered := clinichub.sync_join(open_patient.patient, me.id, clinichub.sync_audiences(me));
        update clinichub.sync_member m set opened_at = now()
          where m.patient = open_patient.patient and m.audience = me.id;
        perform set_config('clinichub.device_no', '', true);
      end if;
      return json_build_object('entered', entered);
    end $f$`.execute(db);

/**
 * Patients of the whole clinic by record number, or by date of birth and the beginning of a name: enough to recognise one who
 * stands at the desk, too little to browse. At most 20; the question is written into the audit trail.
 */
const createFindPatients = async (db: Kysely<unknown>): Promise<void> => {
  await sql`create index patient_birth_date on clinichub.patient (birth_date)`.execute(db);
  await sql`
    create function clinichub.sync_plain(name text) returns text
    language sql immutable set search_path = pg_catalog, pg_temp
    as $f$
      select translate(lower(name), 'àâäáãåçéèêëíìîïñóòôöõúùûüýÿ', 'aaaaaaceeeeiiiinooooouuuuyy')
    $f$`.execute(db);
  await sql`
    create function clinichub.find_patients(request json) returns json
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device := clinichub.sync_me();
      number text := upper(nullif(trim(request ->> 'mrn'), ''));
      born date := (request ->> 'birth_date')::date;
      beginning text := clinichub.sync_plain(trim(request ->> 'name'));
      found json;
    begin
      if number is null and (born is null or coalesce(length(beginning), 0) < 2) then
        raise exception 'a record number, or a date of birth and two letters of a name, are needed' using errcode = '22023';
      end if;
      select coalesce(json_agg(json_build_object('id', p.id, 'mrn', p.mrn, 'family', p.family, 'given', p.given,
               'gender', p.gender, 'birth_date', p.birth_date, 'site', l.name) order by p.family, p.given, p.id), '[]')
        into found
        from (
          select * from clinichub.patient p
          where p.voided_at is null and case when number is not null then p.mrn = number
            else p.birth_date = born and (starts_with(clinichub.sync_plain(p.family), beginning)
              or starts_with(clinichub.sync_plain(p.given), beginning)) end
          limit 20
        ) p left join clinichub.location l on l.id = p.location_id;
      perform set_config('clinichub.device_no', me.device_no::text, true);
      insert into clinichub.audit_event (id, recorded_at, action, event, account_id, entity_table, entity_id, outcome)
        values (gen_random_uuid(), now(), 'E', 'patient.find-everywhere', (request ->> 'user')::uuid, 'patient', null, 'success');
      perform set_config('clinichub.device_no', '', true);
      return found;
    end $f$`.execute(db);
};
