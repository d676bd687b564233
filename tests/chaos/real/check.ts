import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { connectCentre } from '#main/data/central/client.ts';
import { openLocal } from '#main/data/local/open.ts';
import { tableNames } from '#shared/sync/catalogue.ts';
import { centreRows, replicaOf } from '#tests/support/two-workstations.ts';
import type { RealDesk } from './desk.ts';

/** The oracles of the real run, at rest: the same invariants as in virtual time, asked of real files and a real server. */

const sql = async <T>(url: string, text: string, values: readonly unknown[] = []): Promise<readonly T[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows as T[];
  } finally {
    await client.end();
  }
};

/** I1, I2 and I3 at the centre: numbers dense, each mutation in one transaction, refused ones in none. */
const centreSound = async (url: string): Promise<readonly string[]> => {
  const [ledger] = await sql<{ many: string; last: string }>(
    url,
    'select count(*) as many, coalesce(max(seq), 0) as last from clinichub.sync_tx',
  );
  const split = await sql<{ device_no: number; n: string }>(
    url,
    `select t.device_no, c.mutation as n from clinichub.sync_change c join clinichub.sync_tx t on t.tx = c.tx
      where c.mutation is not null group by 1, 2 having count(distinct c.tx) > 1`,
  );
  const refused = await sql<{ device_no: number; n: string }>(
    url,
    `select m.device_no, m.n from clinichub.sync_mutation m where m.status = 'rejected' and exists (
      select from clinichub.sync_change c join clinichub.sync_tx t on t.tx = c.tx
      where t.device_no = m.device_no and c.mutation = m.n)`,
  );
  return [
    ...(ledger?.many === ledger?.last
      ? []
      : [`I3: ${ledger?.many} transactions, the last has ${ledger?.last}`]),
    ...split.map(({ device_no, n }) => `I1: mutation ${n} of device ${device_no} is in two transactions`),
    ...refused.map(
      ({ device_no, n }) => `I1: mutation ${n} of device ${device_no} was refused and has an effect`,
    ),
  ];
};

/** I1: what the process said is safe is at the centre, or parked where it was made. */
const acknowledgedKept = async (
  url: string,
  desk: RealDesk,
  parked: ReadonlySet<number>,
): Promise<readonly string[]> => {
  const verdicts = await sql<{ n: string; hash: string; status: string }>(
    url,
    'select n, hash, status from clinichub.sync_mutation where device_no = $1',
    [desk.deviceNo],
  );
  const byNumber = new Map(verdicts.map((verdict) => [Number(verdict.n), verdict]));
  return [...desk.acknowledged].flatMap(([n, hash]) => {
    const verdict = byNumber.get(n);
    if (verdict?.hash !== hash) return [`I1: ${desk.name}: mutation ${n} is not at the centre`];
    if (verdict.status === 'rejected' && !parked.has(n))
      return [`I1: ${desk.name}: mutation ${n} was refused unseen`];
    return [];
  });
};

/** Rows as SQLite's driver gives them have another prototype. */
const plain = (rows: unknown): unknown => JSON.parse(JSON.stringify(rows ?? []));

const deskSound = async (url: string, desk: RealDesk, truth: Awaited<ReturnType<typeof centreRows>>) => {
  const local = openLocal({ folder: desk.folder, key: desk.key });
  try {
    const { db } = local;
    const found: string[] = [];
    if (db.pragma('integrity_check', { simple: true }) !== 'ok')
      found.push(`I10: ${desk.name}: the file is damaged`);
    if ((db.pragma('foreign_key_check') as readonly unknown[]).length > 0) found.push(`I7: ${desk.name}`);
    const replica = replicaOf(local);
    for (const table of tableNames) {
      if (!isDeepStrictEqual(plain(replica[table]), plain(truth[table]))) {
        found.push(`I4: ${desk.name}: ${table} is not as the centre has it`);
      }
    }
    const parked = db.prepare(`SELECT n FROM outbox WHERE status = 'parked'`).pluck().all() as number[];
    return [...found, ...(await acknowledgedKept(url, desk, new Set(parked)))];
  } finally {
    local.close();
  }
};

/** Everything the oracles say; `reader` is a login that sees the whole clinic. */
export const checkAtRest = async (
  url: string,
  reader: string,
  desks: readonly RealDesk[],
): Promise<readonly string[]> => {
  const centre = connectCentre(reader);
  const truth = await centreRows(centre);
  await centre.close();
  const found = [...(await centreSound(url))];
  for (const desk of desks) found.push(...(await deskSound(url, desk, truth)));
  return found;
};
