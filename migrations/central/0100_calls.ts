import { type Kysely, sql } from 'kysely';

/** What a workstation's login may call, except `push`: docs/sync-protocol.md, "Functions of the centre". */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createMe(db);
  await createHello(db);
  await createPull(db);
  await createAck(db);
  await createBootPage(db);
  await createEstimate(db);
  await sql`
    grant execute on function clinichub.hello(json), clinichub.pull(bigint, integer), clinichub.ack(bigint),
      clinichub.boot_page(text, uuid, integer), clinichub.estimate()
    to clinichub_workstation`.execute(db);
};

/** The calling workstation, by the login it has, never by anything it says. */
const createMe = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_me() returns clinichub.sync_device
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device;
    begin
      select * into me from clinichub.sync_device d where d.login = session_user;
      if not found then
        raise exception 'this login is no workstation of this centre' using errcode = 'CH001';
      end if;
      if me.suspended_at is not null then
        raise exception 'this workstation is suspended' using errcode = 'CH001';
      end if;
      return me;
    end $f$`.execute(db);

const createHello = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.hello(request json) returns json
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device := clinichub.sync_me();
      meta clinichub.sync_meta;
      head bigint;
      place bigint := (request ->> 'cursor')::bigint;
      link text;
      state text;
    begin
      update clinichub.sync_device d
        set schema = (request ->> 'schema')::integer, app = left(request ->> 'app', 50), last_contact_at = now()
        where d.device_no = me.device_no;
      select * into meta from clinichub.sync_meta;
      select c.seq into head from clinichub.sync_clock c;
      select t.chain into link from clinichub.sync_tx t where t.seq = place;
      if place = 0 then link := repeat('0', 64); end if;
      state := case
        when coalesce((request ->> 'schema')::integer, 0) < meta.min_schema then 'outdated'
        when place is null then 'new'
        when request ->> 'epoch' is distinct from meta.epoch::text or place > head then 'diverged'
        when place < meta.low_water then 'behind'
        when request ->> 'chain' is distinct from link then 'diverged'
        else 'ok'
      end;
      return json_build_object('epoch', meta.epoch, 'schema', meta.schema, 'min_schema', meta.min_schema,
        'head', head, 'low_water', meta.low_water, 'device_id', me.id, 'device_no', me.device_no,
        'device_name', me.name, 'location_id', me.location_id, 'last_n', me.last_n, 'state', state);
    end $f$`.execute(db);

/** Whole transactions in order, until about max_rows changes or 4 MB; one at least. */
const createPull = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.pull(cursor bigint, max_rows integer) returns json
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $f$
    #variable_conflict use_variable
    declare
      head bigint;
      upto bigint;
      link text;
      count bigint;
      changes text;
    begin
      perform clinichub.sync_me();
      if cursor is null or max_rows is null then
        raise exception 'pull needs a cursor and a number of rows' using errcode = '22004';
      end if;
      select c.seq into head from clinichub.sync_clock c;
      if cursor < (select m.low_water from clinichub.sync_meta m) or cursor > head or cursor < 0 then
        raise exception 'the changes after % are not kept here: copy anew', cursor using errcode = 'CH004';
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
      select string_agg(
          '{"seq":' || t.seq || ',"tbl":"' || c.tbl || '","op":"' || c.op || '","pk":"' || c.pk || '","v":'
            || c.row_version || ',"values":' || c.patch::text || '}', ',' order by t.seq, c.ord)
        into changes
        from clinichub.sync_tx t join clinichub.sync_change c on c.tx = t.tx
        where t.seq > cursor and t.seq <= upto;
      return ('{"from":' || cursor || ',"to":' || upto || ',"head":' || head
        || ',"chain":"' || coalesce(link, repeat('0', 64)) || '","txs":' || count
        || ',"changes":[' || coalesce(changes, '') || ']}')::json;
    end $f$`.execute(db);

const createAck = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.ack(cursor bigint) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    #variable_conflict use_column
    declare
      me clinichub.sync_device := clinichub.sync_me();
    begin
      if ack.cursor > (select c.seq from clinichub.sync_clock c) then
        raise exception 'there is nothing at % yet', ack.cursor using errcode = '22023';
      end if;
      update clinichub.sync_device d set cursor = ack.cursor, last_contact_at = now() where d.device_no = me.device_no;
    end $f$`.execute(db);

const createBootPage = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.boot_page(tbl text, after uuid, rows integer) returns setof text
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp set work_mem = '32MB'
    as $f$
    declare
      page text;
    begin
      perform clinichub.sync_me();
      select t.boot into page from clinichub.sync_table t where t.tbl = boot_page.tbl;
      if not found then
        raise exception 'no such table: %', boot_page.tbl using errcode = 'CH102';
      end if;
      return query execute page || case when after is null then '' else ' where id > $1' end || ' order by id limit $2'
        using after, least(rows, 20000);
    end $f$`.execute(db);

/** Rows of each table, counted while that is cheap and estimated when it is not. */
const createEstimate = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.estimate() returns json
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      each record;
      total bigint;
      found jsonb := '{}';
    begin
      perform clinichub.sync_me();
      for each in
        select t.tbl, c.reltuples, c.oid from clinichub.sync_table t
        join pg_class c on c.oid = format('clinichub.%I', t.tbl)::regclass order by t.place
      loop
        if each.reltuples > 50000 then
          total := each.reltuples;
        else
          execute format('select count(*) from clinichub.%I', each.tbl) into total;
        end if;
        found := found || jsonb_build_object(each.tbl, total);
      end loop;
      return found::json;
    end $f$`.execute(db);
