import { type Kysely, sql } from 'kysely';

/** How a workstation's login begins and ends: docs/sync-protocol.md, "Devices". */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await closeLargeObjects(db);
  await sql`set local role clinichub_owner`.execute(db);
  await createMember(db);
  await createClaim(db);
  await createWiped(db);
  await sql`
    grant execute on function clinichub.claim(), clinichub.wiped() to clinichub_workstation`.execute(db);
};

/**
 * Large objects are open to every login of a database, and nothing here uses them: a workstation could fill the disk with
 * them. Only a superuser can close that; without one it stays open, as docs/security.md says.
 */
const closeLargeObjects = (db: Kysely<unknown>) =>
  sql`
    do $$
    begin
      if (select rolsuper from pg_roles where rolname = current_user) then
        revoke execute on function pg_catalog.lo_creat(integer), pg_catalog.lo_create(oid),
          pg_catalog.lo_from_bytea(oid, bytea) from public;
      end if;
    end $$`.execute(db);

/** The device of the calling login, its row locked, whatever its state; CH001 when it may not speak to the centre at all. */
const createMember = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_login() returns clinichub.sync_device
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device;
    begin
      select * into me from clinichub.sync_device d where d.login = session_user for update;
      if not found then
        raise exception 'this login is no workstation of this centre' using errcode = 'CH001';
      end if;
      if me.suspended_at is not null or me.revoked_at is not null or me.wiped_at is not null then
        raise exception 'this workstation is suspended, revoked or wiped' using errcode = 'CH001';
      end if;
      return me;
    end $f$`.execute(db);

/**
 * The workstation has made its own password and uses the enrolment code no more. Called in the transaction that changes
 * the password, so that of two with the same code one is first. The same answer however often it is called.
 */
const createClaim = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.claim() returns json
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device := clinichub.sync_login();
    begin
      if me.claimed_at is null then
        if me.code_expires_at < now() then
          raise exception 'the enrolment code has expired' using errcode = 'CH009';
        end if;
        update clinichub.sync_device d set claimed_at = now(), code_expires_at = null
          where d.device_no = me.device_no;
      end if;
      return json_build_object('device_id', me.id, 'device_name', me.name, 'first', me.claimed_at is null);
    end $f$`.execute(db);

const createWiped = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.wiped() returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device := clinichub.sync_login();
    begin
      if me.wiping_at is null then
        raise exception 'nobody has ordered this workstation to be wiped' using errcode = 'CH102';
      end if;
      update clinichub.sync_device d set wiped_at = now(), last_contact_at = now() where d.device_no = me.device_no;
    end $f$`.execute(db);
