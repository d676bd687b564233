import { type Kysely, sql } from 'kysely';

/** The centre's order and its ledger: docs/sync-protocol.md, "Order". */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createMeta(db);
  await createLedger(db);
  await createMutations(db);
  await createBegin(db);
  await createCommit(db);
};

const createMeta = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.sync_meta (
      only_row boolean primary key default true check (only_row),
      epoch uuid not null default gen_random_uuid(),
      schema integer not null default 1,
      min_schema integer not null default 1,
      low_water bigint not null default 0
    )`.execute(db);
  await sql`insert into clinichub.sync_meta default values`.execute(db);

  await sql`
    create table clinichub.sync_clock (
      only_row boolean primary key default true check (only_row),
      seq bigint not null default 0,
      chain text not null default repeat('0', 64)
    ) with (fillfactor = 10)`.execute(db);
  await sql`insert into clinichub.sync_clock default values`.execute(db);
};

const createLedger = async (db: Kysely<unknown>): Promise<void> => {
  // xid is for diagnosis only: after a dump is restored into another server, transaction ids start again.
  await sql`
    create table clinichub.sync_tx (
      tx bigint generated always as identity primary key,
      xid xid8 not null default pg_current_xact_id(),
      seq bigint unique,
      chain text,
      device_no integer not null default 0,
      login text not null default session_user,
      at timestamptz(3) not null default now(),
      changes integer not null default 0,
      bytes bigint not null default 0
    )`.execute(db);

  // A domain, because a table's own CHECKs are prepared anew for each statement: 2 microseconds each, for every change.
  await sql`
    create domain clinichub.sync_operation as text check (value in ('insert', 'update', 'delete'))`.execute(
    db,
  );
  await sql`create sequence clinichub.sync_change_ord cache 32`.execute(db);
  await sql`
    create table clinichub.sync_change (
      tx bigint not null,
      ord bigint not null default nextval('clinichub.sync_change_ord'),
      tbl text not null,
      pk uuid not null,
      op clinichub.sync_operation not null,
      scope_old uuid,
      scope_new uuid,
      row_version bigint not null,
      mutation bigint,
      patch json not null,
      primary key (tx, ord)
    )`.execute(db);
  await sql`create index sync_change_row on clinichub.sync_change (pk)`.execute(db);
};

const createMutations = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.sync_device (
      device_no integer generated always as identity primary key,
      id uuid not null unique,
      name text not null,
      login text not null unique,
      location_id uuid,
      schema integer,
      app text,
      last_n bigint not null default 0,
      cursor bigint,
      enrolled_at timestamptz(3) not null default now(),
      last_contact_at timestamptz(3),
      suspended_at timestamptz(3)
    )`.execute(db);

  // Only push writes here, with the device's row locked: a foreign key would look that row up again for every mutation.
  await sql`
    create table clinichub.sync_mutation (
      device_no integer not null,
      n bigint not null,
      hash text not null,
      kind text,
      user_id uuid,
      status text not null check (status in ('applied', 'merged', 'needs_review', 'rejected')),
      sqlstate text,
      message text,
      received_at timestamptz(3) not null default now(),
      payload text,
      primary key (device_no, n),
      constraint sync_mutation_keeps_what_was_not_applied check (status = 'applied' or payload is not null)
    )`.execute(db);

  await sql`
    create table clinichub.sync_conflict (
      id bigint generated always as identity primary key,
      device_no integer not null references clinichub.sync_device (device_no),
      n bigint not null,
      user_id uuid,
      at timestamptz(3) not null default now(),
      kind text not null check (kind in ('field', 'slot')),
      tbl text not null,
      pk uuid not null,
      base bigint not null,
      attempted jsonb not null,
      kept jsonb not null,
      reason text not null,
      resolved_at timestamptz(3),
      resolved_by uuid
    )`.execute(db);
  await sql`create index sync_conflict_row on clinichub.sync_conflict (pk)`.execute(db);
};

/**
 * Makes this transaction's entry in the ledger, at its first change, and gives its number. The number is remembered in a setting
 * that ends with the transaction (or its subtransaction, just as the entry does); `me` is how the setting begins in this transaction.
 */
const createBegin = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.sync_begin(me text) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      made bigint;
    begin
      insert into clinichub.sync_tx (device_no)
        values (coalesce(nullif(current_setting('clinichub.device_no', true), ''), '0')::integer)
        returning tx into made;
      perform set_config('clinichub.tx', me || made, true);
      return made;
    end $f$`.execute(db);
};

/**
 * Decides the transaction's place when it commits; without changes it was called too early, by SET CONSTRAINTS. The digest is made before the clock is locked, to hold the lock briefly.
 * A transaction too large to be pulled in one piece raises the low water instead: workstations then copy anew.
 */
const createCommit = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create function clinichub.sync_commit() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      total integer;
      size bigint;
      digest text;
      place bigint;
      link text;
    begin
      select count(*), coalesce(sum(octet_length(c.patch::text) + 130), 0),
             encode(sha256(coalesce(string_agg(sha256(convert_to(
               c.tbl || '/' || c.pk || '/' || c.op || '/' || c.row_version || '/' || c.patch::text, 'UTF8'
             )), ''::bytea order by c.ord), ''::bytea)), 'hex')
        into total, size, digest
        from clinichub.sync_change c where c.tx = new.tx;
      if total = 0 then
        raise exception 'the place of a transaction is decided after its last change'
          using errcode = '40000', hint = 'Do not use SET CONSTRAINTS ... IMMEDIATE before changing synced tables.';
      end if;
      update clinichub.sync_clock
        set seq = seq + 1,
            chain = encode(sha256(convert_to(chain || '/' || (seq + 1) || '/' || digest, 'UTF8')), 'hex')
        returning seq, chain into place, link;
      update clinichub.sync_tx set seq = place, chain = link, changes = total, bytes = size where tx = new.tx;
      if total > 50000 or size > 33554432 then
        update clinichub.sync_meta set low_water = place;
      end if;
      perform set_config('clinichub.tx', '', true);
      perform pg_notify('clinichub_sync', place::text);
      return null;
    end $f$`.execute(db);
  await sql`
    create constraint trigger sync_commit after insert on clinichub.sync_tx
    deferrable initially deferred for each row execute function clinichub.sync_commit()`.execute(db);
};
