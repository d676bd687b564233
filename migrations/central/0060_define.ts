import { type Kysely, sql } from 'kysely';

/**
 * `clinichub.sync_define(table, policy, scope, together)` makes a table a synced one: it reads the table's columns and
 * writes the table's own triggers and functions. Called once for a new table and again after its columns changed.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createRegister(db);
  await sql`
    create function clinichub.sync_define(
      tbl text, policy text, scope text default null, together text[] default '{}'
    ) returns void language plpgsql set search_path = pg_catalog, pg_temp
    as $f$
    declare
      target regclass := format('clinichub.%I', tbl)::regclass;
    begin
      perform clinichub.sync_register(tbl, policy, scope, together);
      execute clinichub.sync_before_text(tbl);
      execute clinichub.sync_inserted_text(tbl);
      execute clinichub.sync_after_text(tbl);
      execute clinichub.sync_apply_text(tbl);
      execute clinichub.sync_insert_text(tbl);
      execute clinichub.sync_dispatch_text();
      update clinichub.sync_table t set boot = clinichub.sync_boot_text(t.tbl) where t.tbl = sync_define.tbl;
      execute format('create or replace trigger sync_before_insert before insert on %s
        for each row execute function clinichub.sync_before_insert()', target);
      execute format('create or replace trigger sync_before_update before update on %s
        for each row execute function clinichub.%I()', target, 'sync_before_' || tbl);
      execute format('create or replace trigger sync_inserted after insert on %s referencing new table as inserted
        for each statement execute function clinichub.%I()', target, 'sync_inserted_' || tbl);
      execute format('create or replace trigger sync_after after delete on %s
        for each row execute function clinichub.%I()', target, 'sync_after_' || tbl);
      execute format('create or replace trigger sync_after_update after update on %s
        for each row when (old.row_version <> new.row_version) execute function clinichub.%I()',
        target, 'sync_after_' || tbl);
      execute format('create or replace trigger sync_truncate before truncate on %s
        for each statement execute function clinichub.sync_refuse_truncate()', target);
      if policy = 'append' then
        execute format('create or replace trigger sync_append before update or delete on %s
          for each row execute function clinichub.sync_refuse_change()', target);
      end if;
    end $f$`.execute(db);
};

const createRegister = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_register(tbl text, policy text, scope text, together text[]) returns void
    language sql set search_path = pg_catalog, pg_temp
    as $f$
      insert into clinichub.sync_table as t (tbl, place, policy, scope, columns, pointers, together)
      select sync_register.tbl, (select coalesce(max(s.place), 0) + 1 from clinichub.sync_table s),
             sync_register.policy, sync_register.scope,
             array_agg(a.attname::text order by a.attnum),
             coalesce(array_agg(a.attname::text) filter (where exists (select from pg_constraint k
               where k.contype = 'f' and k.conrelid = a.attrelid and a.attnum = any (k.conkey))), '{}'),
             sync_register.together
        from pg_attribute a
        where a.attrelid = format('clinichub.%I', sync_register.tbl)::regclass
          and a.attnum > 0 and not a.attisdropped and a.attname not in ('row_version', 'field_versions')
      on conflict (tbl) do update set policy = excluded.policy, scope = excluded.scope,
        columns = excluded.columns, pointers = excluded.pointers, together = excluded.together
    $f$`.execute(db);
