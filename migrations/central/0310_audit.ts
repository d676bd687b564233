import { type Kysely, sql } from 'kysely';

/**
 * Version 6 of the synced schema: the ledger as audit trail. The chain now covers who, when and from where as well as what; rows of
 * the ledger are only ever added; how long they stay is a setting. docs/sync-protocol.md, "Order" and "The audit trail".
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await widen(db);
  await createCommit(db);
  await nameTransaction(db);
  await createGuards(db);
  await createNote(db);
  await createRetention(db);
  await createIndexes(db);
  await sql`update clinichub.sync_meta set schema = 6`.execute(db);
};

/**
 * `form` says how the digest of a transaction was made: what is here already keeps the earlier one. `from_n` and `upto_n` are the
 * mutations of the workstation that are in the chain with this transaction, those that were refused before it among them.
 */
const widen = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    alter table clinichub.sync_tx
      add column form smallint not null default 1,
      add column from_n bigint,
      add column upto_n bigint`.execute(db);
  await sql`alter table clinichub.sync_tx alter column form set default 2`.execute(db);
  await sql`alter table clinichub.sync_mutation add column tx bigint`.execute(db);
  await sql`alter table clinichub.sync_device add column sealed_n bigint not null default 0`.execute(db);
  await sql`update clinichub.sync_device set sealed_n = last_n`.execute(db);
  await sql`alter table clinichub.audit_event add column detail clinichub.text_4000`.execute(db);
  await sql`
    select clinichub.sync_define(t.tbl, t.policy, t.scope, t.together, t.roles)
      from clinichub.sync_table t where t.tbl = 'audit_event'`.execute(db);
  await sql`
    update clinichub.sync_table set newer = newer || '{"detail": 6}' where tbl = 'audit_event'`.execute(db);
};

/**
 * As 0020 and 0120, with a digest of every column. The workstation's row is locked before the clock, as `push` does: a mutation is
 * in the chain once, and two that commit at one moment do not wait for each other.
 */
const createCommit = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.sync_digest_mutations(device_no integer, after bigint, upto bigint) returns text
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select encode(sha256(coalesce(string_agg(sha256(convert_to(
          m.n || '/' || m.hash || '/' || m.status || '/' || coalesce(m.user_id::text, '') || '/'
          || to_char(m.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '/' || coalesce(m.tx::text, '') || '/'
          || coalesce(m.sqlstate, '') || '/' || coalesce(encode(sha256(convert_to(m.payload, 'UTF8')), 'hex'), '') || '/'
          || coalesce(octet_length(m.kind) || '=' || m.kind, '') || '/' || coalesce('=' || m.message, ''), 'UTF8'
        )), ''::bytea order by m.n), ''::bytea)), 'hex')
      from clinichub.sync_mutation m
      where m.device_no = sync_digest_mutations.device_no and m.n > after and m.n <= upto
    $f$`.execute(db);
  await sql`
    create or replace function clinichub.sync_commit() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      total integer;
      size bigint;
      digest text;
      place bigint;
      link text;
      sealed bigint;
      upto bigint;
    begin
      select d.sealed_n, d.last_n into sealed, upto from clinichub.sync_device d
        where d.device_no = new.device_no and d.sealed_n < d.last_n for no key update;
      if current_setting('clinichub.joined', true) = new.tx::text then
        perform clinichub.sync_write_charts(new.tx);
      end if;
      select count(*), coalesce(sum(octet_length(c.patch::text) + 130), 0),
             encode(sha256(coalesce(string_agg(sha256(convert_to(
               c.tbl || '/' || c.pk || '/' || c.op || '/' || c.row_version || '/' || c.ord || '/' || coalesce(c.mutation::text, '')
               || '/' || coalesce(c.scope_old::text, '') || '/' || coalesce(c.scope_new::text, '') || '/' || c.patch::text, 'UTF8'
             )), ''::bytea order by c.ord), ''::bytea)), 'hex')
        into total, size, digest
        from clinichub.sync_change c where c.tx = new.tx;
      if total = 0 then
        raise exception 'the place of a transaction is decided after its last change'
          using errcode = '40000', hint = 'Do not use SET CONSTRAINTS ... IMMEDIATE before changing synced tables.';
      end if;
      if upto is not null then
        update clinichub.sync_device d set sealed_n = upto where d.device_no = new.device_no;
        digest := digest || '/' || clinichub.sync_digest_mutations(new.device_no, sealed, upto);
      end if;
      digest := encode(sha256(convert_to(
        new.tx || '/' || new.xid || '/' || new.device_no || '/'
        || to_char(new.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '/' || total || '/' || size || '/'
        || coalesce(sealed::text, '') || '/' || coalesce(upto::text, '') || '/' || digest || '/' || new.login, 'UTF8')), 'hex');
      update clinichub.sync_clock
        set seq = seq + 1,
            chain = encode(sha256(convert_to(chain || '/' || (seq + 1) || '/' || digest, 'UTF8')), 'hex')
        returning seq, chain into place, link;
      update clinichub.sync_tx set seq = place, chain = link, changes = total, bytes = size, from_n = sealed, upto_n = upto
        where tx = new.tx;
      if total > 50000 or size > 33554432 then
        update clinichub.sync_meta set low_water = place;
      end if;
      perform set_config('clinichub.tx', '', true);
      perform pg_notify('clinichub_sync', place::text);
      return null;
    end $f$`.execute(db);
};

