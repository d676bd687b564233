import { type Kysely, sql } from 'kysely';

/**
 * What guards the tables of the policies `version` and `union` against everybody, psql included. `sync_guard(table)` is called once
 * for a new table of either: docs/sync-protocol.md, "Conflicts".
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createRefusals(db);
  await createPart(db);
  await createAdded(db);
  await createVoided(db);
  await createSettledFork(db);
  await sql`
    create function clinichub.sync_guard(tbl text) returns void
    language plpgsql set search_path = pg_catalog, pg_temp
    as $f$
    declare
      target regclass := format('clinichub.%I', tbl)::regclass;
      policy text := (select t.policy from clinichub.sync_table t where t.tbl = sync_guard.tbl);
    begin
      execute format('create trigger sync_keep_rows before delete on %s
        for each row execute function clinichub.sync_refuse_delete()', target);
      if policy = 'version' then
        execute format('create trigger sync_keep_version before update on %s
          for each row execute function clinichub.sync_refuse_rewrite()', target);
        -- Its name is before the capture's, which must not count what it takes out.
        execute format('create trigger settled_fork before update on %s
          for each row when (old.voided_at is null and new.void_reason = ''fork-settled'')
          execute function clinichub.sync_settled_fork()', target);
        execute format('create trigger sync_version_added after insert on %s
          for each row when (new.parent_id is not null) execute function clinichub.sync_version_added()', target);
        execute format('create trigger sync_version_voided after update on %s
          for each row when (old.voided_at is null and new.voided_at is not null)
          execute function clinichub.sync_version_voided()', target);
      end if;
    end $f$`.execute(db);
};

/** A version never changes but to be voided, once. */
const createRefusals = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.sync_refuse_delete() returns trigger language plpgsql as $f$
    begin
      raise exception 'rows of % are voided, never deleted', tg_table_name using errcode = 'CH102';
    end $f$`.execute(db);
  await sql`
    create function clinichub.sync_refuse_rewrite() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    as $f$
    declare
      changeable text[] := case when old.voided_at is null
        then '{voided_at,voided_by,void_reason,row_version,field_versions}' else '{row_version,field_versions}' end;
    begin
      if to_jsonb(new) - changeable <> to_jsonb(old) - changeable then
        raise exception 'a version of % never changes: a correction is a new one', tg_table_name using errcode = 'CH102';
      end if;
      return new;
    end $f$`.execute(db);
};

/**
 * Tells that two did different things to one version; both stand. In a call of many inserts each mutation must get its own verdict, so
 * there it makes the call be settled one by one.
 */
const createPart = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_part(
      tbl text, pk uuid, patient uuid, reason text, attempted jsonb, kept jsonb, keeper uuid, stamp jsonb
    ) returns void language plpgsql
    as $f$
    begin
      if current_setting('clinichub.run', true) <> '' then
        raise exception 'a version of % parts', tbl using errcode = 'CH102';
      end if;
      perform clinichub.sync_keep('version', reason, tbl, pk, patient, reason, attempted, kept, keeper, stamp);
      perform clinichub.sync_review('', reason);
    end $f$`.execute(db);

/**
 * A new version: when its parent has another child, the two are a fork; when its parent was voided, somebody corrected what
 * another took back. The parent's lock lets one of two writers see the other.
 */
const createAdded = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_version_added() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      parent record;
      other record;
    begin
      execute format('select id, patient_id, voided_at, field_versions from clinichub.%I where id = $1 for no key update', tg_table_name)
        into parent using new.parent_id;
      if parent.id = new.id or clinichub.patient_root(parent.patient_id) <> clinichub.patient_root(new.patient_id) then
        raise exception 'a version of % follows another of the same patient', tg_table_name using errcode = 'CH102';
      end if;
      execute format('select id, field_versions from clinichub.%I
          where parent_id = $1 and id <> $2 and voided_at is null order by created_at, id limit 1', tg_table_name)
        into other using new.parent_id, new.id;
      if other.id is not null then
        perform clinichub.sync_part(tg_table_name, new.id, new.patient_id, 'forked',
          jsonb_build_object('id', new.id), jsonb_build_object('id', other.id), other.id, other.field_versions -> '*');
      elsif parent.voided_at is not null then
        perform clinichub.sync_part(tg_table_name, new.id, new.patient_id, 'changed-elsewhere',
          jsonb_build_object('id', new.id), jsonb_build_object('id', parent.id), parent.id,
          coalesce(parent.field_versions -> 'voided_at', parent.field_versions -> '*'));
      end if;
      return null;
    end $f$`.execute(db);

/** A version was voided that somebody has corrected already: the correction stands, and a person must look. */
const createVoided = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_version_voided() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      child record;
    begin
      execute format('select id, field_versions from clinichub.%I
          where parent_id = $1 and voided_at is null order by created_at, id limit 1', tg_table_name)
        into child using new.id;
      if child.id is not null then
        perform clinichub.sync_part(tg_table_name, new.id, new.patient_id, 'changed-elsewhere',
          jsonb_build_object('id', new.id, 'voided_by', new.voided_by, 'void_reason', new.void_reason),
          jsonb_build_object('id', child.id), child.id, child.field_versions -> '*');
      end if;
      return null;
    end $f$`.execute(db);

/**
 * Two settle one fork, each otherwise, and neither knows of the other: were both to take a version back, none would hold. The decision
 * that came first stands; the later one is kept as a conflict about the first (`sync_keep`).
 */
const createSettledFork = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_settled_fork() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    begin
      perform from clinichub.conflict c
        where c.patient_id = new.patient_id and c.tbl = tg_table_name and c.kind = 'version' and c.reason = 'forked'
          and c.status = 'settled' and case c.resolution when 'attempted' then c.attempted when 'kept' then c.kept end::jsonb
            ->> 'id' = new.id::text;
      if found then
        new.voided_at := null;
        new.voided_by := null;
        new.void_reason := null;
      end if;
      return new;
    end $f$`.execute(db);
