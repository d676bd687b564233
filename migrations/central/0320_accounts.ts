import { type Kysely, sql } from 'kysely';

/** Accounts begin with a one-time code, of which only a hash is here, and their sessions are ended everywhere by a new instant. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await sql`
    alter table clinichub.staff_account
      add column invite_hash clinichub.text_400,
      add column invite_until clinichub.instant,
      add column sessions_ended_at clinichub.instant`.execute(db);
  await sql`
    select clinichub.sync_define(t.tbl, t.policy, t.scope, t.together, t.roles)
      from clinichub.sync_table t where t.tbl = 'staff_account'`.execute(db);
  await sql`
    update clinichub.sync_table
      set newer = newer || '{"invite_hash": 6, "invite_until": 6, "sessions_ended_at": 6}'::jsonb
      where tbl = 'staff_account'`.execute(db);
};
