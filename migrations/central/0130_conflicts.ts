import { type Kysely, sql } from 'kysely';
import { moveOldConflicts } from './0130_old_conflicts.ts';
import { createApplySlot, createLostDecision, createReview, createSettle } from './0130_verdicts.ts';

/**
 * What lost in a conflict is a synced row, so that the desk sees it: docs/sync-protocol.md, "Conflicts". The central-only
 * `sync_conflict` is moved over, row by row, and goes.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await sql`
    alter table clinichub.sync_table drop constraint sync_table_policy_check,
      add constraint sync_table_policy_check check (policy in ('merge', 'append', 'version', 'union', 'last-write'))`.execute(
    db,
  );
  await createDomains(db);
  await createTable(db);
  await guardTable(db);
  await createMoment(db);
  await createKeep(db);
  await createLose(db);
  await createPolicyText(db);
  await createApplyText(db);
  await createReview(db);
  await createLostDecision(db);
  await createApplySlot(db);
  await createSettle(db);
  await sql`select clinichub.sync_define('conflict', 'merge', 'patient_id', '{status,resolution,resolved_at,resolved_by}')`.execute(
    db,
  );
  await sql`
    do $$
    declare
      t record;
    begin
      for t in select tbl from clinichub.sync_table order by place loop
        execute clinichub.sync_apply_text(t.tbl);
      end loop;
    end $$`.execute(db);
  await moveOldConflicts(db);
  await sql`drop table clinichub.sync_conflict`.execute(db);
};

/** Values as they travel, by column, as the text of a JSON object. No limit: what is kept here may be a whole note. */
const createDomains = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create domain clinichub.wire_values as text
      check (left(value, 1) = '{' and right(value, 1) = '}')`.execute(db);
  await sql`create domain clinichub.conflict_kind as text check (value in ('field', 'slot', 'version'))`.execute(
    db,
  );
  await sql`
    create domain clinichub.conflict_reason as text
      check (value in ('changed-elsewhere', 'practitioner-busy', 'room-busy', 'patient-busy', 'forked'))`.execute(
    db,
  );
  await sql`create domain clinichub.conflict_status as text check (value in ('open', 'settled'))`.execute(db);
  await sql`
    create domain clinichub.conflict_resolution as text
      check (value in ('kept', 'attempted', 'edited', 'rebooked', 'superseded'))`.execute(db);
};

const createTable = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.conflict (
      id uuid primary key,
      kind clinichub.conflict_kind not null,
      tbl clinichub.name_64 not null,
      row_id uuid not null,
      patient_id uuid references clinichub.patient (id),
      reason clinichub.conflict_reason not null,
      attempted clinichub.wire_values not null,
      attempted_by uuid,
      attempted_at clinichub.instant not null,
      attempted_device uuid,
      attempted_device_name clinichub.text_1000,
      kept clinichub.wire_values not null,
      kept_by uuid,
      kept_at clinichub.instant,
      kept_device uuid,
      kept_device_name clinichub.text_1000,
      status clinichub.conflict_status not null,
      resolution clinichub.conflict_resolution,
      created_at clinichub.instant not null,
      resolved_at clinichub.instant,
      resolved_by uuid,
      row_version bigint not null,
      field_versions jsonb not null,
      constraint conflict_settled_how_and_when
        check (status = 'open' or (resolution is not null and resolved_at is not null))
    )`.execute(db);
  await sql`create index conflict_row on clinichub.conflict (row_id)`.execute(db);
  await sql`create index conflict_patient on clinichub.conflict (patient_id)`.execute(db);
  await sql`create index conflict_open on clinichub.conflict (attempted_device) where status = 'open'`.execute(
    db,
  );
};

