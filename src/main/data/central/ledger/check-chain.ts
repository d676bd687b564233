import type pg from 'pg';
import { chainStart, nextChain } from './chain.ts';
import { ledgerBounds } from './read.ts';

/** What an examination found. A problem is one line for a person; it holds ids and numbers, never a value of a row. */
export interface Finding {
  readonly checked: number;
  readonly problems: readonly string[];
}

/** Problems told one by one; more are counted. */
const told = 20;

/** Collects problems, the first ones in words. */
export const createProblems = () => {
  const problems: string[] = [];
  let more = 0;
  return {
    add: (problem: string) => {
      if (problems.length < told) problems.push(problem);
      else more += 1;
    },
    all: (): readonly string[] => (more === 0 ? problems : [...problems, `and ${more} more`]),
  };
};

interface Link {
  readonly seq: string;
  readonly chain: string;
  readonly changes: number;
  readonly found: number;
  readonly digest: string;
}

/** Digests as `sync_commit` makes them, some transactions at a time. */
const linksSql = `
  select t.seq::text, t.chain, t.changes, found.count::integer as found, found.digest
  from (select * from clinichub.sync_tx x where x.seq > $1 order by x.seq limit 1000) t
  cross join lateral (
    select count(*), encode(sha256(coalesce(string_agg(sha256(convert_to(
        c.tbl || '/' || c.pk || '/' || c.op || '/' || c.row_version || '/' || c.patch::text, 'UTF8'
      )), ''::bytea order by c.ord), ''::bytea)), 'hex') as digest
    from clinichub.sync_change c where c.tx = t.tx
  ) found
  order by t.seq`;

async function* links(client: pg.ClientBase, after: string): AsyncGenerator<Link> {
  for (let place = after; ; ) {
    const { rows } = await client.query<Link>(linksSql, [place]);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    place = last.seq;
  }
}

const strays = async (client: pg.ClientBase): Promise<readonly string[]> => {
  const { rows } = await client.query<{ changes: string; placeless: string }>(`
    select (select count(*) from clinichub.sync_change c
             where not exists (select from clinichub.sync_tx t where t.tx = c.tx and t.seq is not null)) as changes,
           (select count(*) from clinichub.sync_tx t where t.seq is null) as placeless`);
  const { changes = '0', placeless = '0' } = rows[0] ?? {};
  return [
    ...(changes === '0' ? [] : [`${changes} changes belong to no transaction`]),
    ...(placeless === '0' ? [] : [`${placeless} transactions have no place`]),
  ];
};

/**
 * Computes the chain again over all of the ledger that is not in an archive and compares it with the stored one, link by link,
 * so that a change that was altered is named by its place. Call it in a transaction that sees one moment.
 */
export const checkChain = async (client: pg.ClientBase): Promise<Finding> => {
  const { archived, archivedChain, head, headChain } = await ledgerBounds(client);
  const problems = createProblems();
  let seq = BigInt(archived);
  let chain = archived === '0' ? chainStart : archivedChain;
  let checked = 0;
  for await (const link of links(client, archived)) {
    seq += 1n;
    if (link.seq !== String(seq))
      problems.add(`the places from ${seq} to ${BigInt(link.seq) - 1n} are missing`);
    else if (link.found !== link.changes)
      problems.add(`transaction ${seq} has ${link.found} changes instead of ${link.changes}`);
    else if (nextChain(chain, link.seq, link.digest) !== link.chain)
      problems.add(`transaction ${seq} is not what its chain says`);
    seq = BigInt(link.seq);
    chain = link.chain;
    checked += 1;
  }
  if (String(seq) !== head) problems.add(`the ledger ends at ${seq}, the clock stands at ${head}`);
  else if (chain !== headChain) problems.add(`the clock has another chain than transaction ${seq}`);
  for (const stray of await strays(client)) problems.add(stray);
  return { checked, problems: problems.all() };
};
