import { type Kysely, sql } from 'kysely';

/**
 * How long changes may be pulled, and which of them went into an archive: docs/sync-protocol.md, "Retention". Advancing the low
 * water removes nothing: the ledger is the audit trail as well.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await sql`
    alter table clinichub.sync_meta
      add column keep_days integer not null default 45 check (keep_days > 0),
      add column tidied_at timestamptz(3),
      add column archived_seq bigint not null default 0,
      add column archived_chain text not null default repeat('0', 64)`.execute(db);
  await createSeqBefore(db);
  await createTidy(db);
  await createAck(db);
};

/** The newest place whose transaction began before a moment. Places are dense and times rise with them, but for moments: bisected. */
const createSeqBefore = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_seq_before(moment timestamptz) returns bigint
    language plpgsql stable set search_path = pg_catalog, pg_temp
    as $f$
    declare
      low bigint := (select m.archived_seq from clinichub.sync_meta m);
      high bigint := (select c.seq from clinichub.sync_clock c);
      middle bigint;
    begin
      while low < high loop
        middle := (low + high + 1) / 2;
        if (select t.at < moment from clinichub.sync_tx t where t.seq = middle) then
          low := middle;
        else
          high := middle - 1;
        end if;
      end loop;
      return low;
    end $f$`.execute(db);

/** Raises the low water to the smaller of the active workstations' cursors and the days that are kept, and returns it. It never falls. */
const createTidy = (db: Kysely<unknown>) =>
  sql`
    create function clinichub.sync_tidy() returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      oldest timestamptz := now() - (select make_interval(days => m.keep_days) from clinichub.sync_meta m);
      bound bigint := clinichub.sync_seq_before(oldest);
      reached bigint;
    begin
      select least(bound, min(d.cursor)) into bound from clinichub.sync_device d
        where d.last_contact_at >= oldest and d.suspended_at is null and d.revoked_at is null
          and d.wiping_at is null and d.wiped_at is null;
      update clinichub.sync_meta m set low_water = greatest(m.low_water, bound), tidied_at = now()
        returning m.low_water into reached;
      return reached;
    end $f$`.execute(db);

/** As 0100, and at most once an hour the low water is looked at: it takes some reads of an index. */
const createAck = (db: Kysely<unknown>) =>
  sql`
    create or replace function clinichub.ack(cursor bigint) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    #variable_conflict use_column
    declare
      me clinichub.sync_device := clinichub.sync_me();
    begin
      if ack.cursor > (select c.seq from clinichub.sync_clock c) then
        raise exception 'there is nothing at % yet', ack.cursor using errcode = '22023';
      end if;
      update clinichub.sync_device d set cursor = ack.cursor, last_contact_at = now() where d.device_no = me.device_no;
      if (select coalesce(m.tidied_at < now() - interval '1 hour', true) from clinichub.sync_meta m) then
        perform clinichub.sync_tidy();
      end if;
    end $f$`.execute(db);
