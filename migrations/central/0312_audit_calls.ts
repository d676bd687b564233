import { type Kysely, sql } from 'kysely';

/** The audit trail for an administrator's screen: docs/sync-protocol.md, `audit` and `audit_record`. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createReader(db);
  await createNoteReading(db);
  await createCandidates(db);
  await createAudit(db);
  await createAuditRecord(db);
  await sql`
    grant execute on function clinichub.audit(json), clinichub.audit_record(json) to clinichub_workstation`.execute(
    db,
  );
};

/**
 * The calling workstation, when it holds the whole clinic anyway and the account may read the trail: what is refused to a
 * workstation of one site or one role must not come to it this way. No clinic can give the permission to another role (`fixedBecause`).
 */
const createReader = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.audit_reader(account uuid) returns clinichub.sync_device
    language plpgsql stable set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device := clinichub.sync_me();
    begin
      if me.scope <> 'clinic' or me.role <> 'whole' then
        raise exception 'this workstation does not hold the whole clinic' using errcode = 'CH102';
      end if;
      if not exists (select from clinichub.staff_account a where a.id = account and a.active and a.role = 'admin') then
        raise exception 'this account may not read the audit trail' using errcode = 'CH102';
      end if;
      return me;
    end $f$`.execute(db);

/** Who looked at the trail is in the trail; the same look within a quarter of an hour is one. */
const createNoteReading = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.audit_note_reading(
      me clinichub.sync_device, event text, account uuid, entity_table text, entity_id uuid, detail json
    ) returns void language plpgsql set search_path = pg_catalog, pg_temp
    as $f$
    begin
      if exists (
        select from (
          select t.at, c.patch from clinichub.sync_change c join clinichub.sync_tx t on t.tx = c.tx
          where c.tbl = 'audit_event' and c.mutation is null and c.patch ->> 'account_id' = account::text
          order by c.tx desc, c.ord desc limit 50
        ) last
        where last.at > now() - interval '15 minutes' and last.patch ->> 'event' = event
          and last.patch ->> 'detail' = detail::text
      ) then
        return;
      end if;
      perform set_config('clinichub.device_no', me.device_no::text, true);
      perform clinichub.audit_note(event, 'R', account, entity_table, entity_id, detail);
      perform set_config('clinichub.device_no', '', true);
    end $f$`.execute(db);

/**
 * The SQL that walks the ledger from a place ($1, $2) to older ones, by the one index that leaves the fewest: $3 patients, $4 a
 * person, $5 a workstation; not beyond the transaction $6. At most $7 changes, so that no question takes long.
 */
