import type pg from 'pg';
import { settingId, writeSetting } from '#shared/domain/settings/written.ts';
import { withAdmin } from '../admin-connection.ts';
import { requireMigrated } from '../migrated.ts';
import { atOneMoment } from './check-centre.ts';
import { checkChain } from './check-chain.ts';
import { checkRows } from './check-rows.ts';
import { ledgerBounds } from './read.ts';

/** A place of the chain that was kept elsewhere: on paper, with a workstation, in a backup. */
export interface Anchor {
  readonly seq: string;
  readonly chain: string;
}

/** What {@link verifyAudit} found. */
export interface AuditVerification {
  readonly transactions: number;
  /** Changes of rows and events. */
  readonly entries: number;
  /** Mutations that were refused and are not in the chain yet, for their workstation has changed nothing since. */
  readonly unsealed: number;
  /** The place up to which the trail is in archives, '0' for none. */
  readonly archived: string;
  readonly head: Anchor;
  /** The first one first; it names its place. None: every row is as it was written. */
  readonly problems: readonly string[];
}

const anchored = (anchor: Anchor, chain: string | undefined, archived: string, head: Anchor): string[] => {
  if (BigInt(anchor.seq) > BigInt(head.seq))
    return [
      `the ledger ends at ${head.seq}, before the place ${anchor.seq} that was kept: its last transactions are gone`,
    ];
  if (BigInt(anchor.seq) < BigInt(archived))
    return [`the place ${anchor.seq} that was kept is in an archive: the ledger begins after ${archived}`];
  return chain === anchor.chain
    ? []
    : [`the chain at ${anchor.seq} is not the one that was kept: the ledger was written anew`];
};

/** Whoever moves the beginning of the ledger has to say so in the ledger, where `tidy` does. */
const checkpoint = async (client: pg.ClientBase): Promise<readonly string[]> => {
  const { archived, archivedChain } = await ledgerBounds(client);
  if (archived === '0') return [];
  const { rows } = await client.query<{ upto: string; chain: string }>(`
    select detail ->> 'upto' as upto, detail ->> 'chain' as chain
    from (select (c.patch ->> 'detail')::json as detail from clinichub.sync_change c
          where c.tbl = 'audit_event' and c.patch ->> 'event' = 'audit.archive') noted`);
  const told = rows.some(
    ({ upto, chain }) => BigInt(upto) > BigInt(archived) || (upto === archived && chain === archivedChain),
  );
  return told ? [] : [`the ledger begins after ${archived}, and nobody has noted an archive up to there`];
};

const counts = async (client: pg.ClientBase) => {
  const { rows } = await client.query<{ entries: string; unsealed: string }>(`
    select (select count(*) from clinichub.sync_change c where c.op in ('insert', 'update', 'delete')) as entries,
           (select coalesce(sum(d.last_n - d.sealed_n), 0) from clinichub.sync_device d) as unsealed`);
  return { entries: Number(rows[0]?.entries ?? 0), unsealed: Number(rows[0]?.unsealed ?? 0) };
};

/**
 * Verifies the audit trail at `url`: every row of the ledger by its chain, the events in their table by the ledger, the beginning
 * by the note of its archive and, with `anchor`, the chain by a place that was kept elsewhere. Without one, rows that were taken
 * off the end together with the clock's own place look like a ledger that ended earlier. Throws a {@link CentreAdminError}.
 */
export const verifyAudit = (url: string, anchor: Anchor | null): Promise<AuditVerification> =>
  withAdmin(url, async (client) => {
    await requireMigrated(client);
    return atOneMoment(client, async () => {
      const { archived, archivedChain } = await ledgerBounds(client);
      let kept = anchor?.seq === archived ? archivedChain : undefined;
      const chain = await checkChain(client, (link) => {
        if (link.seq === anchor?.seq) kept = link.chain;
      });
      const events = await checkRows(client, 'audit_event');
      const problems = [
        ...chain.problems,
        ...(anchor === null ? [] : anchored(anchor, kept, archived, chain.head)),
        ...(await checkpoint(client)),
        ...events.problems,
      ];
      return { transactions: chain.checked, ...(await counts(client)), archived, head: chain.head, problems };
    });
  });

/** The clinic's setting, which `sync_meta.audit_keep_years` follows. */
const retention = 'audit.keep-years';

const keptYears = async (client: pg.Client): Promise<number | null> => {
  const { rows } = await client.query<{ years: number | null }>(
    'select audit_keep_years as years from clinichub.sync_meta',
  );
  return rows[0]?.years ?? null;
};

/** Sets for how many years the trail stays in the ledger before it may be archived; null for good. The trail notes it. Gives what it was. */
export const setRetention = (url: string, years: number | null): Promise<number | null> =>
  withAdmin(url, async (client) => {
    await requireMigrated(client);
    const was = await keptYears(client);
    await client.query(
      `insert into clinichub.setting (id, key, value) values ($1, $2, $3)
       on conflict (key, location_id) do update set value = excluded.value`,
      [settingId(retention, null), retention, years === null ? null : writeSetting(years)],
    );
    return was;
  });

/** For how many years the trail stays in the ledger; null for good. */
export const readRetention = (url: string): Promise<number | null> =>
  withAdmin(url, async (client) => {
    await requireMigrated(client);
    return keptYears(client);
  });
