import { type Kysely, sql } from 'kysely';

/**
 * What a clinic has set otherwise than usual. `value` is JSON, null where it went back to what is usual: rows are not deleted. The
 * id is made of key and site.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await sql`
    create table clinichub.setting (
      id uuid primary key,
      key clinichub.name_100 not null,
      location_id uuid references clinichub.location (id),
      value clinichub.text_1000,
      row_version bigint not null,
      field_versions jsonb not null,
      constraint setting_once unique nulls not distinct (key, location_id)
    )`.execute(db);
  await sql`select clinichub.sync_define('setting', 'last-write')`.execute(db);
  await sql`update clinichub.sync_table set since = 6 where tbl = 'setting'`.execute(db);
};