const createCandidates = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.audit_candidates(patients uuid[], person uuid, device integer) returns text
    language sql immutable set search_path = pg_catalog, pg_temp
    as $f$
      select replace(case
        when patients is not null then $t$
          select x.tx, x.ord from unnest($3) p (id) cross join lateral (
            (select c.tx, c.ord from clinichub.sync_change c
              where coalesce(c.scope_new, c.scope_old) = p.id and c.op in ('insert', 'update', 'delete') and {within})
            union all
            (select c.tx, c.ord from clinichub.sync_change c
              where c.tbl = 'audit_event' and c.patch ->> 'entity_id' = p.id::text and {within})
          ) x order by x.tx desc, x.ord desc limit $7$t$
        when person is not null then $t$
          select x.tx, x.ord from (
            (select c.tx, c.ord from (
                select distinct m.tx from clinichub.sync_mutation m
                where m.user_id = $4 and m.tx <= $1 and m.tx >= $6 order by m.tx desc
              ) t cross join lateral (
                select c.tx, c.ord from clinichub.sync_change c
                where c.tx = t.tx and (c.tx, c.ord) < ($1, $2) order by c.ord desc
              ) c order by c.tx desc, c.ord desc limit $7)
            union all
            (select c.tx, c.ord from clinichub.sync_change c
              where c.tbl = 'audit_event' and c.mutation is null and c.patch ->> 'account_id' = $4::text and {within})
          ) x order by x.tx desc, x.ord desc limit $7$t$
        when device is not null then $t$
          select c.tx, c.ord from clinichub.sync_tx t cross join lateral (
            select c.tx, c.ord from clinichub.sync_change c
            where c.tx = t.tx and (c.tx, c.ord) < ($1, $2) order by c.ord desc
          ) c where t.device_no = $5 and t.tx <= $1 and t.tx >= $6
          order by t.tx desc, c.ord desc limit $7$t$
        else $t$select c.tx, c.ord from clinichub.sync_change c where {within}$t$
      end, '{within}', '(c.tx, c.ord) < ($1, $2) and c.tx >= $6 order by c.tx desc, c.ord desc limit $7')
    $f$`.execute(db);

/**
 * A page of the trail, the newest first. Order is that in which transactions began; their places may differ by moments, so a
 * period's ends are looked for with room to spare and each change's own time decides.
 */
const createAudit = async (db: Kysely<unknown>): Promise<void> => {
  await createPeriod(db);
  await sql`
    create function clinichub.audit(request json) returns json
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      account uuid := (request ->> 'user')::uuid;
      me clinichub.sync_device := clinichub.audit_reader(account);
      person uuid := (request ->> 'person')::uuid;
      patient uuid := (request ->> 'patient')::uuid;
      device integer := (request ->> 'device')::integer;
      kinds text[] := case when json_typeof(request -> 'kinds') = 'array' then array(select json_array_elements_text(request -> 'kinds')) end;
      since timestamptz := (request ->> 'since')::timestamptz;
      until timestamptz := (request ->> 'until')::timestamptz;
      patients uuid[] := case when patient is not null then array(select clinichub.patient_same(patient)) end;
      top bigint := coalesce((request #>> '{before,tx}')::bigint, 9223372036854775807);
      top_ord bigint := coalesce((request #>> '{before,ord}')::bigint, 9223372036854775807);
      most integer := least(greatest(coalesce((request ->> 'limit')::integer, 50), 1), 1000);
      looked constant integer := 10000;
      latest bigint := clinichub.audit_tx_at(until, 1000);
      reply json;
    begin
      if latest < top then
        top := latest;
        top_ord := 9223372036854775807;
      end if;
      execute format($q$
        with candidate as materialized (%s),
        entry as (
          select c.tx, c.ord, t.seq, t.at, t.device_no, t.login, coalesce(m.user_id::text, case c.tbl when 'audit_event' then c.patch ->> 'account_id' end) as person,
                 coalesce(m.kind, case c.tbl when 'audit_event' then c.patch ->> 'event' end) as kind,
                 c.tbl, c.pk, c.op, c.row_version, c.patch, coalesce(c.scope_new, c.scope_old) as patient
          from candidate k join clinichub.sync_change c on c.tx = k.tx and c.ord = k.ord
          join clinichub.sync_tx t on t.tx = c.tx
          left join clinichub.sync_mutation m on m.device_no = t.device_no and m.n = c.mutation
          where c.op in ('insert', 'update', 'delete')
        ), page as materialized (
          select * from entry e
          where ($4 is null or e.person = $4::text) and ($5 is null or e.device_no = $5) and ($8 is null or e.kind = any ($8))
            and ($9 is null or e.at >= $9) and ($10 is null or e.at < $10)
          order by e.tx desc, e.ord desc limit $11
        )
        select json_build_object(
          'entries', (select coalesce(json_agg(json_build_object('seq', p.seq, 'at',
              to_char(p.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'device', p.device_no,
              'login', p.login, 'user', p.person, 'kind', p.kind, 'tbl', p.tbl, 'pk', p.pk, 'op', p.op, 'v', p.row_version,
              'patient', p.patient, 'fields', case p.op when 'update' then (select json_agg(f) from json_object_keys(p.patch) f) end,
              'event', case p.tbl when 'audit_event' then p.patch end) order by p.tx desc, p.ord desc), '[]') from page p),
          'next', case
            when (select count(*) from page) = $11 then (select json_build_object('tx', p.tx, 'ord', p.ord)
              from page p order by p.tx, p.ord limit 1)
            when (select count(*) from candidate) = $7 then (select json_build_object('tx', k.tx, 'ord', k.ord)
              from candidate k order by k.tx, k.ord limit 1)
          end,
          'devices', (select coalesce(json_agg(json_build_object('no', d.device_no, 'name', d.name, 'site', d.location_id)
            order by d.device_no), '[]') from clinichub.sync_device d),
          'head', (select json_build_object('seq', h.seq, 'chain', h.chain) from clinichub.sync_clock h),
          'keep_years', (select m.audit_keep_years from clinichub.sync_meta m),
          'begins_after', (select m.archived_seq from clinichub.sync_meta m))
        $q$, clinichub.audit_candidates(patients, person, device))
        into reply
        using top, top_ord, patients, person, device, coalesce(clinichub.audit_tx_at(since, -1000), 0), looked,
          kinds, since, until, most;
      perform clinichub.audit_note_reading(me, case when (request ->> 'export')::boolean then 'audit.export' else 'audit.read' end,
        account, case when patient is not null then 'patient' end, patient, json_strip_nulls(json_build_object('person', person,
          'kinds', kinds, 'device', device, 'since', request ->> 'since', 'until', request ->> 'until')));
      return reply;
    end $f$`.execute(db);
};

/** About which transaction began at a moment, give or take some. */
const createPeriod = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.audit_tx_at(moment timestamptz, room integer) returns bigint
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select case when moment is not null then coalesce(
        (select t.tx from clinichub.sync_tx t where t.seq = clinichub.sync_seq_before(moment)), 0) + room end
    $f$`.execute(db);

/** Every change of one row that is in the ledger, the oldest first: who, when, from where, and what it made of it. Of a secret it says that it changed. */
const createAuditRecord = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.audit_record(request json) returns json
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      account uuid := (request ->> 'user')::uuid;
      me clinichub.sync_device := clinichub.audit_reader(account);
      wanted text := request ->> 'tbl';
      record uuid := (request ->> 'pk')::uuid;
      secrets constant text[] := '{password_hash,pin_hash,invite_hash}';
      reply json;
    begin
      select json_build_object('versions', coalesce(json_agg(json_build_object('seq', v.seq, 'at',
               to_char(v.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'device', v.device_no,
               'device_name', v.device_name, 'login', v.login, 'user', v.user_id, 'kind', v.kind, 'op', v.op, 'v', v.row_version,
               'values', (select coalesce(json_object_agg(e.key, case
                   when e.key = any (secrets) and json_typeof(e.value) <> 'null' then to_json('•••'::text) else e.value end), '{}')
                 from json_each(v.patch) e)) order by v.tx, v.ord), '[]'))
        into reply
        from (
          select c.tx, c.ord, t.seq, t.at, t.device_no, d.name as device_name, t.login, m.user_id, m.kind, c.op, c.row_version, c.patch
          from clinichub.sync_change c join clinichub.sync_tx t on t.tx = c.tx
          left join clinichub.sync_device d on d.device_no = t.device_no
          left join clinichub.sync_mutation m on m.device_no = t.device_no and m.n = c.mutation
          where c.pk = record and c.tbl = wanted and c.op in ('insert', 'update', 'delete')
          order by c.tx desc, c.ord desc limit 500
        ) v;
      perform clinichub.audit_note_reading(me, 'audit.read', account, wanted, record, json_build_object('tbl', wanted, 'pk', record));
      return reply;
    end $f$`.execute(db);
