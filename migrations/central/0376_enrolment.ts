import { type Kysely, sql } from 'kysely';

/**
 * An administrator makes the code of a new workstation on the screen, and revoking there closes the login: docs/sync-protocol.md,
 * `workstation_enrol` and "Devices". What touches roles belongs to a role of its own, which may do nothing else.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await createKeeperRole(db);
  await adoptLogins(db);
  await sql`set local role clinichub_owner`.execute(db);
  await sql`
    alter table clinichub.sync_meta
      add column screen_codes_a_day integer not null default 10 check (screen_codes_a_day between 0 and 100)`.execute(
    db,
  );
  await sql`alter table clinichub.sync_device add column enrolled_from integer, add column enrolled_by uuid`.execute(
    db,
  );
  await sql`grant usage, create on schema clinichub to clinichub_keeper`.execute(db);
  await sql`set local role clinichub_keeper`.execute(db);
  await createLoginFunctions(db);
  await sql`set local role clinichub_owner`.execute(db);
  await sql`revoke usage, create on schema clinichub from clinichub_keeper`.execute(db);
  await createWithdrawal(db);
  await createWiped(db);
  await createList(db);
  await createSet(db);
  await createShut(db);
  await createEnrol(db);
  await createLimit(db);
  await sql`
    grant execute on function clinichub.workstation_enrol(json), clinichub.workstation_shut(json)
    to clinichub_workstation`.execute(db);
};

/** May make roles and change those it was given; nobody logs in as it, and it reads no table. */
const createKeeperRole = (db: Kysely<unknown>) =>
  sql`
    do $$
    begin
      -- Roles belong to the whole server: another database of the same server may have made it, perhaps at this moment.
      begin
        if not exists (select from pg_roles where rolname = 'clinichub_keeper') then
          create role clinichub_keeper nologin nosuperuser nocreatedb createrole noreplication;
        end if;
      exception when duplicate_object or unique_violation then null;
      end;
      -- From PostgreSQL 16 on, who makes a role is its member and may yet not act as it.
      if not pg_has_role(current_user, 'clinichub_keeper',
        case when current_setting('server_version_num')::integer >= 160000 then 'set' else 'member' end) then
        execute format('grant clinichub_keeper to %I', current_user);
      end if;
      if not pg_has_role('clinichub_keeper', 'clinichub_workstation', 'member with admin option') then
        grant clinichub_workstation to clinichub_keeper with admin option;
      end if;
    end $$`.execute(db);

/** Logins made before can be closed from the screen as well, where this administrator may hand them over. */
const adoptLogins = (db: Kysely<unknown>) =>
  sql`
    do $$
    declare
      name text;
    begin
      for name in select d.login from clinichub.sync_device d join pg_roles r on r.rolname = d.login loop
        begin
          execute format('grant %I to clinichub_keeper with admin option', name);
        exception when insufficient_privilege then null;
        end;
      end loop;
    end $$`.execute(db);

const createLoginFunctions = async (db: Kysely<unknown>): Promise<void> => {
  // A text that is no verifier would be taken for the password itself.
  await sql`
    create function clinichub.login_make(login text, verifier text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      setting text;
    begin
      if login is null or login !~ '^clinichub_ws_[0-9a-f]{32}$' or verifier is null
         or verifier !~ '^SCRAM-SHA-256\\$4096:[A-Za-z0-9+/]{22}==\\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$' then
        raise exception 'this is no login of a workstation' using errcode = '22023';
      end if;
      execute format('create role %I login inherit nosuperuser nocreatedb nocreaterole noreplication connection limit 8 password %L',
        login, verifier);
      execute format('grant clinichub_workstation to %I', login);
      execute format('grant %I to clinichub_keeper', login);
      foreach setting in array array['idle_in_transaction_session_timeout = ''3s''', 'lock_timeout = ''10s''',
        'statement_timeout = ''120s''', 'jit = off'] loop
        execute format('alter role %I set ', login) || setting;
      end loop;
      if current_setting('server_version_num')::integer >= 170000 then
        execute format('alter role %I set transaction_timeout = ''150s''', login);
      end if;
      if not has_database_privilege(login, current_database(), 'connect') then
        raise exception 'a new login may not connect to this database' using errcode = 'CH102';
      end if;
    end $f$`.execute(db);
  await sql`
    create function clinichub.login_close(login text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    begin
      execute format('alter role %I nologin password null', login);
      if exists (select from pg_auth_members m join pg_roles r on r.oid = m.member
                  where m.roleid = 'clinichub_workstation'::regrole and r.rolname = login
                    and m.grantor = 'clinichub_keeper'::regrole) then
        execute format('revoke clinichub_workstation from %I', login);
      end if;
    exception when insufficient_privilege or undefined_object then
      -- Its login was made by an administrator who kept it, or by hand: every call is refused all the same.
      return;
    end $f$`.execute(db);
  // Twice: a session that was being let in while the login was closed is there a moment later.
  await sql`
    create function clinichub.login_end(login text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    begin
      for again in 1 .. 2 loop
        perform pg_stat_clear_snapshot();
        perform pg_terminate_backend(a.pid, 5000) from pg_stat_activity a
          where a.usename = login and a.pid <> pg_backend_pid();
        perform pg_sleep(0.2) where again = 1;
      end loop;
    exception when insufficient_privilege then
      return;
    end $f$`.execute(db);
  // The default rights of the owner's functions are not this role's.
  await sql`
    revoke execute on function clinichub.login_make(text, text), clinichub.login_close(text), clinichub.login_end(text)
    from public`.execute(db);
  await sql`
    grant execute on function clinichub.login_make(text, text), clinichub.login_close(text), clinichub.login_end(text)
    to clinichub_owner`.execute(db);
};

