import { type Kysely, sql } from 'kysely';

/** A domain's check is asked about nulls too: JSON that is optional in its table may be missing. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await sql`alter domain clinichub.json_text drop constraint json_text_check`.execute(db);
  await sql`
    alter domain clinichub.json_text add constraint json_text_check
      check (value is null or (value::json is not null and char_length(value) <= 20000))`.execute(db);
};