/** Only the centre writes a conflict, nobody writes it anew or removes it; settling is all that is left. */
const guardTable = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.conflict_guard() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    as $f$
    begin
      if tg_op = 'INSERT' then
        if current_setting('clinichub.device_no', true) <> '' and current_setting('clinichub.keeping', true) is distinct from 'on' then
          raise exception 'a conflict is written by the centre' using errcode = 'CH102';
        end if;
        return new;
      end if;
      if tg_op = 'DELETE' then
        raise exception 'a conflict is settled, never removed' using errcode = 'CH102';
      end if;
      if to_jsonb(new) - '{status,resolution,resolved_at,resolved_by,row_version,field_versions}'::text[]
          <> to_jsonb(old) - '{status,resolution,resolved_at,resolved_by,row_version,field_versions}'::text[] then
        raise exception 'what a conflict keeps never changes' using errcode = 'CH102';
      end if;
      return new;
    end $f$`.execute(db);
  await sql`
    create trigger conflict_guard before insert or update or delete on clinichub.conflict
    for each row execute function clinichub.conflict_guard()`.execute(db);
};

/** The instant a workstation's clock showed; the present one when that is none. */
const createMoment = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_moment(shown text) returns clinichub.instant language plpgsql stable
    as $f$
    begin
      return coalesce(shown::clinichub.instant, now());
    exception when data_exception or check_violation then
      return now();
    end $f$`.execute(db);

/**
 * Writes one conflict: what was attempted and what stands instead, each with author, time and workstation. One of the two is the
 * mutation now being settled (`mine`: what it attempted, unless `later_stands`), the other is found in the ledger by `stamp`
 * ([row_version, device_no] of the row `keeper`). The id is made of the mutation, the row and `part`; a second loss of the
 * same kind in one mutation is one more conflict. A person at the centre has no device, and no account this database knows.
 */
const createKeep = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_keep(
      kind text, part text, tbl text, pk uuid, patient uuid, reason text, attempted jsonb, kept jsonb,
      keeper uuid, stamp jsonb, later_stands boolean default false
    ) returns void language plpgsql
    as $f$
    declare
      attempt json := nullif(current_setting('clinichub.attempt', true), '')::json;
      writer integer := coalesce(nullif(current_setting('clinichub.device_no', true), ''), '0')::integer;
      code text := kind || '/' || part;
      made uuid := gen_random_uuid();
      one record;
      other record;
    begin
      -- Two who settle a conflict alike agree.
      if tbl = 'conflict' and attempted -> 'resolution' = kept -> 'resolution' then
        return;
      end if;
      if attempt is not null then
        loop
          made := clinichub.sync_task_id((attempt ->> 'id')::uuid, pk, code);
          exit when not exists (select from clinichub.conflict c where c.id = made);
          code := code || '+';
        end loop;
      end if;
      select (attempt ->> 'user')::uuid as author, d.id, left(d.name, 1000) as name,
             case when later_stands then now() else clinichub.sync_moment(attempt ->> 'at') end as moment
        into one from (values (1)) always left join clinichub.sync_device d on d.device_no = writer;
      select l.user_id as author, d.id, left(d.name, 1000) as name, l.at as moment
        into other
        from (values (1)) always left join clinichub.sync_device d on d.device_no = (stamp ->> 1)::integer
        left join lateral (
          select x.at, m.user_id from clinichub.sync_change c join clinichub.sync_tx x on x.tx = c.tx
          left join clinichub.sync_mutation m on m.device_no = x.device_no and m.n = c.mutation
          where c.pk = keeper and c.row_version = (stamp ->> 0)::bigint order by c.tx desc limit 1
        ) l on true;
      perform set_config('clinichub.keeping', 'on', true);
      insert into clinichub.conflict (id, kind, tbl, row_id, patient_id, reason,
          attempted, attempted_by, attempted_at, attempted_device, attempted_device_name,
          kept, kept_by, kept_at, kept_device, kept_device_name, status, created_at)
        select made, sync_keep.kind, sync_keep.tbl, sync_keep.pk, sync_keep.patient, sync_keep.reason,
               sync_keep.attempted::text, lost.author, coalesce(lost.moment, now()), lost.id, lost.name,
               sync_keep.kept::text, stood.author, stood.moment, stood.id, stood.name, 'open', now()
        from (values (later_stands, other.author, other.moment, other.id, other.name),
                     (not later_stands, one.author, one.moment, one.id, one.name)) lost (here, author, moment, id, name)
        join (values (later_stands, one.author, one.moment, one.id, one.name),
                     (not later_stands, other.author, other.moment, other.id, other.name)) stood (here, author, moment, id, name)
          on lost.here and stood.here;
      perform set_config('clinichub.keeping', '', true);
    end $f$`.execute(db);

/**
 * Keeps the fields that lost to an earlier change. Those that are one decision are one conflict, which also tells what of the
 * decision the other changed; the rest make one conflict for each change they lost to, so that each names its author.
 */
const createLose = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_lose(
      tbl text, pk uuid, patient uuid, base bigint, writer integer, lost text[], together text[],
      vals jsonb, held jsonb, versions jsonb
    ) returns void language plpgsql
    as $f$
    declare
      part record;
    begin
      for part in
        select case when s.decided then 'decision' else s.version::text end as name,
               jsonb_object_agg(s.k, vals -> s.k) filter (where s.k = any (lost)) as attempted,
               jsonb_object_agg(s.k, held -> s.k) filter (where s.k = any (lost) or s.elsewhere) as kept,
               (array_agg(s.stamp order by s.version desc) filter (where s.elsewhere))[1] as stamp
        from (
          select k, k = any (together) as decided, stamp, (stamp ->> 0)::bigint as version,
                 (stamp ->> 0)::bigint > base and (stamp ->> 1)::integer <> writer as elsewhere
          from (select distinct k from unnest(lost || together) k) c
          cross join lateral (select coalesce(versions -> k, versions -> '*')) v (stamp)
        ) s
        group by s.decided, case when s.decided then 0 else s.version end, 1
        having bool_or(s.k = any (lost))
        order by 1
      loop
        perform clinichub.sync_keep('field', part.name, tbl, pk, patient, 'changed-elsewhere',
          part.attempted, part.kept, pk, part.stamp);
      end loop;
    end $f$`.execute(db);

