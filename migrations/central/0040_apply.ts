import { type Kysely, sql } from 'kysely';

/** How one change of a mutation reaches its table: docs/sync-protocol.md, "Field merge". */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createLost(db);
  await createApplyText(db);
  await createInsertText(db);
  await createDispatchText(db);
};

/** The columns of `vals` that another device (or a person at the centre) has set above `base`. */
const createLost = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_lost(versions jsonb, vals jsonb, base bigint, writer integer) returns text[]
    language sql immutable set search_path = pg_catalog, pg_temp
    as $f$
      select array_agg(k)
      from jsonb_object_keys(vals) k
      cross join lateral (select coalesce(versions -> k, versions -> '*')) s (stamp)
      where (stamp ->> 0)::bigint > base and (stamp ->> 1)::integer <> writer
    $f$`.execute(db);

/**
 * `apply_<table>(op, pk, base, vals, writer, n, author)`: true when some fields lost to an earlier change.
 * Static text, so that every statement in it is planned once per connection.
 */
const createApplyText = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_apply_text(tbl text) returns text
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select format($t$
        create or replace function clinichub.%1$I(
          op text, pk uuid, base bigint, vals jsonb, writer integer, n bigint, author uuid
        ) returns boolean language plpgsql as $b$
        #variable_conflict use_column
        declare
          held clinichub.%2$I;
          wanted clinichub.%2$I;
          lost text[];
        begin
          if vals - %3$L::text[] <> '{}' then
            raise exception 'no such column in %2$s: %%', (select string_agg(k, ', ') from jsonb_object_keys(vals - %3$L::text[]) k)
              using errcode = 'CH102';
          end if;
          if vals ? 'id' and (vals ->> 'id')::uuid <> %1$I.pk then
            raise exception 'the id of a row never changes' using errcode = 'CH102';
          end if;
          if op = 'insert' then
            wanted := jsonb_populate_record(null::clinichub.%2$I, vals);
            insert into clinichub.%2$I (id, %4$s) values (%1$I.pk, %5$s);
            return false;
          end if;
          %6$s
          select * into held from clinichub.%2$I t where t.id = %1$I.pk for no key update;
          if not found then
            raise exception 'no such row in %2$s' using errcode = 'CH101';
          end if;
          if held.row_version > base then
            -- A workstation sends only what it changed: of one decision, the part it left alone may be what another changed.
            lost := clinichub.sync_lost(held.field_versions, case when vals ?| %7$L::text[] then %8$L::jsonb || vals else vals end,
              base, writer);
            select array_agg(k) into lost from unnest(lost) k
              where not vals ? k or jsonb_populate_record(held, jsonb_build_object(k, vals -> k)) is distinct from held;
            if lost && %7$L::text[] then
              select array_agg(distinct k) into lost from unnest(lost || %7$L::text[]) k where vals ? k;
            end if;
            if lost is not null then
              insert into clinichub.sync_conflict (device_no, n, user_id, kind, tbl, pk, base, attempted, kept, reason)
              select writer, %1$I.n, author, 'field', %2$L, %1$I.pk, %1$I.base,
                jsonb_object_agg(k, vals -> k), jsonb_object_agg(k, to_jsonb(held) -> k), 'changed-elsewhere'
                from unnest(lost) k;
              vals := vals - lost;
            end if;
          end if;
          wanted := jsonb_populate_record(held, vals);
          update clinichub.%2$I t set (%4$s) = row (%5$s) where t.id = %1$I.pk;
          return lost is not null;
        end $b$ $t$,
        'apply_' || t.tbl,
        t.tbl,
        t.columns,
        (select string_agg(quote_ident(c), ', ' order by i) from unnest(t.columns) with ordinality u(c, i) where c <> 'id'),
        (select string_agg('wanted.' || quote_ident(c), ', ' order by i)
          from unnest(t.columns) with ordinality u(c, i) where c <> 'id'),
        case when t.policy = 'append' then
          format('raise exception ''rows of %s are only ever added'' using errcode = ''CH102'';', t.tbl) else '' end,
        t.together,
        (select coalesce(jsonb_object_agg(c, null), '{}') from unnest(t.together) c))
      from clinichub.sync_table t where t.tbl = sync_apply_text.tbl
    $f$`.execute(db);

/** `insert_<table>(rows)`: whole rows of many mutations in one statement. They were looked at before. */
const createInsertText = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_insert_text(tbl text) returns text
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select format($t$
        create or replace function clinichub.%1$I(rows jsonb[]) returns void language sql as $b$
          insert into clinichub.%2$I (%3$s)
          select %4$s from unnest(rows) vals cross join lateral jsonb_populate_record(null::clinichub.%2$I, vals) wanted
        $b$ $t$,
        'insert_' || t.tbl, t.tbl,
        (select string_agg(quote_ident(c), ', ' order by i) from unnest(t.columns) with ordinality u(c, i)),
        (select string_agg('wanted.' || quote_ident(c), ', ' order by i) from unnest(t.columns) with ordinality u(c, i)))
      from clinichub.sync_table t where t.tbl = sync_insert_text.tbl
    $f$`.execute(db);

/** `sync_apply(tbl, op, ...)`: the one place that knows which tables a workstation may write. */
const createDispatchText = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_dispatch_text() returns text
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select format($t$
        create or replace function clinichub.sync_apply(
          tbl text, op text, pk uuid, base bigint, vals jsonb, writer integer, n bigint, author uuid
        ) returns boolean language plpgsql as $b$
        begin
          if op is null or op not in ('insert', 'update') or pk is null or base is null or vals is null then
            raise exception 'a change needs tbl, op (insert or update), pk, base and values' using errcode = 'CH102';
          end if;
          case tbl
            %s
            else raise exception 'no such table: %%', tbl using errcode = 'CH102';
          end case;
        end $b$ $t$,
        string_agg(format('when %L then return clinichub.%I(op, pk, base, vals, writer, n, author);',
          t.tbl, 'apply_' || t.tbl), E'\n            ' order by t.place))
      from clinichub.sync_table t
    $f$`.execute(db);
