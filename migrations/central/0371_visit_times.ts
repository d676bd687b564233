import { type Kysely, sql } from 'kysely';

/** When a visit was taken by a nurse and when it ended: the later steps of it write over nothing that was before. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await sql`
    alter table clinichub.appointment
      add column nurse_at clinichub.instant,
      add column left_at clinichub.instant`.execute(db);
  await sql`
    select clinichub.sync_define(t.tbl, t.policy, t.scope, t.together, t.roles)
      from clinichub.sync_table t where t.tbl = 'appointment'`.execute(db);
  await sql`
    update clinichub.sync_table set newer = newer || '{"nurse_at": 6, "left_at": 6}'::jsonb
      where tbl = 'appointment'`.execute(db);
};
