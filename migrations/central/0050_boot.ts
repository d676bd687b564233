import { type Kysely, sql } from 'kysely';

/** The first copy: pages of rows as JSON lines, and how many to expect. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await sql`
    create function clinichub.sync_boot_text(tbl text) returns text
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select format('select json_build_array(row_version, %s)::text from clinichub.%I',
        (select string_agg(clinichub.sync_wire(quote_ident(c), a.atttypid), ', ' order by i)
          from unnest(t.columns) with ordinality u(c, i)
          join pg_attribute a on a.attrelid = format('clinichub.%I', t.tbl)::regclass and a.attname = c),
        t.tbl)
      from clinichub.sync_table t where t.tbl = sync_boot_text.tbl
    $f$`.execute(db);
};