/**
 * A workstation that is suspended, revoked or to be wiped takes the codes with it that were made at it and that nobody has used,
 * whoever ends it and how: they may be a thief's.
 */
const createWithdrawal = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.withdraw_codes() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      it clinichub.sync_device;
    begin
      for it in update clinichub.sync_device d set revoked_at = now()
                where d.enrolled_from = new.device_no and d.claimed_at is null and d.revoked_at is null returning d.* loop
        perform clinichub.login_close(it.login);
        perform clinichub.audit_note('workstation.revoke', 'U', null, 'sync_device', it.id,
          json_build_object('device', it.device_no, 'from', new.device_no));
      end loop;
      return null;
    end $f$`.execute(db);
  await sql`
    create trigger withdraw_codes after update of suspended_at, revoked_at, wiping_at on clinichub.sync_device
    for each row when (new.suspended_at is not null and old.suspended_at is null
      or new.revoked_at is not null and old.revoked_at is null or new.wiping_at is not null and old.wiping_at is null)
    execute function clinichub.withdraw_codes()`.execute(db);
};

/** As 0140_devices, and closes the login: nobody is there any more to use it. */
const createWiped = (db: Kysely<unknown>) =>
  sql`
    create or replace function clinichub.wiped() returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device := clinichub.sync_login();
    begin
      if me.wiping_at is null then
        raise exception 'nobody has ordered this workstation to be wiped' using errcode = 'CH102';
      end if;
      update clinichub.sync_device d set wiped_at = now(), last_contact_at = now() where d.device_no = me.device_no;
      perform clinichub.login_close(me.login);
    end $f$`.execute(db);

/** As 0340_overview, and says since when each is known, who made its code where, and whether its login is open. */
const createList = (db: Kysely<unknown>) =>
  sql`
    create or replace function clinichub.workstations(request json) returns json
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device := clinichub.workstation_keeper((request ->> 'user')::uuid);
      told json;
    begin
      select coalesce(json_agg(json_build_object('no', d.device_no, 'id', d.id, 'name', d.name, 'location_id', d.location_id,
               'scope', d.scope, 'role', d.role, 'app', d.app, 'schema', d.schema,
               'last_contact', to_char(d.last_contact_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
               'behind', c.seq - d.cursor,
               'rejected', (select count(*) from clinichub.sync_mutation m
                             where m.device_no = d.device_no and m.status = 'rejected'),
               'state', case when d.wiped_at is not null then 'wiped' when d.revoked_at is not null then 'revoked'
                 when d.wiping_at is not null then 'wiping' when d.suspended_at is not null then 'suspended'
                 when d.claimed_at is not null or d.code_expires_at is null
                   or (d.last_contact_at is not null and d.code_expires_at >= now()) then 'active'
                 when d.code_expires_at < now() then 'expired' else 'unused' end,
               'here', d.device_no = me.device_no,
               'enrolled', to_char(d.enrolled_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
               'enrolled_by', (select a.display_name from clinichub.staff_account a where a.id = d.enrolled_by),
               'enrolled_from', d.enrolled_from,
               'can_log_in', exists (select from pg_roles r where r.rolname = d.login and r.rolcanlogin))
               order by d.device_no), '[]')
        into told
        from (select * from clinichub.sync_device d order by d.device_no desc limit 500) d
        cross join clinichub.sync_clock c;
      return told;
    end $f$`.execute(db);

/**
 * As 0340_overview, and revoking closes the login: a workstation that was revoked without that can be revoked once more. Nobody locks
 * out the workstation they sit at, for nobody could undo it there.
 */
const createSet = (db: Kysely<unknown>) =>
  sql`
    create or replace function clinichub.workstation_set(request json) returns json
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      account uuid := (request ->> 'user')::uuid;
      me clinichub.sync_device := clinichub.workstation_keeper(account);
      action text := request ->> 'action';
      it clinichub.sync_device;
    begin
      select * into it from clinichub.sync_device d where d.id = (request ->> 'id')::uuid for update;
      if not found then
        raise exception 'there is no such workstation' using errcode = 'CH101';
      elsif it.wiped_at is not null or it.revoked_at is not null and action <> 'revoke' then
        raise exception 'this workstation has no way back' using errcode = 'CH102';
      elsif action in ('suspend', 'revoke') and it.device_no = me.device_no then
        raise exception 'nobody locks out the workstation they sit at' using errcode = 'CH102';
      elsif action = 'suspend' and it.wiping_at is not null then
        raise exception 'it is to be wiped and must be able to send what waits there' using errcode = 'CH102';
      end if;
      perform set_config('clinichub.device_no', me.device_no::text, true);
      case action
        when 'suspend' then
          update clinichub.sync_device d set suspended_at = coalesce(suspended_at, now()) where d.device_no = it.device_no;
        when 'resume' then
          update clinichub.sync_device d set suspended_at = null where d.device_no = it.device_no;
        when 'revoke' then
          update clinichub.sync_device d set revoked_at = coalesce(revoked_at, now()) where d.device_no = it.device_no;
          perform clinichub.login_close(it.login);
        when 'wipe' then
          update clinichub.sync_device d set wiping_at = coalesce(wiping_at, now()), suspended_at = null
            where d.device_no = it.device_no;
        else
          raise exception 'there is no such action' using errcode = '22023';
      end case;
      perform clinichub.audit_note('workstation.' || action, 'U', account, 'sync_device', it.id, null);
      perform set_config('clinichub.device_no', '', true);
      return clinichub.workstations(request);
    end $f$`.execute(db);

/** Ends the sessions of a workstation that was revoked. Apart, because the closed login counts from the commit. */
const createShut = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.workstation_shut(request json) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device := clinichub.workstation_keeper((request ->> 'user')::uuid);
      it clinichub.sync_device;
    begin
      select * into it from clinichub.sync_device d
        where d.id = (request ->> 'id')::uuid and d.revoked_at is not null and d.device_no <> me.device_no;
      if not found then
        raise exception 'there is no such workstation' using errcode = 'CH101';
      end if;
      perform clinichub.login_end(it.login);
    end $f$`.execute(db);

/**
 * Makes a workstation's login with a one-time secret of which only the verifier comes here. So many a day at most in the whole clinic;
 * none where the centre forbids it.
 */
const createEnrol = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.workstation_enrol(request json) returns json
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      account uuid := (request ->> 'user')::uuid;
      me clinichub.sync_device := clinichub.workstation_keeper(account);
      called text := btrim(request ->> 'name');
      place uuid := (request ->> 'location_id')::uuid;
      width text := request ->> 'scope';
      most integer;
      made clinichub.sync_device;
    begin
      if called is null or length(called) not between 1 and 100 or width is null or width not in ('clinic', 'site')
         or (width = 'site' and place is null) then
        raise exception 'a workstation needs a name, and one with the patients of its site needs a site' using errcode = '22023';
      end if;
      -- One after another, so that two at the same moment are counted as two.
      select m.screen_codes_a_day into most from clinichub.sync_meta m for update;
      if most = 0 then
        raise exception 'this centre lets no codes be made from the screen' using errcode = 'CH107';
      elsif most <= (select count(*) from clinichub.sync_device d
                      where d.enrolled_from is not null and d.enrolled_at > now() - interval '1 day') then
        raise exception 'so many codes were made within a day as this centre allows' using errcode = 'CH108';
      elsif place is not null and not exists (
          select from clinichub.location l where l.id = place and l.kind = 'site' and l.active) then
        raise exception 'there is no such site' using errcode = 'CH101';
      end if;
      insert into clinichub.sync_device (id, name, login, location_id, scope, code_expires_at, enrolled_from, enrolled_by)
        select u.id, called, 'clinichub_ws_' || replace(u.id::text, '-', ''), place, width, now() + interval '7 days',
               me.device_no, account
          from (select gen_random_uuid() as id) u
        returning * into made;
      perform clinichub.login_make(made.login, request ->> 'verifier');
      perform set_config('clinichub.device_no', me.device_no::text, true);
      perform clinichub.audit_note('workstation.enrol', 'C', account, 'sync_device', made.id,
        json_build_object('device', made.device_no, 'name', made.name, 'scope', made.scope));
      perform set_config('clinichub.device_no', '', true);
      return json_build_object('id', made.id, 'no', made.device_no, 'login', made.login,
        'until', to_char(made.code_expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));
    end $f$`.execute(db);

/** How many codes a day a clinic allows is in the audit trail when it changes. */
const createLimit = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.screen_codes_noted() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    begin
      perform clinichub.audit_note('workstation.codes', 'U', null, null, null,
        json_build_object('from', old.screen_codes_a_day, 'to', new.screen_codes_a_day));
      return null;
    end $f$`.execute(db);
  await sql`
    create trigger screen_codes_noted after update of screen_codes_a_day on clinichub.sync_meta
    for each row when (old.screen_codes_a_day is distinct from new.screen_codes_a_day)
    execute function clinichub.screen_codes_noted()`.execute(db);
};
