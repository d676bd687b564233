import { type Kysely, sql } from 'kysely';

/**
 * What captures every writer of a synced table: functions that give the text of a table's triggers, as static code for
 * that very table. `clinichub.sync_table` lists the synced tables in the order of the catalogue; `together` names columns
 * that are one decision (when one of them loses in a merge, all do), `pointers` those that name another row.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await sql`
    create table clinichub.sync_table (
      tbl text primary key,
      place integer not null unique,
      policy text not null check (policy in ('merge', 'append')),
      scope text,
      columns text[] not null,
      pointers text[] not null,
      together text[] not null,
      boot text not null default ''
    )`.execute(db);
  await createWireExpression(db);
  await createBeforeInsert(db);
  await createBeforeText(db);
  await createInsertedText(db);
  await createAfterText(db);
  await createGuards(db);
};

/** The SQL that turns a column into its value on the wire. */
const createWireExpression = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_wire(expression text, type regtype) returns text
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select case coalesce((select nullif(t.typbasetype, 0)::regtype from pg_type t where t.oid = type), type)
        when 'boolean'::regtype then format('%s::integer', expression)
        when 'timestamptz'::regtype
          then format('to_char(%s at time zone ''UTC'', ''YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'')', expression)
        else expression
      end
    $f$`.execute(db);

/** The first version of a row. In field_versions the key "*" stands for every column not named. */
const createBeforeInsert = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_before_insert() returns trigger language plpgsql
    as $f$
    begin
      new.row_version := 1;
      new.field_versions := pg_catalog.jsonb_build_object('*', pg_catalog.jsonb_build_array(
        1, coalesce(nullif(pg_catalog.current_setting('clinichub.device_no', true), ''), '0')::integer));
      return new;
    end $f$`.execute(db);

/** The next version of a row, before it is written, with the columns that changed. */
const createBeforeText = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_before_text(tbl text) returns text
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
        (select string_agg(format(
            $c$if new.%1$I is distinct from old.%1$I then
            changed := changed || pg_catalog.jsonb_build_object(%1$L, stamp);
          end if;$c$, c), E'\n          ' order by i)
          from unnest(t.columns) with ordinality u(c, i) where c <> 'id'))
      from clinichub.sync_table t where t.tbl = sync_before_text.tbl
    $f$`.execute(db);

/**
 * The ledger's changes for all rows of an INSERT at once. While `push` inserts the rows of many mutations together, the
 * setting `clinichub.run` says for each row which mutation it is of and which place it has; a row it does not name is captured all the same.
 */
const createInsertedText = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_inserted_text(tbl text) returns text
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select format($t$
        create or replace function clinichub.%1$I() returns trigger
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $b$
        declare
          run text := current_setting('clinichub.run', true);
          held text := current_setting('clinichub.tx', true);
          me text := pg_current_xact_id()::text || ':';
          entry bigint;
          mutation bigint := nullif(current_setting('clinichub.mutation', true), '')::bigint;
        begin
          if not exists (select from inserted) then
            return null;
          end if;
          if starts_with(held, me) then
            entry := substr(held, length(me) + 1)::bigint;
          else
            entry := clinichub.sync_begin(me);
          end if;
          if run <> '' then
            insert into clinichub.sync_change (tx, ord, tbl, pk, op, scope_new, row_version, mutation, patch)
            select entry, coalesce(r.ord, nextval('clinichub.sync_change_ord')), %2$L, fresh.id, 'insert', %3$s,
              fresh.row_version, coalesce(r.n, mutation), json_build_object(%4$s)
            from inserted fresh left join json_to_recordset(run::json) as r (tbl text, pk uuid, n bigint, ord bigint)
              on r.pk = fresh.id and r.tbl = %2$L;
          else
            insert into clinichub.sync_change (tx, tbl, pk, op, scope_new, row_version, mutation, patch)
            select entry, %2$L, fresh.id, 'insert', %3$s, fresh.row_version, mutation, json_build_object(%4$s)
            from inserted fresh;
          end if;
          return null;
        end $b$ $t$,
        'sync_inserted_' || t.tbl,
        t.tbl,
        coalesce('fresh.' || quote_ident(t.scope), 'null'),
        (select string_agg(format('%L, %s', c, clinichub.sync_wire('fresh.' || quote_ident(c), a.atttypid)), ', ' order by i)
          from unnest(t.columns) with ordinality u(c, i)
          join pg_attribute a on a.attrelid = format('clinichub.%I', t.tbl)::regclass and a.attname = c))
      from clinichub.sync_table t where t.tbl = sync_inserted_text.tbl
    $f$`.execute(db);

/** The ledger's change, after a row is written over or deleted. */
const createAfterText = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_after_text(tbl text) returns text
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select format($t$
        create or replace function clinichub.%1$I() returns trigger
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $b$
        declare
          held text := current_setting('clinichub.tx', true);
          me text := pg_current_xact_id()::text || ':';
          entry bigint;
          mutation bigint := nullif(current_setting('clinichub.mutation', true), '')::bigint;
          patch text := '';
        begin
          if starts_with(held, me) then
            entry := substr(held, length(me) + 1)::bigint;
          else
            entry := clinichub.sync_begin(me);
          end if;
          if tg_op = 'UPDATE' then
            %5$s
            insert into clinichub.sync_change (tx, tbl, pk, op, scope_old, scope_new, row_version, mutation, patch)
            values (entry, %2$L, new.id, 'update', %4$s, %3$s, new.row_version, mutation,
              ('{' || substr(patch, 2) || '}')::json);
          else
            insert into clinichub.sync_change (tx, tbl, pk, op, scope_old, row_version, mutation, patch)
            values (entry, %2$L, old.id, 'delete', %4$s, old.row_version + 1, mutation, '{}');
          end if;
          return null;
        end $b$ $t$,
        'sync_after_' || t.tbl,
        t.tbl,
        coalesce('new.' || quote_ident(t.scope), 'null'),
        coalesce('old.' || quote_ident(t.scope), 'null'),
        (select string_agg(format(
            $c$if new.%1$I is distinct from old.%1$I then
              patch := patch || %2$L || coalesce(to_json(%3$s)::text, 'null');
            end if;$c$, c, ',' || to_json(c)::text || ':', clinichub.sync_wire('new.' || quote_ident(c), a.atttypid)),
            E'\n            ' order by i)
          from unnest(t.columns) with ordinality u(c, i)
          join pg_attribute a on a.attrelid = format('clinichub.%I', t.tbl)::regclass and a.attname = c
          where c <> 'id'))
      from clinichub.sync_table t where t.tbl = sync_after_text.tbl
    $f$`.execute(db);

const createGuards = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.sync_refuse_truncate() returns trigger language plpgsql as $f$
    begin
      raise exception 'TRUNCATE of % is refused: it would pass by the ledger', tg_table_name
        using errcode = 'CH102', hint = 'Use DELETE.';
    end $f$`.execute(db);
  await sql`
    create function clinichub.sync_refuse_change() returns trigger language plpgsql as $f$
    begin
      raise exception 'rows of % are only ever added', tg_table_name using errcode = 'CH102';
    end $f$`.execute(db);
};
