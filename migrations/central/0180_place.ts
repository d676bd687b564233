import { type Kysely, sql } from 'kysely';

/** Where the ledger is now, for the rows a workstation reads past it: docs/sync-protocol.md, "Bootstrap". */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await sql`
    create function clinichub.place() returns json
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $f$
    begin
      perform clinichub.sync_me();
      return (
        select json_build_object('seq', c.seq, 'chain', coalesce(t.chain, repeat('0', 64)))
        from clinichub.sync_clock c left join clinichub.sync_tx t on t.seq = c.seq);
    end $f$`.execute(db);
  await sql`grant execute on function clinichub.place() to clinichub_workstation`.execute(db);
};