/** Which transaction a mutation had its effect in, so that what somebody did is found by them; none that was refused. */
const nameTransaction = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.sync_entered() returns bigint
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select case when starts_with(current_setting('clinichub.tx', true), pg_current_xact_id()::text || ':')
        then split_part(current_setting('clinichub.tx', true), ':', 2)::bigint end
    $f$`.execute(db);
  await sql`
    do $$
    declare
      body text := pg_get_functiondef('clinichub.push(json)'::regprocedure);
      columns text := 'status, sqlstate, message, payload)';
      chosen text := 'v.state, v.words, v.payload';
    begin
      if position(columns in body) = 0 or position(chosen in body) = 0 then
        raise exception 'push does not note mutations as it did';
      end if;
      body := replace(body, columns, 'status, sqlstate, message, payload, tx)');
      body := replace(body, chosen, chosen || ', case when v.status <> ''rejected'' then (select clinichub.sync_entered()) end');
      execute body;
    end $$`.execute(db);
};

/** Who goes past the triggers is found by the chain; they keep everybody else from it. */
const createGuards = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.audit_guard() returns trigger language plpgsql set search_path = pg_catalog, pg_temp
    as $f$
    begin
      if tg_op = 'DELETE' and tg_table_name <> 'sync_mutation' and current_setting('clinichub.archiving', true) = 'on' then
        return old;
      end if;
      raise exception 'rows of % are only ever added: they are the audit trail', tg_table_name using errcode = 'CH102';
    end $f$`.execute(db);
  for (const table of ['sync_tx', 'sync_change', 'sync_mutation']) {
    const name = sql.id('clinichub', table);
    // A transaction gets its place once.
    const once = table === 'sync_tx' ? sql`when (old.seq is not null)` : sql``;
    await sql`
      create trigger audit_update before update on ${name} for each row ${once} execute function clinichub.audit_guard()`.execute(
      db,
    );
    await sql`
      create trigger audit_delete before delete on ${name} for each row execute function clinichub.audit_guard()`.execute(
      db,
    );
    await sql`
      create trigger audit_truncate before truncate on ${name} for each statement execute function clinichub.audit_guard()`.execute(
      db,
    );
  }
};

/** What was done at the centre itself that changes no row. */
const createNote = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.audit_note(
      event text, action text, account uuid, entity_table text, entity_id uuid, detail json
    ) returns void language sql set search_path = pg_catalog, pg_temp
    as $f$
      insert into clinichub.audit_event (id, recorded_at, action, event, account_id, entity_table, entity_id, outcome, detail)
        values (gen_random_uuid(), now(), action, event, account, entity_table, entity_id, 'success', detail::text)
    $f$`.execute(db);

/** Null keeps everything. Six years are the least: 45 CFR 164.316(b)(2)(i), for how long HIPAA has such records kept. */
const createRetention = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    alter table clinichub.sync_meta
      add column audit_keep_years integer constraint audit_keeps_six_years check (audit_keep_years between 6 and 200)`.execute(
    db,
  );
  await sql`
    create function clinichub.audit_retention() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    begin
      perform clinichub.audit_note('audit.retention', 'U', null, null, null,
        json_build_object('from', old.audit_keep_years, 'to', new.audit_keep_years));
      return null;
    end $f$`.execute(db);
  await sql`
    create trigger audit_retention after update of audit_keep_years on clinichub.sync_meta
    for each row when (old.audit_keep_years is distinct from new.audit_keep_years)
    execute function clinichub.audit_retention()`.execute(db);
  // The newest place that is old enough to be archived; null while everything is kept.
  await sql`
    create function clinichub.audit_old_enough() returns bigint
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select clinichub.sync_seq_before(now() - make_interval(years => m.audit_keep_years)) from clinichub.sync_meta m
        where m.audit_keep_years is not null
    $f$`.execute(db);
};

/** What the trail is asked by: of a patient, a person, a workstation. A period is found by the dense places. */
const createIndexes = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create index sync_change_patient on clinichub.sync_change (coalesce(scope_new, scope_old), tx, ord)
    where op in ('insert', 'update', 'delete') and coalesce(scope_new, scope_old) is not null`.execute(db);
  await sql`
    create index sync_change_event on clinichub.sync_change ((patch ->> 'entity_id'), tx, ord)
    where tbl = 'audit_event'`.execute(db);
  await sql`
    create index sync_change_event_account on clinichub.sync_change ((patch ->> 'account_id'), tx, ord)
    where tbl = 'audit_event' and mutation is null`.execute(db);
  await sql`
    create index sync_mutation_user on clinichub.sync_mutation (user_id, tx) where tx is not null`.execute(
    db,
  );
  await sql`create index sync_tx_device on clinichub.sync_tx (device_no, tx)`.execute(db);
};
