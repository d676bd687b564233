import type pg from 'pg';
import { chainStart, nextChain } from './chain.ts';
import { type Link, links } from './links.ts';
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

/** What is wrong with a transaction by itself, or null. */
const wrongWith = (link: Link, seq: bigint, chain: string): string | null => {
  if (link.seq !== String(seq)) return `the places from ${seq} to ${BigInt(link.seq) - 1n} are missing`;
  if (link.found !== link.changes)
    return `transaction ${seq} has ${link.found} changes instead of ${link.changes}`;
  return nextChain(chain, link.seq, link.digest) === link.chain
    ? null
    : `transaction ${seq} is not what its chain says`;
};

/** Each workstation's mutations are in the chain in order of their numbers, none twice and none left out. */
const createSeals = () => {
  const sealed = new Map<number, string>();
  return {
    wrongWith: ({ seq, device_no, from_n, upto_n }: Link): string | null => {
      if (upto_n === null) return null;
      const before = sealed.get(device_no);
      sealed.set(device_no, upto_n);
      return before === undefined || before === from_n
        ? null
        : `transaction ${seq} has the mutations of workstation ${device_no} from ${from_n}, the one before up to ${before}`;
    },
    sealed,
  };
};

/** Numbers of mutations have no gap, and the chain has reached what the workstation's row says. */
const oddMutations = async (
  client: pg.ClientBase,
  sealed: ReadonlyMap<number, string>,
): Promise<readonly string[]> => {
  const { rows } = await client.query<{
    no: number;
    last: string;
    sealed: string;
    kept: string;
    odd: boolean;
  }>(`
    select d.device_no as no, d.last_n::text as last, d.sealed_n::text as sealed, count(m.n)::text as kept,
           coalesce(min(m.n) < 1 or max(m.n) > d.last_n, false) as odd
    from clinichub.sync_device d left join clinichub.sync_mutation m on m.device_no = d.device_no
    group by d.device_no order by d.device_no`);
  const { rows: foreign } = await client.query<{ n: string }>(`
    select count(*)::text as n from clinichub.sync_mutation m
    where not exists (select from clinichub.sync_device d where d.device_no = m.device_no)`);
  const [{ n } = { n: '0' }] = foreign;
  return [
    ...rows.flatMap((row) => [
      ...(row.odd || row.kept !== row.last
        ? [`workstation ${row.no} has ${row.kept} mutations instead of ${row.last}`]
        : []),
      ...((sealed.get(row.no) ?? row.sealed) === row.sealed
        ? []
        : [
            `the chain has the mutations of workstation ${row.no} up to ${sealed.get(row.no)}, not ${row.sealed}`,
          ]),
    ]),
    ...(n === '0' ? [] : [`${n} mutations belong to no workstation`]),
  ];
};

/** What {@link checkChain} found: `head` is the place and the chain the ledger ends with. */
export interface ChainFinding extends Finding {
  readonly head: { readonly seq: string; readonly chain: string };
}

/** Hears of each transaction in order, as it was found. */
export type Seen = (link: Link) => void;

/**
 * Computes the chain again over all of the ledger that is not in an archive and compares it with the stored one, link by link,
 * so that a row that was altered is named by its place. A thousand transactions are held at a time. Call it in a transaction that
 * sees one moment.
 */
export const checkChain = async (
  client: pg.ClientBase,
  seen: Seen = () => undefined,
): Promise<ChainFinding> => {
  const { archived, archivedChain, head, headChain } = await ledgerBounds(client);
  const problems = createProblems();
  const seals = createSeals();
  let seq = BigInt(archived);
  let chain = archived === '0' ? chainStart : archivedChain;
  let form = 1;
  let checked = 0;
  for await (const link of links(client, archived)) {
    seq += 1n;
    for (const wrong of [wrongWith(link, seq, chain), seals.wrongWith(link)])
      if (wrong !== null) problems.add(wrong);
    if (link.form < form) problems.add(`transaction ${link.seq} goes back to an earlier form`);
    seq = BigInt(link.seq);
    ({ chain, form } = link);
    checked += 1;
    seen(link);
  }
  if (String(seq) !== head) problems.add(`the ledger ends at ${seq}, the clock stands at ${head}`);
  else if (chain !== headChain) problems.add(`the clock has another chain than transaction ${seq}`);
  for (const stray of [...(await strays(client)), ...(await oddMutations(client, seals.sealed))])
    problems.add(stray);
  return { checked, problems: problems.all(), head: { seq: String(seq), chain } };
};
