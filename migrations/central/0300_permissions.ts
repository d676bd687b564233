import { type Kysely, sql } from 'kysely';

/** Version 6 of the synced schema: further roles, what a clinic allows them otherwise than usual, and an administrator who stays. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await widenRoles(db);
  await createRolePermission(db);
  await keepAnAdministrator(db);
  await sql`update clinichub.sync_table set since = 6 where tbl = 'role_permission'`.execute(db);
  await sql`update clinichub.sync_meta set schema = 6`.execute(db);
};

const widenRoles = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter domain clinichub.staff_role drop constraint staff_role_check`.execute(db);
  await sql`
    alter domain clinichub.staff_role add constraint staff_role_check
      check (value in ('reception', 'nurse', 'doctor', 'pharmacist', 'cashier', 'admin', 'patient'))`.execute(
    db,
  );
};

/** `granted` is null where a clinic went back to what is usual: rows are not deleted. The id is made of role and permission. */
const createRolePermission = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.role_permission (
      id uuid primary key,
      role clinichub.staff_role not null,
      permission clinichub.name_100 not null,
      granted boolean,
      row_version bigint not null,
      field_versions jsonb not null,
      constraint role_permission_once unique (role, permission)
    )`.execute(db);
  await sql`select clinichub.sync_define('role_permission', 'last-write')`.execute(db);
};

/**
 * Of two administrators who close each other's accounts, each at a workstation that is offline, the second is refused here. The lock
 * lets one of two transactions see what the other did.
 */
const keepAnAdministrator = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.keep_an_administrator() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    begin
      perform pg_advisory_xact_lock(hashtextextended('clinichub.keep_an_administrator', 0));
      if not exists (select from clinichub.staff_account a where a.role = 'admin' and a.active) then
        raise exception 'the clinic would be without an administrator' using errcode = 'CH106';
      end if;
      return null;
    end $f$`.execute(db);
  await sql`
    create constraint trigger keep_an_administrator after update on clinichub.staff_account
      for each row when (old.role = 'admin' and old.active and not (new.role = 'admin' and new.active))
      execute function clinichub.keep_an_administrator()`.execute(db);
  await sql`
    create constraint trigger keep_an_administrator_row after delete on clinichub.staff_account
      for each row when (old.role = 'admin' and old.active)
      execute function clinichub.keep_an_administrator()`.execute(db);
};
