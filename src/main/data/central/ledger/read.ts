import type pg from 'pg';
import type { ChainedChange } from './chain.ts';

/** A transaction of the ledger. Numbers are text: they may be larger than JavaScript counts exactly. */
export interface LedgerTransaction {
  readonly tx: string;
  readonly seq: string;
  readonly chain: string;
  readonly device_no: number;
  readonly login: string;
  readonly at: string;
  readonly changes: number;
}

export interface LedgerChange extends ChainedChange {
  readonly tx: string;
  readonly ord: string;
  readonly scope_old: string | null;
  readonly scope_new: string | null;
  readonly mutation: string | null;
}

const transactionsSql = `
  select tx::text, seq::text, chain, device_no, login, changes,
         to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
  from clinichub.sync_tx t where t.seq > $1 and t.seq <= $2 order by t.seq limit 500`;

const changesSql = `
  select tx::text, ord::text, tbl, pk::text, op::text, row_version::text, patch::text, scope_old::text, scope_new::text,
         mutation::text
  from clinichub.sync_change c where c.tx = $1 and c.ord > $2 order by c.ord limit 5000`;

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
