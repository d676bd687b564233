import { type Kysely, sql } from 'kysely';

/**
 * How long the audit trail is kept is a setting of the clinic, `audit.keep-years`. `sync_meta` follows it, whoever writes it; what is no
 * number of years from six to two hundred keeps the trail for good. What was set before stays.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await sql`
    create function clinichub.setting_keeps_audit() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      years integer := case when new.value ~ '^([6-9]|[1-9][0-9]|1[0-9][0-9]|200)$' then new.value::integer end;
    begin
      update clinichub.sync_meta m set audit_keep_years = years where m.audit_keep_years is distinct from years;
      return null;
    end $f$`.execute(db);
  await sql`
    create trigger setting_keeps_audit after insert or update on clinichub.setting
      for each row when (new.key = 'audit.keep-years' and new.location_id is null)
      execute function clinichub.setting_keeps_audit()`.execute(db);
  await sql`
    insert into clinichub.setting (id, key, value)
      select '21201dac-a447-544a-a37b-a0d017da9ea7', 'audit.keep-years', m.audit_keep_years::text from clinichub.sync_meta m
        where m.audit_keep_years is not null`.execute(db);
};
