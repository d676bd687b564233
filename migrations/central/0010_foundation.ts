import { type Kysely, sql } from 'kysely';

/**
 * Roles, schemas and default privileges. Everything belongs to `clinichub_owner`, which nobody can log in as and which
 * is no superuser, so that a SECURITY DEFINER function can reach this application's tables and nothing more.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    do $$
    begin
      -- Roles belong to the whole server: another database of the same server may have made them, perhaps at this moment.
      begin
        if not exists (select from pg_roles where rolname = 'clinichub_owner') then
          create role clinichub_owner nologin nosuperuser nocreatedb nocreaterole noreplication;
        end if;
      exception when duplicate_object or unique_violation then null;
      end;
      begin
        if not exists (select from pg_roles where rolname = 'clinichub_workstation') then
          create role clinichub_workstation nologin nosuperuser nocreatedb nocreaterole noreplication;
        end if;
      exception when duplicate_object or unique_violation then null;
      end;
      -- From PostgreSQL 16 on, who makes a role is its member and may yet not act as it.
      if not pg_has_role(current_user, 'clinichub_owner',
        case when current_setting('server_version_num')::integer >= 160000 then 'set' else 'member' end) then
        execute format('grant clinichub_owner to %I', current_user);
      end if;
    end $$`.execute(db);

  await sql`
    do $$
    begin
      execute format('revoke create, temporary on database %I from public', current_database());
    end $$`.execute(db);

  await sql`create schema clinichub authorization clinichub_owner`.execute(db);
  await sql`create schema if not exists clinichub_extension`.execute(db);
  await sql`create extension if not exists btree_gist with schema clinichub_extension`.execute(db);

  await sql`set local role clinichub_owner`.execute(db);
  await sql`alter default privileges revoke execute on functions from public`.execute(db);
  await sql`grant usage on schema clinichub to clinichub_workstation`.execute(db);

  await sql`
    create table clinichub.schema_migration (
      name text primary key,
      applied_at timestamptz(3) not null default now()
    )`.execute(db);
};
