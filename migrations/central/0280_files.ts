import { type Kysely, sql } from 'kysely';

/** The bytes that a `document_reference` names, apart from the rows: docs/sync-protocol.md, "Files". */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await createTables(db);
  await createHolds(db);
  await createBlobState(db);
  await createBlobPut(db);
  await createBlobGet(db);
  await sql`
    grant execute on function clinichub.blob_state(text[]),
      clinichub.blob_put(text, integer, integer, integer, bytea), clinichub.blob_get(text, integer)
    to clinichub_workstation`.execute(db);
};

const createTables = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table clinichub.blob (
      hash clinichub.sha256_hex primary key,
      size integer not null check (size between 1 and 20971520),
      parts integer not null,
      complete boolean not null default false,
      created_at timestamptz(3) not null default now(),
      check (parts = (size + 131071) / 131072)
    )`.execute(db);
  await sql`
    create table clinichub.blob_part (
      hash clinichub.sha256_hex not null references clinichub.blob (hash) on delete cascade,
      n integer not null,
      bytes bytea not null check (octet_length(bytes) between 1 and 131072),
      primary key (hash, n)
    )`.execute(db);
  // Pictures and PDFs are packed already.
  await sql`alter table clinichub.blob_part alter column bytes set storage external`.execute(db);
};

/** Whether the workstation holds a document that names the file, of that size when one is given. */
const createHolds = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_holds_file(me clinichub.sync_device, hash text, size integer default null) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp
    as $f$
      select 'document_reference' <> all (clinichub.sync_hidden(me)) and exists (
        select from clinichub.document_reference d
        where d.hash = sync_holds_file.hash and (sync_holds_file.size is null or d.size = sync_holds_file.size)
          and (me.scope = 'clinic' or exists (
            select from clinichub.sync_member m
            where m.patient = d.patient_id and m.audience = any (clinichub.sync_audiences(me)))))
    $f$`.execute(db);

const createBlobState = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.blob_state(hashes text[]) returns json
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device := clinichub.sync_me(true);
    begin
      if hashes is null or cardinality(hashes) > 200 then
        raise exception 'the state of at most 200 files is told at once' using errcode = '22023';
      end if;
      return (
        select coalesce(json_agg(json_build_object('hash', b.hash, 'complete', b.complete) order by b.hash), '[]')
        from clinichub.blob b
        where b.hash = any (hashes) and clinichub.sync_holds_file(me, b.hash));
    end $f$`.execute(db);

/**
 * Takes one part. `next` is the first that is missing. With the last one the whole is summed: what does not have the hash it
 * was announced under is given up, every part of it, and `damaged` says so. Whoever sends the same file meanwhile waits.
 */
const createBlobPut = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.blob_put(hash text, n integer, parts integer, size integer, bytes bytea) returns json
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device := clinichub.sync_me(true);
      known clinichub.blob;
      missing integer;
      sum text;
    begin
      if hash is null or n is null or parts is null or size is null or bytes is null
        or size not between 1 and 20971520 or parts <> (size + 131071) / 131072 or n not between 0 and parts - 1
        or octet_length(bytes) <> least(131072, size - n * 131072)
      then
        raise exception 'this is no part of a file of that size' using errcode = '22023';
      end if;
      if not clinichub.sync_holds_file(me, blob_put.hash, size) then
        raise exception 'no document here has this file' using errcode = 'CH101';
      end if;
      insert into clinichub.blob (hash, size, parts) values (blob_put.hash, blob_put.size, blob_put.parts)
        on conflict do nothing;
      select * into known from clinichub.blob b where b.hash = blob_put.hash for update;
      if known.complete then
        return json_build_object('complete', true, 'next', null, 'damaged', false);
      end if;
      if known.size <> blob_put.size then
        delete from clinichub.blob_part p where p.hash = blob_put.hash;
        update clinichub.blob b set size = blob_put.size, parts = blob_put.parts where b.hash = blob_put.hash;
      end if;
      insert into clinichub.blob_part (hash, n, bytes) values (blob_put.hash, blob_put.n, blob_put.bytes)
        on conflict do nothing;
      select min(g.n) into missing from generate_series(0, blob_put.parts - 1) g (n)
        where not exists (select from clinichub.blob_part p where p.hash = blob_put.hash and p.n = g.n);
      if missing is not null then
        return json_build_object('complete', false, 'next', missing, 'damaged', false);
      end if;
      select encode(sha256(string_agg(p.bytes, ''::bytea order by p.n)), 'hex') into sum
        from clinichub.blob_part p where p.hash = blob_put.hash;
      if sum <> blob_put.hash then
        delete from clinichub.blob b where b.hash = blob_put.hash;
        return json_build_object('complete', false, 'next', 0, 'damaged', true);
      end if;
      update clinichub.blob b set complete = true where b.hash = blob_put.hash;
      return json_build_object('complete', true, 'next', null, 'damaged', false);
    end $f$`.execute(db);

/** One part of a file that is whole here, null when there is none for the caller. */
const createBlobGet = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.blob_get(hash text, n integer) returns bytea
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      me clinichub.sync_device := clinichub.sync_me();
    begin
      if not clinichub.sync_holds_file(me, blob_get.hash) then
        return null;
      end if;
      return (
        select p.bytes from clinichub.blob_part p join clinichub.blob b on b.hash = p.hash
        where b.complete and p.hash = blob_get.hash and p.n = blob_get.n);
    end $f$`.execute(db);
