import { type Kysely, sql } from 'kysely';

/**
 * A first copy brings what a desk needs at once before the rest: docs/sync-protocol.md, "Bootstrap".
 * `sync_table.hot` is the condition of those rows, null for a table that comes whole.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await sql`alter table clinichub.sync_table add column hot text`.execute(db);
  await createHot(db);
  await defineHot(db);
  await createBootPage(db);
  await createBootRows(db);
  await createEstimate(db);
  await sql`
    grant execute on function clinichub.boot_page(text, uuid, integer, text), clinichub.boot_rows(text, uuid[]),
      clinichub.estimate(text)
    to clinichub_workstation`.execute(db);
};

/** `sync_hot(table, condition)` says which rows of a synced table come first; it is checked by being used once. */
const createHot = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_hot(tbl text, condition text) returns void
    language plpgsql set search_path = pg_catalog, pg_temp
    as $f$
    begin
      execute format('select from clinichub.%I where (%s) limit 0', tbl, condition);
      update clinichub.sync_table t set hot = condition where t.tbl = sync_hot.tbl;
      if not found then
        raise exception 'not a synced table: %', tbl;
      end if;
    end $f$`.execute(db);

/**
 * Open work, and appointments that are not over: two days back reach yesterday's morning in every time zone. Which rows
 * these are changes while pages are read; the history brings every row once more, so none is missed.
 */
const defineHot = async (db: Kysely<unknown>): Promise<void> => {
  await sql`create index appointment_end on clinichub.appointment (end_at)`.execute(db);
  await sql`
    create index appointment_unsettled on clinichub.appointment (id)
    where needs_rebooking or status in ('proposed', 'pending', 'waitlist')`.execute(db);
  await sql`
    create index task_open on clinichub.task (id)
    where status not in ('completed', 'cancelled', 'rejected', 'failed', 'entered-in-error')`.execute(db);
  await sql`
    select clinichub.sync_hot('appointment', $c$end_at >= now() - interval '2 days'
      or (needs_rebooking or status in ('proposed', 'pending', 'waitlist'))
      or id = any (array(select t.appointment_id from clinichub.task t
        where t.status not in ('completed', 'cancelled', 'rejected', 'failed', 'entered-in-error')))$c$)`.execute(
    db,
  );
  await sql`
    select clinichub.sync_hot('task',
      $c$status not in ('completed', 'cancelled', 'rejected', 'failed', 'entered-in-error')$c$)`.execute(db);
  await sql`select clinichub.sync_hot('audit_event', 'false')`.execute(db);
  await sql`select clinichub.sync_hot('conflict', $c$status = 'open'$c$)`.execute(db);
};

/** As 0125, with `part`: `hot`, or `all` the rows. */
const createBootPage = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.sync_in_scope(me clinichub.sync_device, page clinichub.sync_table, mine text) returns text
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select case when me.scope = 'site' and page.scope is not null
        then format('(%1$I is null or exists (select from clinichub.sync_member m
          where m.patient = %1$I and m.audience = any (%2$s)))', page.scope, mine)
        else 'true' end
    $f$`.execute(db);
  await sql`drop function clinichub.boot_page(text, uuid, integer)`.execute(db);
  await sql`
    create function clinichub.boot_page(tbl text, after uuid, rows integer, part text default 'all') returns setof text
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp set work_mem = '32MB'
    as $f$
    declare
      me clinichub.sync_device := clinichub.sync_me();
      page clinichub.sync_table;
    begin
      select * into page from clinichub.sync_table t where t.tbl = boot_page.tbl;
      if not found then
        raise exception 'no such table: %', boot_page.tbl using errcode = 'CH102';
      end if;
      if page.tbl = any (clinichub.sync_hidden(me)) then
        return;
      end if;
      return query execute clinichub.sync_page(page, clinichub.sync_newer(me)) || ' where ' || clinichub.sync_in_scope(me, page, '$3')
        || case when after is null then '' else ' and id > $1' end
        || case when part = 'hot' and page.hot is not null then ' and (' || page.hot || ')' else '' end
        || ' order by id limit $2'
        using after, least(rows, 20000), clinichub.sync_audiences(me);
    end $f$`.execute(db);
};

/** The rows of these ids that this workstation may have, as lines of `boot_page`. */
const createBootRows = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.boot_rows(tbl text, ids uuid[]) returns setof text
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device := clinichub.sync_me();
      page clinichub.sync_table;
    begin
      select * into page from clinichub.sync_table t where t.tbl = boot_rows.tbl;
      if not found then
        raise exception 'no such table: %', boot_rows.tbl using errcode = 'CH102';
      end if;
      if page.tbl = any (clinichub.sync_hidden(me)) then
        return;
      end if;
      return query execute clinichub.sync_page(page, clinichub.sync_newer(me)) || ' where id = any ($1) and ' || clinichub.sync_in_scope(me, page, '$2')
        || ' order by id limit 20000'
        using ids, clinichub.sync_audiences(me);
    end $f$`.execute(db);

/** As 0125, with `part`: counted while that is cheap, estimated when it is not. */
const createEstimate = async (db: Kysely<unknown>): Promise<void> => {
  await sql`drop function clinichub.estimate()`.execute(db);
  await sql`
    create function clinichub.estimate(part text default 'all') returns json
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
        select t.tbl, t.scope, c.reltuples, t.hot from clinichub.sync_table t
        join pg_class c on c.oid = format('clinichub.%I', t.tbl)::regclass where t.tbl <> all (hidden) order by t.place
      loop
        if part = 'hot' and each.hot is not null then
          execute format('select count(*) from (select from clinichub.%I where (%s) limit 50000) h', each.tbl, each.hot)
            into total;
        elsif each.reltuples > 50000 then
          total := each.reltuples;
        else
          execute format('select count(*) from clinichub.%I', each.tbl) into total;
        end if;
        found := found || jsonb_build_object(each.tbl, case when each.scope is null then total else ceil(total * share) end);
      end loop;
      return found::json;
    end $f$`.execute(db);
};
