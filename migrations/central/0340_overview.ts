import { type Kysely, sql } from 'kysely';

/** An administrator looks after the workstations from one of them: docs/sync-protocol.md, `workstations` and `workstation_set`. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createKeeper(db);
  await createList(db);
  await createSet(db);
  await sql`
    grant execute on function clinichub.workstations(json), clinichub.workstation_set(json)
    to clinichub_workstation`.execute(db);
};

/**
 * The calling workstation, when it holds the whole clinic and the account is an administrator's. A workstation of one site or one
 * role, which may stand where strangers reach it, never ends another.
 */
const createKeeper = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.workstation_keeper(account uuid) returns clinichub.sync_device
    language plpgsql stable set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device := clinichub.sync_me();
    begin
      if me.scope <> 'clinic' or me.role <> 'whole' then
        raise exception 'this workstation does not hold the whole clinic' using errcode = 'CH102';
      end if;
      if not exists (select from clinichub.staff_account a where a.id = account and a.active and a.role = 'admin') then
        raise exception 'this account may not look after workstations' using errcode = 'CH102';
      end if;
      return me;
    end $f$`.execute(db);

const createList = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.workstations(request json) returns json
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
                 when d.claimed_at is not null or d.code_expires_at is null then 'active'
                 when d.code_expires_at < now() then 'expired' else 'unused' end,
               'here', d.device_no = me.device_no) order by d.device_no), '[]')
        into told
        from (select * from clinichub.sync_device d order by d.device_no desc limit 500) d
        cross join clinichub.sync_clock c;
      return told;
    end $f$`.execute(db);

/**
 * What an administrator may do to a workstation. One that is revoked here is refused for good; its role can be closed as well only by
 * who may alter roles. Nobody locks out the workstation they sit at, for nobody could undo it there.
 */
const createSet = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.workstation_set(request json) returns json
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
      elsif it.revoked_at is not null or it.wiped_at is not null then
        raise exception 'this workstation has no way back' using errcode = 'CH102';
      elsif action in ('suspend', 'revoke') and it.device_no = me.device_no then
        raise exception 'nobody locks out the workstation they sit at' using errcode = 'CH102';
      elsif action = 'suspend' and it.wiping_at is not null then
        raise exception 'it is to be wiped and must be able to send what waits there' using errcode = 'CH102';
      end if;
      case action
        when 'suspend' then
          update clinichub.sync_device d set suspended_at = coalesce(suspended_at, now()) where d.device_no = it.device_no;
        when 'resume' then
          update clinichub.sync_device d set suspended_at = null where d.device_no = it.device_no;
        when 'revoke' then
          update clinichub.sync_device d set revoked_at = now() where d.device_no = it.device_no;
        when 'wipe' then
          update clinichub.sync_device d set wiping_at = coalesce(wiping_at, now()), suspended_at = null
            where d.device_no = it.device_no;
        else
          raise exception 'there is no such action' using errcode = '22023';
      end case;
      perform set_config('clinichub.device_no', me.device_no::text, true);
      insert into clinichub.audit_event (id, recorded_at, action, event, account_id, entity_table, entity_id, outcome)
        values (gen_random_uuid(), now(), 'U', 'workstation.' || action, account, 'sync_device', it.id, 'success');
      perform set_config('clinichub.device_no', '', true);
      return clinichub.workstations(request);
    end $f$`.execute(db);
