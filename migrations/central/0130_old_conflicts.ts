import { type Kysely, sql } from 'kysely';

/**
 * Every row of `sync_conflict` as a row of `conflict`. What stood was kept as PostgreSQL writes it and becomes what travels; who
 * attempted it, and when by the workstation's clock, is in the mutation's payload; who had set what stood is in the ledger.
 */
export const moveOldConflicts = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.sync_move_conflict(old clinichub.sync_conflict) returns void language plpgsql
    as $f$
    declare
      kept jsonb;
      patient uuid;
      attempt jsonb;
      winner record;
      mine clinichub.sync_device;
    begin
      execute format('select clinichub.%1$I(jsonb_populate_record(null::clinichub.%2$I, $1))',
        'wire_' || old.tbl, old.tbl) into kept using old.kept;
      select coalesce(jsonb_object_agg(e.key, e.value), '{}') into kept from jsonb_each(kept) e where old.kept ? e.key;
      select case when t.tbl = 'patient' then old.pk else (old.kept ->> 'patient_id')::uuid end into patient
        from clinichub.sync_table t where t.tbl = old.tbl;
      if patient is null and exists (select from clinichub.sync_table t where t.tbl = old.tbl and 'patient_id' = any (t.columns)) then
        execute format('select patient_id from clinichub.%I where id = $1', old.tbl) into patient using old.pk;
      end if;
      if not exists (select from clinichub.patient p where p.id = patient) then
        patient := null;
      end if;
      select m.payload::jsonb - 'changes' into attempt
        from clinichub.sync_mutation m where m.device_no = old.device_no and m.n = old.n;
      select d.* into mine from clinichub.sync_device d where d.device_no = old.device_no;
      select x.at, m.user_id, d.id, d.name into winner
        from clinichub.sync_change c join clinichub.sync_tx x on x.tx = c.tx
        left join clinichub.sync_mutation m on m.device_no = x.device_no and m.n = c.mutation
        left join clinichub.sync_device d on d.device_no = x.device_no
        where c.pk = old.pk and c.tbl = old.tbl and old.kind = 'field' and x.at <= old.at
          and c.row_version > old.base and x.device_no <> old.device_no
        order by (c.patch::jsonb ?| array(select jsonb_object_keys(old.attempted))) desc, c.tx desc, c.ord desc limit 1;
      insert into clinichub.conflict (id, kind, tbl, row_id, patient_id, reason,
          attempted, attempted_by, attempted_at, attempted_device, attempted_device_name,
          kept, kept_by, kept_at, kept_device, kept_device_name,
          status, resolution, created_at, resolved_at, resolved_by)
        values (coalesce(clinichub.sync_task_id((attempt ->> 'id')::uuid, old.pk, old.kind || '/' || old.id), gen_random_uuid()),
          old.kind, old.tbl, old.pk, patient, old.reason,
          old.attempted::text, old.user_id, clinichub.sync_moment(coalesce(attempt ->> 'at', old.at::text)), mine.id, mine.name,
          kept::text, winner.user_id, winner.at, winner.id, winner.name,
          case when old.resolved_at is null then 'open' else 'settled' end,
          case when old.resolved_at is not null then 'kept' end, old.at, old.resolved_at, old.resolved_by);
    end $f$`.execute(db);
  await sql`select clinichub.sync_move_conflict(c) from clinichub.sync_conflict c order by c.id`.execute(db);
  await sql`drop function clinichub.sync_move_conflict(clinichub.sync_conflict)`.execute(db);
};
