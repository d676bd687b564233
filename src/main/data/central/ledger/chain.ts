import { createHash, type Hash } from 'node:crypto';

/** The chain before the first transaction. */
export const chainStart = '0'.repeat(64);

/** What of a change goes into the chain; `patch` is its exact text. */
export interface ChainedChange {
  readonly tbl: string;
  readonly pk: string;
  readonly op: string;
  readonly row_version: string;
  readonly patch: string;
}

/** Makes the digest of a transaction from its changes in order, as `sync_commit` does: docs/sync-protocol.md, "Order". */
export const createDigest = (): { add(change: ChainedChange): void; end(): string } => {
  let whole: Hash = createHash('sha256');
  return {
    add: ({ tbl, pk, op, row_version, patch }) => {
      whole.update(createHash('sha256').update(`${tbl}/${pk}/${op}/${row_version}/${patch}`).digest());
    },
    end: () => {
      const digest = whole.digest('hex');
      whole = createHash('sha256');
      return digest;
    },
  };
};

/** The chain after a transaction at `seq`. */
export const nextChain = (previous: string, seq: string, digest: string): string =>
  createHash('sha256').update(`${previous}/${seq}/${digest}`).digest('hex');
