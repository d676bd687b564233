import { type Kysely, sql } from 'kysely';

/**
 * What a patient asked for and did not get waits on every desk alike: the workstation that sent it is the host of the panel, where
 * nobody sits.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await sql`
    create function clinichub.task_of_patient() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      attempt json := nullif(current_setting('clinichub.attempt', true), '')::json;
    begin
      if exists (select from clinichub.patient_account a where a.id = (attempt ->> 'user')::uuid) then
        new.owner_device := null;
      end if;
      return new;
    end $f$`.execute(db);
  await sql`
    create trigger task_of_patient before insert on clinichub.task
      for each row when (new.owner_device is not null and new.appointment_id is not null)
      execute function clinichub.task_of_patient()`.execute(db);
};
