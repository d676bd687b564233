import { type Kysely, sql } from 'kysely';

/**
 * Which patients a workstation holds: docs/sync-protocol.md, "Scope". A row belongs to a patient (`sync_table.scope` names
 * the column) or to the whole clinic; `sync_member` says which site or workstation has a patient in scope, and since when.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await widenTables(db);
  await createMember(db);
  await createEntry(db);
  await createJoin(db);
  await createLeave(db);
  await createBeforeText(db);
  await createEnterText(db);
  await createDefine(db);
  await defineAgain(db);
  await fillMember(db);
};

const widenTables = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    alter table clinichub.sync_device
      add column scope text not null default 'clinic' check (scope in ('clinic', 'site')),
      add column role text not null default 'whole' check (role in ('whole', 'front-desk', 'consulting-room')),
      add column greeted_scope text,
      add column code_expires_at timestamptz(3),
      add column claimed_at timestamptz(3),
      add column revoked_at timestamptz(3),
      add column wiping_at timestamptz(3),
      add column wiped_at timestamptz(3)`.execute(db);
  await sql`
    alter table clinichub.sync_meta
      add column durable_seq bigint not null default 0,
      add column lease_days integer not null default 14 check (lease_days > 0),
      alter column schema set default 2`.execute(db);
  await sql`update clinichub.sync_meta set schema = 2`.execute(db);
  await sql`
    alter table clinichub.sync_table
      add column roles text[],
      add column site text,
      add column since integer not null default 1,
      add column newer jsonb not null default '{}',
      add column enter text not null default ''`.execute(db);
  await sql`alter domain clinichub.sync_operation drop constraint sync_operation_check`.execute(db);
  await sql`
    alter domain clinichub.sync_operation add constraint sync_operation_check
      check (value in ('insert', 'update', 'delete', 'enter', 'evict'))`.execute(db);
};

/**
 * `audience` is a site, a workstation, or all zeros for everybody. `tx` is the ledger's entry that brought the patient in, null
 * for one that was there before this table. `born`: the patient is new with it, so that entry's own changes are the chart.
 */
const createMember = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.sync_member (
      patient uuid not null,
      audience uuid not null,
      tx bigint,
      born boolean not null default false,
      opened_at timestamptz(3),
      primary key (patient, audience)
    )`.execute(db);
  await sql`create index sync_member_audience on clinichub.sync_member (audience)`.execute(db);
  await sql`create index sync_member_joined on clinichub.sync_member (tx) where not born`.execute(db);
  await sql`
    create function clinichub.sync_everybody() returns uuid
    language sql immutable set search_path = pg_catalog, pg_temp
    as $f$ select '00000000-0000-0000-0000-000000000000'::uuid $f$`.execute(db);
};

/** This transaction's entry in the ledger, made when it has none yet. */
const createEntry = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_entry() returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      held text := current_setting('clinichub.tx', true);
      me text := pg_current_xact_id()::text || ':';
    begin
      if starts_with(held, me) then
        return substr(held, length(me) + 1)::bigint;
      end if;
      return clinichub.sync_begin(me);
    end $f$`.execute(db);

/**
 * A patient comes into an audience's scope. The chart is written into the ledger when the transaction commits, under the clock's
 * lock: only then is everything committed that has an earlier place, and nothing falls between the chart and what follows it.
 * Who sees the patient already through another of its audiences (`through`) needs no chart, only the same beginning. The
 * lock on a membership that is there keeps it from ending meanwhile.
 */
