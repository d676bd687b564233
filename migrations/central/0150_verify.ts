import { type Kysely, sql } from 'kysely';

/**
 * Check sums of what a workstation should hold: docs/sync-protocol.md, "Checking the copy". A row is summed as the text
 * that `boot_page` sends for it, and counted when it is in the calling workstation's scope.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createLines(db);
  await createSums(db);
  await createScopedLines(db);
  await createVerify(db);
  await createVerifyRows(db);
  await sql`
    grant execute on function clinichub.verify(text, uuid, uuid, integer, integer),
      clinichub.verify_rows(text, uuid, uuid) to clinichub_workstation`.execute(db);
};

/** A query of `id` and `line`, the wire text, of the rows of a page's query: one of `sync_table.boot`, or `sync_page` for an earlier version. */
const createLines = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_lines(page text) returns text
    language plpgsql immutable set search_path = pg_catalog, pg_temp
    as $f$
    declare
      head text := 'select json_build_array(';
    begin
      if not starts_with(page, head) then
        raise exception 'the text of a page does not begin as it should';
      end if;
      return replace('select id, json_build_array(' || substr(page, length(head) + 1), ')::text from ', ')::text as line from ');
    end $f$`.execute(db);

/**
 * Sums of what `lines` gives after one id and up to another, as JSON: parts of so many rows, at most so many of them. They lie
 * edge to edge: a row that is nowhere at the centre falls into one of them all the same. The last one ends at `upto` (null: the
 * end of the table) when nothing is left.
 */
const createSums = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_sums(lines text, after uuid, upto uuid, rows integer, parts integer) returns json
    language plpgsql stable set search_path = pg_catalog, pg_temp set work_mem = '32MB'
    as $f$
    declare
      reply json;
    begin
      execute format($q$
        with line as materialized (
          select id, line, (row_number() over (order by id) - 1) / $3 as part
          from (select id, line from (%s) l where ($1 is null or id > $1) and ($2 is null or id <= $2)
                order by id limit $3 * $4) bounded
        ), part as (
          select part, max(id::text) as last, count(*) as rows,
                 encode(sha256(convert_to(string_agg(line, E'\n' order by id), 'UTF8')), 'hex') as hash
          from line group by part
        ), placed as (
          select part, lag(last, 1, $1::text) over (order by part) as first,
                 case when part = max(part) over () and sum(rows) over () < $3 * $4 then $2::text else last end as last, rows, hash
          from part
        )
        select json_agg(json_build_object('from', first, 'to', last, 'rows', rows, 'hash', hash) order by part) from placed
      $q$, lines) into reply using after, upto, rows, parts;
      return coalesce(reply, json_build_array(json_build_object('from', after, 'to', upto, 'rows', 0,
        'hash', encode(sha256(''), 'hex'))));
    end $f$`.execute(db);

/** The lines of the rows a workstation holds, with the columns it knows. As `boot_page` and `pull`, nothing of a table that is hidden from it. */
const createScopedLines = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_scoped_lines(me clinichub.sync_device, tbl text) returns text
    language plpgsql stable set search_path = pg_catalog, pg_temp
    as $f$
    declare
      page clinichub.sync_table;
      lines text;
    begin
      if me.greeted_scope <> clinichub.sync_scope(me) then
        raise exception 'the scope of this workstation has changed: say hello' using errcode = 'CH004';
      end if;
      select * into page from clinichub.sync_table t where t.tbl = sync_scoped_lines.tbl;
      if not found then
        raise exception 'no such table: %', sync_scoped_lines.tbl using errcode = 'CH102';
      end if;
      lines := clinichub.sync_lines(clinichub.sync_page(page, clinichub.sync_newer(me)));
      if page.tbl = any (clinichub.sync_hidden(me)) then
        return lines || ' where false';
      elsif me.scope = 'site' and page.scope is not null then
        return lines || format(' where (%1$I is null or exists (select from clinichub.sync_member m
          where m.patient = %1$I and m.audience = any (%2$L::uuid[])))', page.scope, clinichub.sync_audiences(me));
      end if;
      return lines;
    end $f$`.execute(db);

/** The sums with the clock's head of the same snapshot: one statement of a function that changes nothing sees one. */
const createVerify = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.verify(tbl text, after uuid, upto uuid, rows integer, parts integer) returns json
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device := clinichub.sync_me();
      size integer := greatest(1, least(rows, 5000));
      head bigint;
    begin
      if rows is null or parts is null then
        raise exception 'verify needs a number of rows and of parts' using errcode = '22004';
      end if;
      select c.seq into head from clinichub.sync_clock c;
      return json_build_object('seq', head, 'ranges', clinichub.sync_sums(clinichub.sync_scoped_lines(me, verify.tbl),
        after, upto, size, greatest(1, least(parts, 20000 / size))));
    end $f$`.execute(db);

/** The rows of a range that did not agree, at most 500, with the clock's head. `to`: how far they reach. */
const createVerifyRows = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.verify_rows(tbl text, after uuid, upto uuid) returns json
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device := clinichub.sync_me();
      most constant integer := 500;
      reply json;
    begin
      execute format($q$
        with line as (
          select id, line from (%s) l where ($1 is null or id > $1) and ($2 is null or id <= $2) order by id limit $3
        )
        select json_build_object(
          'seq', (select c.seq from clinichub.sync_clock c),
          'to', case when (select count(*) from line) < $3 then $2::text else (select max(id::text) from line) end,
          'rows', (select coalesce(json_agg(line order by id), '[]') from line))
      $q$, clinichub.sync_scoped_lines(me, verify_rows.tbl)) into reply using after, upto, most;
      return reply;
    end $f$`.execute(db);
