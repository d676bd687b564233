import { type Kysely, sql } from 'kysely';

/**
 * Centres and workstations of different versions, and of different histories: docs/sync-protocol.md, "Versions" and "A centre
 * that was restored". And a patient under several records is in scope with all of them.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await sql`
    update clinichub.sync_table set since = 2
      where tbl not in ('location', 'practitioner', 'staff_account', 'patient', 'schedule', 'appointment', 'task', 'audit_event')`.execute(
    db,
  );
  await sql`
    update clinichub.sync_table set newer = '{"merged_into": 2}' where tbl = 'patient'`.execute(db);
  await createUpcast(db);
  await createCommonBase(db);
  await createTwin(db);
  await amendPush(db);
  await joinWithAllRecords(db);
};

/**
 * A mutation as the present schema has it. `sync_upcast_<n>` takes one from version n to the next; there is one for each
 * step that needs it, of the two versions before the present. A version the centre does not know is refused.
 */
const createUpcast = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.sync_upcast(document jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
    as $f$
    declare
      present integer := (select m.schema from clinichub.sync_meta m);
      version integer := coalesce((document ->> 'schema')::integer, 1);
      step regprocedure;
    begin
      -- A number with nothing in it means the same in every version.
      if version = present or document ->> 'kind' = 'held' then
        return document;
      end if;
      if version > present or version < present - 2 then
        raise exception 'a mutation of schema % cannot be read by one of schema %', version, present using errcode = 'CH105';
      end if;
      while version < present loop
        step := to_regprocedure('clinichub.sync_upcast_' || version || '(jsonb)');
        if step is not null then
          execute format('select %s($1)', step::oid::regproc) into document using document;
        end if;
        version := version + 1;
      end loop;
      return document || jsonb_build_object('schema', present);
    end $f$`.execute(db);
};

/**
 * The version of a row a change was made on. One that was made on a history the centre has lost since (`common` in the mutation) was
 * made on what both still have: a higher version there is another change here.
 */
const createCommonBase = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_common_base(document jsonb, pk uuid, base bigint) returns bigint
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select least(base, (select coalesce(max(c.row_version), 0) from clinichub.sync_change c
        join clinichub.sync_tx t on t.tx = c.tx
        where c.pk = sync_common_base.pk and t.seq <= (document ->> 'common')::bigint))
    $f$`.execute(db);

/**
 * Whether another workstation has sent the very same mutation: the data folder was copied with work that waited. Looked for only
 * when a row is there already, through the ledger's change of that row.
 */
const createTwin = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_twin(device clinichub.sync_device, payload text, hash text) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select exists (
        select from clinichub.sync_change c
        join clinichub.sync_tx t on t.tx = c.tx
        join clinichub.sync_mutation m on m.device_no = t.device_no and m.n = c.mutation
        where c.pk = (sync_twin.payload::jsonb #>> '{changes,0,pk}')::uuid
          and t.device_no <> sync_twin.device.device_no and m.hash = sync_twin.hash and m.status <> 'rejected')
    $f$`.execute(db);

const replaceIn = (db: Kysely<unknown>, signature: string, from: string, to: string) =>
  sql`
    do $$
    declare
      body text := pg_get_functiondef(${sql.lit(signature)}::regprocedure);
    begin
      if position(${sql.lit(from)} in body) = 0 then
        raise exception '% is not as it was', ${sql.lit(signature)};
      end if;
      execute replace(body, ${sql.lit(from)}, ${sql.lit(to)});
    end $$`.execute(db);

const device = 'clinichub.sync_device';

const amendPush = async (db: Kysely<unknown>): Promise<void> => {
  await replaceIn(
    db,
    `clinichub.sync_settle(${device},bigint,text,text)`,
    'document := payload::jsonb;',
    'document := clinichub.sync_upcast(payload::jsonb);',
  );
  await replaceIn(
    db,
    `clinichub.sync_settle_inserts(${device},json)`,
    'm.payload::jsonb as document',
    'clinichub.sync_upcast(m.payload::jsonb) as document',
  );
  await replaceIn(
    db,
    `clinichub.sync_apply_mutation(${device},bigint,jsonb,boolean)`,
    'loop\n        if careful',
    `loop
        if document ? 'common' and change.base > 0 then
          change.base := clinichub.sync_common_base(document, change.pk, change.base);
        end if;
        if careful`,
  );
  await replaceIn(
    db,
    `clinichub.sync_settle_each(${device},json)`,
    'device.last_n := sent.n;',
    `if verdict.state = '23505' and clinichub.sync_twin(device, sent.payload, sent.hash) then
            verdict.status := 'applied';
            verdict.state := null;
            verdict.words := null;
          end if;
          device.last_n := sent.n;`,
  );
};

/**
 * Who has one record of a patient in scope has all that were merged with it: whoever reads the chart follows the merge, and a
 * record names the one it was merged into. Taken apart again, they stay where they came.
 */
const joinWithAllRecords = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter function clinichub.sync_join(uuid, uuid, uuid[]) rename to sync_join_record`.execute(db);
  await replaceIn(db, 'clinichub.sync_join_record(uuid,uuid,uuid[])', 'sync_join.', 'sync_join_record.');
  await sql`
    create function clinichub.sync_join(patient uuid, audience uuid, through uuid[] default array[clinichub.sync_everybody()])
    returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      joined boolean := false;
      record uuid;
    begin
      for record in select clinichub.patient_same(sync_join.patient) order by 1 loop
        joined := clinichub.sync_join_record(record, audience, through) or joined;
      end loop;
      return joined;
    end $f$`.execute(db);
  await sql`
    create function clinichub.patient_merge_join() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      each record;
    begin
      for each in
        select distinct m.audience from clinichub.sync_member m
        where m.patient in (select clinichub.patient_same(new.id)) order by 1
      loop
        perform clinichub.sync_join(new.id, each.audience);
      end loop;
      return null;
    end $f$`.execute(db);
  for (const event of ['insert', 'update of merged_into']) {
    const name = event === 'insert' ? 'sync_merge_insert' : 'sync_merge_update';
    await sql`
      create trigger ${sql.ref(name)} after ${sql.raw(event)} on clinichub.patient
      for each row when (new.merged_into is not null) execute function clinichub.patient_merge_join()`.execute(
      db,
    );
  }
  await leaveWithAllRecords(db);
};

const leaveWithAllRecords = (db: Kysely<unknown>) =>
  sql`
    create or replace function clinichub.sync_leave(patient uuid, audience uuid) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    #variable_conflict use_column
    declare
      records uuid[] := array(select clinichub.patient_same(sync_leave.patient));
      gone uuid[];
      each record;
      named boolean;
    begin
      perform from clinichub.sync_member m
        where m.patient = any (records) and m.audience = sync_leave.audience order by m.patient for update;
      if not found then
        return;
      end if;
      if exists (select from clinichub.patient p where p.id = any (records) and p.location_id is null)
          and sync_leave.audience = clinichub.sync_everybody() then
        return;
      end if;
      for each in select t.tbl, t.scope, t.site from clinichub.sync_table t where t.site is not null loop
        execute format('select exists (select from clinichub.%I where %I = any ($1) and %I = $2)', each.tbl, each.scope, each.site)
          into named using records, sync_leave.audience;
        if named then
          return;
        end if;
      end loop;
      with ended as (
        delete from clinichub.sync_member m where m.patient = any (records) and m.audience = sync_leave.audience
        returning m.patient
      )
      select array_agg(patient order by patient) into gone from ended;
      insert into clinichub.sync_change (tx, tbl, pk, op, scope_old, row_version, patch)
        select clinichub.sync_entry(), 'patient', g, 'evict', sync_leave.audience, 0, '{}' from unnest(gone) g;
    end $f$`.execute(db);