const createJoin = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.sync_join(patient uuid, audience uuid, through uuid[] default array[clinichub.sync_everybody()])
    returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    #variable_conflict use_column
    declare
      entry bigint;
      seen clinichub.sync_member;
    begin
      perform from clinichub.sync_member m
        where m.patient = sync_join.patient and m.audience = sync_join.audience for key share;
      if found then
        return false;
      end if;
      select m.* into seen from clinichub.sync_member m
        where m.patient = sync_join.patient and m.audience = any (through) order by m.tx nulls first limit 1 for key share;
      if found then
        insert into clinichub.sync_member (patient, audience, tx, born)
          values (sync_join.patient, sync_join.audience, seen.tx, seen.born) on conflict do nothing;
        return false;
      end if;
      if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'a patient comes into a scope in a transaction that is READ COMMITTED only' using errcode = '25001';
      end if;
      entry := clinichub.sync_entry();
      insert into clinichub.sync_member (patient, audience, tx)
        values (sync_join.patient, sync_join.audience, entry) on conflict do nothing;
      if not found then
        return false;
      end if;
      perform set_config('clinichub.joined', entry::text, true);
      return true;
    end $f$`.execute(db);
  await sql`
    create function clinichub.sync_write_charts(entry bigint) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      each record;
    begin
      perform from clinichub.sync_clock for update;
      for each in
        select m.patient, m.audience, t.enter from clinichub.sync_member m cross join clinichub.sync_table t
        where m.tx = entry and not m.born and t.scope is not null order by m.patient, m.audience, t.place
      loop
        execute each.enter using entry, each.patient, each.audience;
      end loop;
    end $f$`.execute(db);
  // sync_commit of 0020, with the charts before the digest.
  await sql`
    do $$
    declare
      body text := pg_get_functiondef('clinichub.sync_commit()'::regprocedure);
      first text := 'select count(*), coalesce(sum(octet_length';
    begin
      if position(first in body) = 0 then
        raise exception 'sync_commit does not begin with its digest';
      end if;
      execute replace(body, first,
        'if current_setting(''clinichub.joined'', true) = new.tx::text then
        perform clinichub.sync_write_charts(new.tx);
      end if;
      ' || first);
    end $$`.execute(db);
};

/** A patient leaves an audience's scope, unless something there still names the patient. The lock makes who joins meanwhile wait. */
const createLeave = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_leave(patient uuid, audience uuid) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    #variable_conflict use_column
    declare
      each record;
      named boolean;
    begin
      perform from clinichub.sync_member m
        where m.patient = sync_leave.patient and m.audience = sync_leave.audience for update;
      if not found then
        return;
      end if;
      for each in select t.tbl, t.scope, t.site from clinichub.sync_table t where t.site is not null loop
        execute format('select exists (select from clinichub.%I where %I = $1 and %I = $2)', each.tbl, each.scope, each.site)
          into named using sync_leave.patient, sync_leave.audience;
        if named then
          return;
        end if;
      end loop;
      delete from clinichub.sync_member m where m.patient = sync_leave.patient and m.audience = sync_leave.audience;
      insert into clinichub.sync_change (tx, tbl, pk, op, scope_old, row_version, patch)
        values (clinichub.sync_entry(), 'patient', sync_leave.patient, 'evict', sync_leave.audience, 0, '{}');
    end $f$`.execute(db);

/** As 0030, and the patient of a row never changes: the row would leave one chart unseen and turn up in another. */
const createBeforeText = (db: Kysely<unknown>) =>
  sql`
    create or replace function clinichub.sync_before_text(tbl text) returns text
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select format($t$
        create or replace function clinichub.%I() returns trigger language plpgsql as $b$
        declare
          writer integer := coalesce(nullif(pg_catalog.current_setting('clinichub.device_no', true), ''), '0')::integer;
          stamp jsonb;
          changed jsonb := '{}';
        begin
          if new.id <> old.id then
            raise exception 'the id of a row never changes' using errcode = 'CH102';
          end if;
          %s
          stamp := pg_catalog.jsonb_build_array(old.row_version + 1, writer);
          %s
          if changed = '{}' then
            new.row_version := old.row_version;
            new.field_versions := old.field_versions;
          else
            new.row_version := old.row_version + 1;
            new.field_versions := old.field_versions || changed;
          end if;
          return new;
        end $b$ $t$,
        'sync_before_' || t.tbl,
        case when t.scope <> 'id' then format($c$if new.%1$I is distinct from old.%1$I then
            raise exception 'the patient of a row never changes' using errcode = 'CH102';
          end if;$c$, t.scope) else '' end,
        (select string_agg(format(
            $c$if new.%1$I is distinct from old.%1$I then
            changed := changed || pg_catalog.jsonb_build_object(%1$L, stamp);
          end if;$c$, c), E'\n          ' order by i)
          from unnest(t.columns) with ordinality u(c, i) where c <> 'id'))
      from clinichub.sync_table t where t.tbl = sync_before_text.tbl
    $f$`.execute(db);

/**
 * The trigger functions of a table whose rows name a patient and a site. A new patient has no chart yet, so the membership alone
 * is enough and all of its first entry is seen; anything else that names a site brings the whole chart there.
 */
const createEnterText = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.sync_enter_text(tbl text) returns text
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select format($t$
        create or replace function clinichub.%1$I() returns trigger
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $b$
        declare
          each record;
        begin
          %2$s
          return null;
        end $b$ $t$,
        'sync_enter_' || t.tbl,
        case when t.scope = 'id' then format($c$if exists (select from inserted) then
            insert into clinichub.sync_member (patient, audience, tx, born)
              select fresh.id, coalesce(fresh.%1$I, clinichub.sync_everybody()), entry.tx, true
              from inserted fresh cross join (select clinichub.sync_entry() as tx) entry on conflict do nothing;
          end if;$c$, t.site)
        else format($c$for each in
            select distinct fresh.%2$I as patient, fresh.%1$I as audience from inserted fresh
            where fresh.%2$I is not null and fresh.%1$I is not null order by 1, 2
          loop
            perform clinichub.sync_join(each.patient, each.audience);
          end loop;$c$, t.site, t.scope) end)
      from clinichub.sync_table t where t.tbl = sync_enter_text.tbl
    $f$`.execute(db);
  await sql`
    create function clinichub.sync_place_text(tbl text) returns text
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select format($t$
        create or replace function clinichub.%1$I() returns trigger
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $b$
        begin
          if tg_op = 'UPDATE' and new.%2$I is not null and %3$s is not null then
            perform clinichub.sync_join(new.%2$I, %3$s);
          end if;
          if old.%2$I is not null and %4$s is not null then
            perform clinichub.sync_leave(old.%2$I, %4$s);
          end if;
          return null;
        end $b$ $t$,
        'sync_place_' || t.tbl, t.scope,
        case when t.scope = 'id' then format('coalesce(new.%I, clinichub.sync_everybody())', t.site)
          else format('new.%I', t.site) end,
        case when t.scope = 'id' then format('coalesce(old.%I, clinichub.sync_everybody())', t.site)
          else format('old.%I', t.site) end)
      from clinichub.sync_table t where t.tbl = sync_place_text.tbl
    $f$`.execute(db);
};

/** As 0060, with the text that writes a table's part of a chart, and the triggers of a table that names patient and site. */
const createDefine = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.sync_chart_text(tbl text) returns text
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select format('insert into clinichub.sync_change (tx, tbl, pk, op, scope_new, row_version, patch)
          select $1, %1$L, t.id, ''enter'', $3, t.row_version, json_build_object(%3$s)
          from clinichub.%1$I t where t.%2$I = $2 order by t.id',
        t.tbl, t.scope,
        (select string_agg(format('%L, %s', c, clinichub.sync_wire('t.' || quote_ident(c), a.atttypid)), ', ' order by i)
          from unnest(t.columns) with ordinality u(c, i)
          join pg_attribute a on a.attrelid = format('clinichub.%I', t.tbl)::regclass and a.attname = c))
      from clinichub.sync_table t where t.tbl = sync_chart_text.tbl
    $f$`.execute(db);
  await sql`drop function clinichub.sync_define(text, text, text, text[])`.execute(db);
  await sql`
    create function clinichub.sync_define(
      tbl text, policy text, scope text default null, together text[] default '{}', roles text[] default null
    ) returns void language plpgsql set search_path = pg_catalog, pg_temp
    as $f$
    declare
      target regclass := format('clinichub.%I', tbl)::regclass;
      place text;
    begin
      perform clinichub.sync_register(tbl, policy, scope, together);
      execute clinichub.sync_before_text(tbl);
      execute clinichub.sync_inserted_text(tbl);
      execute clinichub.sync_after_text(tbl);
      execute clinichub.sync_apply_text(tbl);
      execute clinichub.sync_insert_text(tbl);
      execute clinichub.sync_dispatch_text();
      update clinichub.sync_table t set boot = clinichub.sync_boot_text(t.tbl) where t.tbl = sync_define.tbl;
      execute format('create or replace trigger sync_before_insert before insert on %s
        for each row execute function clinichub.sync_before_insert()', target);
      execute format('create or replace trigger sync_before_update before update on %s
        for each row execute function clinichub.%I()', target, 'sync_before_' || tbl);
      execute format('create or replace trigger sync_inserted after insert on %s referencing new table as inserted
        for each statement execute function clinichub.%I()', target, 'sync_inserted_' || tbl);
      execute format('create or replace trigger sync_after after delete on %s
        for each row execute function clinichub.%I()', target, 'sync_after_' || tbl);
      execute format('create or replace trigger sync_after_update after update on %s
        for each row when (old.row_version <> new.row_version) execute function clinichub.%I()',
        target, 'sync_after_' || tbl);
      execute format('create or replace trigger sync_truncate before truncate on %s
        for each statement execute function clinichub.sync_refuse_truncate()', target);
      if policy = 'append' then
        execute format('create or replace trigger sync_append before update or delete on %s
          for each row execute function clinichub.sync_refuse_change()', target);
      end if;
      update clinichub.sync_table t
        set roles = sync_define.roles,
            site = case when sync_define.scope is not null and 'location_id' = any (t.columns) then 'location_id' end,
            enter = case when sync_define.scope is null then '' else clinichub.sync_chart_text(t.tbl) end
        where t.tbl = sync_define.tbl
        returning t.site into place;
      if place is not null then
        execute clinichub.sync_enter_text(tbl);
        execute clinichub.sync_place_text(tbl);
        execute format('create or replace trigger sync_enter after insert on %s referencing new table as inserted
          for each statement execute function clinichub.%I()', target, 'sync_enter_' || tbl);
        execute format('create or replace trigger sync_place_update after update on %s
          for each row when (old.%3$I is distinct from new.%3$I) execute function clinichub.%2$I()',
          target, 'sync_place_' || tbl, place);
        execute format('create or replace trigger sync_place_delete after delete on %s
          for each row when (old.%3$I is not null) execute function clinichub.%2$I()', target, 'sync_place_' || tbl, place);
      end if;
    end $f$`.execute(db);
};

