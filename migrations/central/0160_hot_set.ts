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
};

/** As before, with `part`: `hot`, or `all` the rows. */
const createBootPage = async (db: Kysely<unknown>): Promise<void> => {
  await sql`drop function clinichub.boot_page(text, uuid, integer)`.execute(db);
  await sql`
    create function clinichub.boot_page(tbl text, after uuid, rows integer, part text default 'all') returns setof text
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp set work_mem = '32MB'
    as $f$
    declare
      page clinichub.sync_table;
      conditions text[] := '{}';
    begin
      perform clinichub.sync_me();
      select * into page from clinichub.sync_table t where t.tbl = boot_page.tbl;
      if not found then
        raise exception 'no such table: %', boot_page.tbl using errcode = 'CH102';
      end if;
      if after is not null then
        conditions := array_append(conditions, 'id > $1');
      end if;
      if part = 'hot' and page.hot is not null then
        conditions := array_append(conditions, format('(%s)', page.hot));
      end if;
      return query execute page.boot
        || case when conditions = '{}' then '' else ' where ' || array_to_string(conditions, ' and ') end
        || ' order by id limit $2'
        using after, least(rows, 20000);
    end $f$`.execute(db);
};

/** The rows of these ids that there are, as lines of `boot_page`. */
const createBootRows = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.boot_rows(tbl text, ids uuid[]) returns setof text
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      page clinichub.sync_table;
    begin
      perform clinichub.sync_me();
      select * into page from clinichub.sync_table t where t.tbl = boot_rows.tbl;
      if not found then
        raise exception 'no such table: %', boot_rows.tbl using errcode = 'CH102';
      end if;
      return query execute page.boot || ' where id = any ($1) order by id limit 20000' using ids;
    end $f$`.execute(db);

/** Rows of each table, or of what of it is hot: counted while that is cheap, estimated when it is not. */
const createEstimate = async (db: Kysely<unknown>): Promise<void> => {
  await sql`drop function clinichub.estimate()`.execute(db);
  await sql`
    create function clinichub.estimate(part text default 'all') returns json
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      each record;
      total bigint;
      found jsonb := '{}';
    begin
      perform clinichub.sync_me();
      for each in
        select t.tbl, c.reltuples, t.hot from clinichub.sync_table t
        join pg_class c on c.oid = format('clinichub.%I', t.tbl)::regclass order by t.place
      loop
        if part = 'hot' and each.hot is not null then
          execute format('select count(*) from (select from clinichub.%I where (%s) limit 50000) h', each.tbl, each.hot)
            into total;
        elsif each.reltuples > 50000 then
          total := each.reltuples;
        else
          execute format('select count(*) from clinichub.%I', each.tbl) into total;
        end if;
        found := found || jsonb_build_object(each.tbl, total);
      end loop;
      return found::json;
    end $f$`.execute(db);
};
