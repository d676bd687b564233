import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { createProblems, type Finding } from '../ledger/check-chain.ts';

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Every table of the centre but the list of migrations, which the copy has made for itself. */
const tablesSql = `
  select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
  from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relnamespace = 'clinichub'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_migration'
    and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  group by c.relname order by c.relname`;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const constraintsSql = `
  select c.conrelid::regclass::text as "table", quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as definition
  from pg_constraint c where c.connamespace = 'clinichub'::regnamespace and c.contype in ('f', 'x', 'c') and c.conrelid <> 0
  order by c.contype, 1, 2`;

interface Constraint {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/**
 * Takes the foreign keys, exclusions and checks away, as a restore does that builds them after the load. Returns what puts each
 * back; PostgreSQL then looks at every row again.
 */
export const setConstraintsAside = async (scratch: pg.Client): Promise<() => Promise<Finding>> => {
  const { rows } = await scratch.query<Constraint>(constraintsSql);
  for (const { table, name } of rows) await scratch.query(`alter table ${table} drop constraint ${name}`);
  return async () => {
    const problems = createProblems();
    for (const { table, name, definition } of rows) {
      try {
        await scratch.query(`alter table ${table} add constraint ${name} ${definition}`);
      } catch (error) {
        problems.add(`${table}: ${messageOf(error)}`);
      }
    }
    return { checked: rows.length, problems: problems.all() };
  };
};

const copyTable = async (
  centre: pg.Client,
  scratch: pg.Client,
  { name, columns }: Table,
): Promise<number> => {
  const list = columns.map((column) => centre.escapeIdentifier(column)).join(', ');
  const target = `clinichub.${centre.escapeIdentifier(name)}`;
  await scratch.query(`alter table ${target} disable trigger user`);
  await scratch.query(`delete from ${target}`);
  const into = scratch.query(copyFrom(`copy ${target} (${list}) from stdin`));
  await pipeline(centre.query(copyTo(`copy ${target} (${list}) to stdout`)), into);
  await scratch.query(`alter table ${target} enable trigger user`);
  return into.rowCount;
};

/** Copies the rows of every table, of the moment the centre's transaction sees. What cannot be loaded is a problem. */
export const copyTables = async (centre: pg.Client, scratch: pg.Client): Promise<Finding> => {
  const { rows: tables } = await centre.query<Table>(tablesSql);
  const problems = createProblems();
  let checked = 0;
  for (const table of tables) {
    try {
      checked += await copyTable(centre, scratch, table);
    } catch (error) {
      problems.add(`${table.name} cannot be loaded: ${messageOf(error)}`);
    }
  }
  return { checked, problems: problems.all() };
};

/** Sets every sequence to where the centre's stands. */
export const copySequences = async (centre: pg.Client, scratch: pg.Client): Promise<Finding> => {
  const { rows } = await centre.query<{ name: string }>(`
    select format('clinichub.%I', sequencename) as name from pg_sequences where schemaname = 'clinichub' order by 1`);
  for (const { name } of rows) {
    const { rows: at } = await centre.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${name}`,
    );
    for (const { last, called } of at) await scratch.query('select setval($1, $2, $3)', [name, last, called]);
  }
  return { checked: rows.length, problems: [] };
};
