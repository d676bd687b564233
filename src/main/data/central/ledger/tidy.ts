import type pg from 'pg';
import { withAdmin } from '../admin-connection.ts';
import { CentreAdminError } from '../admin-error.ts';
import { requireMigrated } from '../migrated.ts';
import { type ArchiveContent, checkArchive, writeArchive } from './archive.ts';
import { ledgerBounds } from './read.ts';

/** What {@link tidyCentre} found and did. */
export interface TidyReport {
  readonly head: string;
  readonly lowWater: string;
  /** Transactions that may no longer be pulled and are still in the ledger. */
  readonly old: string;
  /** Years the audit trail stays in the ledger before it may be archived; null: for good. */
  readonly keepYears: number | null;
  /** What went into the archive and out of the ledger, or null. */
  readonly archived: ArchiveContent | null;
}

/** Transactions taken out of the ledger at once. */
const batch = 1000;

/**
 * Takes the next transactions out, in one transaction with the note of it. The last one itself stays, without its changes: a
 * workstation at that very place is asked for its chain.
 */
const removeSql = `
  with bounds as (
    select m.archived_seq as before, least(m.archived_seq + $2, $1::bigint) as upto from clinichub.sync_meta m
  ), gone as (
    delete from clinichub.sync_change c using bounds b, clinichub.sync_tx t
    where t.tx = c.tx and t.seq > b.before and t.seq <= b.upto
  ), emptied as (
    delete from clinichub.sync_tx t using bounds b where t.seq < b.upto
  )
  update clinichub.sync_meta m set archived_seq = b.upto,
    archived_chain = (select t.chain from clinichub.sync_tx t where t.seq = b.upto)
  from bounds b where b.upto > b.before
  returning m.archived_seq::text as reached`;

const remove = async (client: pg.Client, upto: string): Promise<void> => {
  for (;;) {
    await client.query('begin');
    await client.query("select set_config('clinichub.archiving', 'on', true)");
    const { rows } = await client.query<{ reached: string }>(removeSql, [upto, batch]);
    await client.query('commit');
    if (rows[0] === undefined || rows[0].reached === upto) return;
  }
};

/** The checkpoint the chain is verified from afterwards. It is in the trail before anything is out of it. */
const noteArchive = (client: pg.Client, { after, upto, chain }: ArchiveContent) =>
  client.query(
    `select clinichub.audit_note('audit.archive', 'D', null, null, null,
       json_build_object('after', $1::text, 'upto', $2::text, 'chain', $3::text))`,
    [after, upto, chain],
  );

/** The archive is read again from the disk before anything is removed. */
const archive = async (client: pg.Client, upto: string, file: string): Promise<ArchiveContent> => {
  await client.query('begin isolation level repeatable read, read only');
  const bounds = await ledgerBounds(client);
  await writeArchive(client, bounds, upto, file);
  const { rows } = await client.query<{ chain: string }>(
    'select chain from clinichub.sync_tx where seq = $1',
    [upto],
  );
  await client.query('commit');
  const content = await checkArchive(file);
  if (content.chain !== rows[0]?.chain || content.after !== bounds.archived)
    throw new CentreAdminError('archive', `${file} does not hold what the ledger has. Nothing was removed.`);
  await noteArchive(client, content);
  await remove(client, upto);
  return content;
};

/** What may be archived: what may no longer be pulled and is older than the audit trail is kept. */
const archivable = async (client: pg.Client, lowWater: string) => {
  const { rows } = await client.query<{ years: number | null; upto: string | null }>(
    `select audit_keep_years as years, least($1::bigint, clinichub.audit_old_enough())::text as upto
     from clinichub.sync_meta`,
    [lowWater],
  );
  const { years = null, upto = null } = rows[0] ?? {};
  return { years, upto: years === null ? null : upto };
};

/**
 * Raises the low water at the centre at `url`; with `file`, what may no longer be pulled and has been kept for as long as the audit
 * trail must be goes into a new archive there and only then out of the ledger. Throws a {@link CentreAdminError}.
 */
export const tidyCentre = (url: string, file: string | null): Promise<TidyReport> =>
  withAdmin(url, async (client) => {
    await requireMigrated(client);
    await client.query('select clinichub.sync_tidy()');
    const { head, lowWater, archived: before } = await ledgerBounds(client);
    const old = String(BigInt(lowWater) > BigInt(before) ? BigInt(lowWater) - BigInt(before) : 0n);
    const { years, upto } = await archivable(client, lowWater);
    const isThere = upto !== null && BigInt(upto) > BigInt(before);
    const archived = file === null || !isThere ? null : await archive(client, upto, file);
    return { head, lowWater, old, keepYears: years, archived };
  });
