import type pg from 'pg';

/** A transaction of the ledger with the digest of what is stored of it now: docs/sync-protocol.md, "Order". */
export interface Link {
  readonly seq: string;
  readonly chain: string;
  readonly form: number;
  readonly device_no: number;
  readonly login: string;
  readonly at: string;
  readonly from_n: string | null;
  readonly upto_n: string | null;
  readonly changes: number;
  readonly found: number;
  readonly digest: string;
}

const hashed = (text: string) => `sha256(convert_to(${text}, 'UTF8'))`;
const inOrder = (text: string, order: string) =>
  `encode(sha256(coalesce(string_agg(${hashed(text)}, ''::bytea order by ${order}), ''::bytea)), 'hex')`;
const instantOf = (column: string) =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** What of a mutation goes into the chain. */
const mutationText = `
  m.n || '/' || m.hash || '/' || m.status || '/' || coalesce(m.user_id::text, '') || '/' || ${instantOf('m.received_at')} || '/'
  || coalesce(m.tx::text, '') || '/' || coalesce(m.sqlstate, '') || '/'
  || coalesce(encode(${hashed('m.payload')}, 'hex'), '') || '/'
  || coalesce(octet_length(m.kind) || '=' || m.kind, '') || '/' || coalesce('=' || m.message, '')`;

/** The digest of a form 1 transaction is of the changes' content alone. */
const linksSql = `
  select t.seq::text, t.chain, t.form, t.device_no, t.login, ${instantOf('t.at')} as at,
         t.from_n::text, t.upto_n::text, t.changes, found.count::integer as found,
         case t.form when 1 then found.plain else encode(${hashed(`
           t.tx || '/' || t.xid || '/' || t.device_no || '/' || ${instantOf('t.at')} || '/' || t.changes || '/'
           || t.bytes || '/' || coalesce(t.from_n::text, '') || '/' || coalesce(t.upto_n::text, '') || '/' || found.full
           || coalesce('/' || mutations.digest, '') || '/' || t.login`)}, 'hex') end as digest
  from (select * from clinichub.sync_tx x where x.seq > $1 order by x.seq limit 1000) t
  cross join lateral (
    select count(*),
      case t.form when 1 then ${inOrder(`c.tbl || '/' || c.pk || '/' || c.op || '/' || c.row_version || '/' || c.patch::text`, 'c.ord')} end as plain,
      case t.form when 1 then null else ${inOrder(
        `c.tbl || '/' || c.pk || '/' || c.op || '/' || c.row_version || '/' || c.ord || '/' || coalesce(c.mutation::text, '') || '/'
         || coalesce(c.scope_old::text, '') || '/' || coalesce(c.scope_new::text, '') || '/' || c.patch::text`,
        'c.ord',
      )} end as "full"
    from clinichub.sync_change c where c.tx = t.tx
  ) found
  left join lateral (
    select ${inOrder(mutationText, 'm.n')} as digest from clinichub.sync_mutation m
    where m.device_no = t.device_no and m.n > t.from_n and m.n <= t.upto_n
  ) mutations on t.upto_n is not null
  order by t.seq`;

/** Every transaction after a place, in order, some at a time. */
export async function* links(client: pg.ClientBase, after: string): AsyncGenerator<Link> {
  for (let place = after; ; ) {
    const { rows } = await client.query<Link>(linksSql, [place]);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    place = last.seq;
  }
}
