import { createHash } from 'node:crypto';

/** The chain before the first transaction. */
export const chainStart = '0'.repeat(64);

/** What of a change goes into the chain; `patch` is its exact text. */
export interface ChainedChange {
  readonly ord: string;
  readonly tbl: string;
  readonly pk: string;
  readonly op: string;
  readonly row_version: string;
  readonly mutation: string | null;
  readonly scope_old: string | null;
  readonly scope_new: string | null;
  readonly patch: string;
}

/** What of a mutation goes into the chain. */
export interface ChainedMutation {
  readonly n: string;
  readonly hash: string;
  readonly kind: string | null;
  readonly user_id: string | null;
  readonly status: string;
  readonly sqlstate: string | null;
  readonly message: string | null;
  readonly received_at: string;
  readonly payload: string | null;
  readonly tx: string | null;
}

/** What of a transaction itself goes into the chain. `form` 1 has the content of its changes alone. */
export interface ChainedTransaction {
  readonly form: number;
  readonly tx: string;
  readonly xid: string;
  readonly device_no: number;
  readonly login: string;
  readonly at: string;
  readonly changes: number;
  readonly bytes: string;
  readonly from_n: string | null;
  readonly upto_n: string | null;
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

const fullText = (change: ChainedChange): string =>
  [
    change.tbl,
    change.pk,
    change.op,
    change.row_version,
    change.ord,
    change.mutation ?? '',
    change.scope_old ?? '',
    change.scope_new ?? '',
    change.patch,
  ].join('/');

const mutationText = ({ kind, message, payload, ...rest }: ChainedMutation): string =>
  [
    rest.n,
    rest.hash,
    rest.status,
    rest.user_id ?? '',
    rest.received_at,
    rest.tx ?? '',
    rest.sqlstate ?? '',
    payload === null ? '' : sha256(payload).toString('hex'),
    kind === null ? '' : `${Buffer.byteLength(kind)}=${kind}`,
    message === null ? '' : `=${message}`,
  ].join('/');

/** Makes the digest of a transaction from its changes and its mutations in order, as `sync_commit` does: docs/sync-protocol.md, "Order". */
export const createDigest = () => {
  const fresh = () => ({
    plain: createHash('sha256'),
    full: createHash('sha256'),
    mutations: createHash('sha256'),
  });
  let { plain, full, mutations } = fresh();
  return {
    change: (change: ChainedChange): void => {
      const { tbl, pk, op, row_version, patch } = change;
      plain.update(sha256(`${tbl}/${pk}/${op}/${row_version}/${patch}`));
      full.update(sha256(fullText(change)));
    },
    mutation: (mutation: ChainedMutation): void => {
      mutations.update(sha256(mutationText(mutation)));
    },
    /** The digest; the next change is of the next transaction. */
    end: (transaction: ChainedTransaction): string => {
      const done = {
        plain: plain.digest('hex'),
        full: full.digest('hex'),
        mutations: mutations.digest('hex'),
      };
      ({ plain, full, mutations } = fresh());
      const { form, tx, xid, device_no, at, changes, bytes, from_n, upto_n, login } = transaction;
      if (form === 1) return done.plain;
      const content = upto_n === null ? done.full : `${done.full}/${done.mutations}`;
      const head = [tx, xid, device_no, at, changes, bytes, from_n ?? '', upto_n ?? ''].join('/');
      return sha256(`${head}/${content}/${login}`).toString('hex');
    },
  };
};

/** The chain after a transaction at `seq`. */
export const nextChain = (previous: string, seq: string, digest: string): string =>
  sha256(`${previous}/${seq}/${digest}`).toString('hex');