/** `schedule` tells everybody when a practitioner is where; what happens to a patient belongs to the patient. */
const defineAgain = async (db: Kysely<unknown>): Promise<void> => {
  for (const table of ['location', 'practitioner', 'staff_account'])
    await sql`select clinichub.sync_define(${sql.lit(table)}, 'merge')`.execute(db);
  await sql`select clinichub.sync_define('patient', 'merge', 'id')`.execute(db);
  await sql`
    select clinichub.sync_define('schedule', 'merge', null, '{weekday,start_time,end_time}')`.execute(db);
  await sql`
    select clinichub.sync_define('appointment', 'merge', 'patient_id',
      (select t.together from clinichub.sync_table t where t.tbl = 'appointment'))`.execute(db);
  await sql`select clinichub.sync_define('task', 'merge', 'patient_id')`.execute(db);
  await sql`select clinichub.sync_define('audit_event', 'append', null, '{}', '{whole}')`.execute(db);
  // A chart is read by patient.
  await sql`
    create index task_patient on clinichub.task (patient_id) where patient_id is not null`.execute(db);
};

const fillMember = (db: Kysely<unknown>) =>
  sql`
    insert into clinichub.sync_member (patient, audience)
    select p.id, coalesce(p.location_id, clinichub.sync_everybody()) from clinichub.patient p
    union
    select a.patient_id, a.location_id from clinichub.appointment a`.execute(db);
