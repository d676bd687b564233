import type pg from 'pg';
import { createProblems, type Finding } from './check-chain.ts';

interface Odd {
  readonly id: string;
  readonly what: string;
}

/** What is wrong with a row, said of "table id". */
const words: Readonly<Record<string, string>> = {
  missing: 'is in the ledger but not in its table',
  unknown: 'is in its table but not in the ledger',
  deleted: 'is in its table although the ledger says it was deleted',
  version: 'has another version than the ledger says',
  values: 'has other values than the ledger says',
};

const imageSql = `
  select string_agg(format('%L, %s', c, clinichub.sync_wire(quote_ident(c), a.atttypid)), ', ' order by i) as image
  from clinichub.sync_table t cross join lateral unnest(t.columns) with ordinality u(c, i)
  join pg_attribute a on a.attrelid = format('clinichub.%I', t.tbl)::regclass and a.attname = c
  where t.tbl = $1`;

/**
 * Rows that are not what the ledger tells of them. The last value of every column is looked for among the row's changes; most
 * rows have one change, which is taken as it is. `image` is SQL made of the catalogue's names.
 */
const oddSql = (table: string, image: string): string => `
  with change as materialized (
    select c.pk, c.op::text as op, c.row_version, c.patch, t.seq, c.ord, count(*) over row as times,
           row_number() over (partition by c.pk order by t.seq desc, c.ord desc) as back
    from clinichub.sync_change c join clinichub.sync_tx t on t.tx = c.tx
    where c.tbl = $1 and c.op in ('insert', 'update', 'delete')
    window row as (partition by c.pk)
  ), cell as (
    select distinct on (c.pk, e.key) c.pk, e.key, e.value
    from change c cross join lateral jsonb_each(c.patch::jsonb) e
    where c.times > 1 order by c.pk, e.key, c.seq desc, c.ord desc
  ), told as (
    select pk, patch::jsonb as image from change where times = 1
    union all
    select pk, jsonb_object_agg(key, value) from cell group by pk
  ), last as (
    select c.pk, c.op, c.row_version, coalesce(told.image, '{}') as image
    from change c left join told on told.pk = c.pk where c.back = 1
  ), held as (
    select id, row_version, jsonb_build_object(${image}) as image from clinichub.${table}
  ), judged as (
    select coalesce(held.id, last.pk) as id, case
      when held.id is null then case when last.op <> 'delete' then 'missing' end
      when last.pk is null then case when $2::bigint = 0 then 'unknown' end
      when last.op = 'delete' then 'deleted'
      when held.row_version <> last.row_version then 'version'
      when not held.image @> last.image then 'values'
    end as what
    from held full join last on last.pk = held.id
  )
  select id::text, what from judged where what is not null order by id limit 1000`;

/**
 * Compares every row of a synced table with what the ledger tells of it: who wrote past the triggers is found. What went into an
 * archive is not read again: of its rows only later changes are compared. Call it in a transaction that sees one moment.
 */
export const checkRows = async (client: pg.ClientBase, table: string): Promise<Finding> => {
  const made = await client.query<{ image: string }>(imageSql, [table]);
  const archived = await client.query<{ seq: string }>(
    'select archived_seq::text as seq from clinichub.sync_meta',
  );
  const name = client.escapeIdentifier(table);
  const { rows } = await client.query<Odd>(oddSql(name, made.rows[0]?.image ?? ''), [
    table,
    archived.rows[0]?.seq ?? '0',
  ]);
  const counted = await client.query<{ n: string }>(`select count(*) as n from clinichub.${name}`);
  const problems = createProblems();
  for (const { id, what } of rows) problems.add(`${table} ${id} ${words[what] ?? what}`);
  return { checked: Number(counted.rows[0]?.n ?? 0), problems: problems.all() };
};

/** The synced tables, parents first. */
export const syncedTables = async (client: pg.ClientBase): Promise<readonly string[]> => {
  const { rows } = await client.query<{ tbl: string }>('select tbl from clinichub.sync_table order by place');
  return rows.map(({ tbl }) => tbl);
};
