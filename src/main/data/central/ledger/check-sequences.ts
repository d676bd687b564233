import type pg from 'pg';
import { createProblems, type Finding } from './check-chain.ts';

/** A sequence and a column that takes its numbers. */
interface Feeder {
  readonly sequence: string;
  readonly table: string;
  readonly column: string;
}

const feedersSql = `
  select s.relname as sequence, t.relname as "table", a.attname as "column"
  from pg_class s
  join pg_namespace n on n.oid = s.relnamespace and n.nspname = 'clinichub'
  join pg_depend d on (d.refobjid = s.oid and d.classid = 'pg_attrdef'::regclass)
    or (d.objid = s.oid and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i'))
  left join pg_attrdef f on d.classid = 'pg_attrdef'::regclass and f.oid = d.objid
  join pg_class t on t.oid = coalesce(f.adrelid, d.refobjid)
  join pg_attribute a on a.attrelid = t.oid and a.attnum = coalesce(f.adnum, d.refobjsubid)
  where s.relkind = 'S' and a.attnum > 0
  order by 1, 2`;

/** Looks at every sequence: a number it has given already must not come again, or the next change would be refused. */
export const checkSequences = async (client: pg.ClientBase): Promise<Finding> => {
  const { rows } = await client.query<Feeder>(feedersSql);
  const problems = createProblems();
  const name = (text: string) => `clinichub.${client.escapeIdentifier(text)}`;
  for (const { sequence, table, column } of rows) {
    const { rows: found } = await client.query<{ used: string; last: string; behind: boolean }>(`
      select u.used::text as used, s.last_value::text as last, u.used >= s.last_value + s.is_called::integer as behind
      from ${name(sequence)} s
      cross join (select coalesce(max(${client.escapeIdentifier(column)}), 0) as used from ${name(table)}) u`);
    for (const { used, last, behind } of found)
      if (behind) problems.add(`sequence ${sequence} stands at ${last}, but ${table} has used ${used}`);
  }
  return { checked: new Set(rows.map(({ sequence }) => sequence)).size, problems: problems.all() };
};
