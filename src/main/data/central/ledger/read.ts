import type pg from 'pg';
import type { ChainedChange, ChainedMutation, ChainedTransaction } from './chain.ts';

/** A transaction of the ledger. Numbers are text: they may be larger than JavaScript counts exactly. */
export interface LedgerTransaction extends ChainedTransaction {
  readonly seq: string;
  readonly chain: string;
}

export interface LedgerChange extends ChainedChange {
  readonly tx: string;
}

const instantOf = (column: string) =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const transactionsSql = `
  select tx::text, xid::text, seq::text, chain, form, device_no, login, changes, bytes::text, from_n::text, upto_n::text,
         ${instantOf('at')} as at
  from clinichub.sync_tx t where t.seq > $1 and t.seq <= $2 order by t.seq limit 500`;

const changesSql = `
  select tx::text, ord::text, tbl, pk::text, op::text, row_version::text, patch::text, scope_old::text, scope_new::text,
         mutation::text
  from clinichub.sync_change c where c.tx = $1 and c.ord > $2 order by c.ord limit 5000`;

const mutationsSql = `
  select n::text, hash, kind, user_id::text, status, sqlstate, message, ${instantOf('received_at')} as received_at, payload,
         tx::text
  from clinichub.sync_mutation m where m.device_no = $1 and m.n > $2 and m.n <= $3 order by m.n limit 500`;

/** The transactions after one place and up to another, in order. */
export async function* ledgerTransactions(
  client: pg.ClientBase,
  after: string,
  upto: string,
): AsyncGenerator<LedgerTransaction> {
  for (let place = after; ; ) {
    const { rows } = await client.query<LedgerTransaction>(transactionsSql, [place, upto]);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    place = last.seq;
  }
}

/** The changes of a transaction in order; there may be very many. */
export async function* ledgerChanges(client: pg.ClientBase, tx: string): AsyncGenerator<LedgerChange> {
  for (let place = '-1'; ; ) {
    const { rows } = await client.query<LedgerChange>(changesSql, [tx, place]);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    place = last.ord;
  }
}

/** The mutations that are in the chain with a transaction, in order. */
export async function* ledgerMutations(
  client: pg.ClientBase,
  { device_no, from_n, upto_n }: ChainedTransaction,
): AsyncGenerator<ChainedMutation> {
  if (from_n === null || upto_n === null) return;
  for (let place = from_n; ; ) {
    const { rows } = await client.query<ChainedMutation>(mutationsSql, [device_no, place, upto_n]);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    place = last.n;
  }
}

/** Where the ledger begins and ends: `archived` is the last place whose changes went into an archive, with the chain there. */
export interface LedgerBounds {
  readonly epoch: string;
  readonly archived: string;
  readonly archivedChain: string;
  readonly lowWater: string;
  readonly head: string;
  readonly headChain: string;
}

/** Reads the bounds. */
export const ledgerBounds = async (client: pg.ClientBase): Promise<LedgerBounds> => {
  const { rows } = await client.query<LedgerBounds>(`
    select m.epoch, m.archived_seq::text as archived, m.archived_chain as "archivedChain", m.low_water::text as "lowWater",
           c.seq::text as head, c.chain as "headChain"
    from clinichub.sync_meta m cross join clinichub.sync_clock c`);
  const bounds = rows[0];
  if (bounds === undefined) throw new Error('the centre has lost its own description');
  return bounds;
};