/**
 * What the policies add to `apply_<table>`, by place. `last-write`: an insert of a row that is there writes it over, and
 * nothing merges. `union`: who voids a row without knowing of an edit loses (whichever of the two came first), so that nothing is out of
 * sight that somebody still works on.
 */
const createPolicyText = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_policy_text(t clinichub.sync_table, place text) returns text
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select case
        when place = 'merges' then case t.policy when 'last-write' then 'false' else 'true' end
        when place = 'insert' and t.policy = 'last-write' then (
          select format(E'\n              on conflict (id) do update set (%s) = row (%s)',
            string_agg(quote_ident(c), ', ' order by i), string_agg('wanted.' || quote_ident(c), ', ' order by i))
          from unnest(t.columns) with ordinality u(c, i) where c <> 'id')
        when place = 'before' and t.policy = 'union' then format($u$
            if vals ? 'voided_at' then
              select array_agg(s.key), (array_agg(s.value order by (s.value ->> 0)::bigint desc))[1] into lost, edited
                from jsonb_each(held.field_versions - void) s
                where (s.value ->> 0)::bigint > base and (s.value ->> 1)::integer <> writer;
              if lost is not null then
                perform clinichub.sync_keep('field', 'void', %1$L, %2$I.pk, held.patient_id, 'changed-elsewhere',
                  (select jsonb_object_agg(e.key, e.value) from jsonb_each(vals) e where e.key = any (void)),
                  (select coalesce(jsonb_object_agg(e.key, e.value), '{}') from jsonb_each(clinichub.%3$I(held)) e where e.key = any (lost)),
                  %2$I.pk, edited);
                vals := vals - void;
                parted := true;
              end if;
            end if;$u$, t.tbl, 'apply_' || t.tbl, 'wire_' || t.tbl)
        when place = 'after' and t.policy = 'union' then format($u$
            if held.voided_at is not null and vals <> '{}' and not vals ? 'voided_at'
                and clinichub.sync_lost(held.field_versions, '{"voided_at": null}', base, writer) is not null then
              perform clinichub.sync_keep('field', 'void', %1$L, %2$I.pk, held.patient_id, 'changed-elsewhere',
                (select jsonb_object_agg(e.key, e.value) from jsonb_each(clinichub.%3$I(held)) e
                  where e.key = any (void)),
                vals, %2$I.pk, coalesce(held.field_versions -> 'voided_at', held.field_versions -> '*'), true);
              vals := vals || '{"voided_at": null, "voided_by": null, "void_reason": null}';
              parted := true;
            end if;$u$, t.tbl, 'apply_' || t.tbl, 'wire_' || t.tbl)
        else ''
      end
    $f$`.execute(db);

/**
 * `wire_<table>(row)`: a row as it travels. `apply_<table>(op, pk, base, vals, writer, n, author)`: true when some fields
 * lost to an earlier change. Static text, so that every statement in it is planned once per connection. What a policy does
 * differently is in `sync_policy_text`.
 */
const createApplyText = (db: Kysely<unknown>) =>
  sql`
    create or replace function clinichub.sync_apply_text(tbl text) returns text
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select format($t$
        create or replace function clinichub.%9$I(held clinichub.%2$I) returns jsonb
        language sql stable set search_path = pg_catalog, pg_temp as $b$
          select jsonb_build_object(%10$s)
        $b$;
        create or replace function clinichub.%1$I(
          op text, pk uuid, base bigint, vals jsonb, writer integer, n bigint, author uuid
        ) returns boolean language plpgsql as $b$
        #variable_conflict use_column
        declare
          held clinichub.%2$I;
          wanted clinichub.%2$I;
          lost text[];
          parted boolean := false;
          edited jsonb;
          void constant text[] := '{voided_at,voided_by,void_reason}';
        begin
          if vals - %3$L::text[] <> '{}' then
            raise exception 'no such column in %2$s: %%', (select string_agg(k, ', ') from jsonb_object_keys(vals - %3$L::text[]) k)
              using errcode = 'CH102';
          end if;
          if vals ? 'id' and (vals ->> 'id')::uuid <> %1$I.pk then
            raise exception 'the id of a row never changes' using errcode = 'CH102';
          end if;
          if op = 'insert' then
            wanted := jsonb_populate_record(null::clinichub.%2$I, vals);
            insert into clinichub.%2$I (id, %4$s) values (%1$I.pk, %5$s)%12$s;
            return false;
          end if;
          %6$s
          select * into held from clinichub.%2$I t where t.id = %1$I.pk for no key update;
          if not found then
            raise exception 'no such row in %2$s' using errcode = 'CH101';
          end if;
          if held.row_version > base and %13$s then
            %14$s
            -- A workstation sends only what it changed: of one decision, the part it left alone may be what another changed.
            lost := clinichub.sync_lost(held.field_versions, case when vals ?| %7$L::text[] then %8$L::jsonb || vals else vals end,
              base, writer);
            select array_agg(k) into lost from unnest(lost) k
              where not vals ? k or jsonb_populate_record(held, jsonb_build_object(k, vals -> k)) is distinct from held;
            if lost && %7$L::text[] then
              select array_agg(distinct k) into lost from unnest(lost || %7$L::text[]) k where vals ? k;
            end if;
            if lost is not null then
              perform clinichub.sync_lose(%2$L, %1$I.pk, %11$s, %1$I.base, writer, lost, %7$L, vals,
                clinichub.%9$I(held), held.field_versions);
              vals := vals - lost;
            end if;
            %15$s
          end if;
          wanted := jsonb_populate_record(held, vals);
          update clinichub.%2$I t set (%4$s) = row (%5$s) where t.id = %1$I.pk;
          return lost is not null or parted;
        end $b$ $t$,
        'apply_' || t.tbl,
        t.tbl,
        t.columns,
        (select string_agg(quote_ident(c), ', ' order by i) from unnest(t.columns) with ordinality u(c, i) where c <> 'id'),
        (select string_agg('wanted.' || quote_ident(c), ', ' order by i)
          from unnest(t.columns) with ordinality u(c, i) where c <> 'id'),
        case when t.policy = 'append' then
          format('raise exception ''rows of %s are only ever added'' using errcode = ''CH102'';', t.tbl) else '' end,
        t.together,
        (select coalesce(jsonb_object_agg(c, null), '{}') from unnest(t.together) c),
        'wire_' || t.tbl,
        (select string_agg(format('%L, %s', c, clinichub.sync_wire('(held).' || quote_ident(c), a.atttypid)), ', ' order by i)
          from unnest(t.columns) with ordinality u(c, i)
          join pg_attribute a on a.attrelid = format('clinichub.%I', t.tbl)::regclass and a.attname = c),
        case when t.tbl = 'patient' then 'held.id' when 'patient_id' = any (t.columns) then 'held.patient_id' else 'null' end,
        clinichub.sync_policy_text(t, 'insert'),
        clinichub.sync_policy_text(t, 'merges'),
        clinichub.sync_policy_text(t, 'before'),
        clinichub.sync_policy_text(t, 'after'))
      from clinichub.sync_table t where t.tbl = sync_apply_text.tbl
    $f$`.execute(db);
