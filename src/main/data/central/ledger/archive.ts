import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type pg from 'pg';
import { z } from 'zod';
import { CentreAdminError } from '../admin-error.ts';
import { createDigest, nextChain } from './chain.ts';
import { type LedgerBounds, ledgerChanges, ledgerMutations, ledgerTransactions } from './read.ts';

/**
 * An archive of the ledger: gzip of JSON lines. A head, then each transaction as its changes and its mutations in order and a line
 * of its own, then an end. Whoever has it can compute the chain again without the centre.
 */
const Head = z.object({
  clinichub: z.literal('ledger'),
  version: z.literal(2),
  epoch: z.string(),
  after: z.string(),
  upto: z.string(),
  chain: z.string(),
});
const Change = z.object({
  change: z.object({
    ord: z.string(),
    tbl: z.string(),
    pk: z.string(),
    op: z.string(),
    row_version: z.string(),
    patch: z.string(),
    scope_old: z.string().nullable(),
    scope_new: z.string().nullable(),
    mutation: z.string().nullable(),
  }),
});
const Mutation = z.object({
  mutation: z.object({
    n: z.string(),
    hash: z.string(),
    kind: z.string().nullable(),
    user_id: z.string().nullable(),
    status: z.string(),
    sqlstate: z.string().nullable(),
    message: z.string().nullable(),
    received_at: z.string(),
    payload: z.string().nullable(),
    tx: z.string().nullable(),
  }),
});
const Transaction = z.object({
  transaction: z.object({
    tx: z.string(),
    xid: z.string(),
    seq: z.string(),
    chain: z.string(),
    form: z.number(),
    device_no: z.number(),
    login: z.string(),
    at: z.string(),
    changes: z.number(),
    bytes: z.string(),
    from_n: z.string().nullable(),
    upto_n: z.string().nullable(),
  }),
});
const End = z.object({ end: z.object({ transactions: z.number(), changes: z.number() }) });

/** What an archive holds: the transactions after one place and up to another. */
export interface ArchiveContent {
  readonly epoch: string;
  readonly after: string;
  readonly upto: string;
  readonly transactions: number;
  readonly changes: number;
  /** The chain at `upto`. */
  readonly chain: string;
}

async function* linesOf(client: pg.ClientBase, bounds: LedgerBounds, upto: string) {
  const line = (value: unknown) => `${JSON.stringify(value)}\n`;
  const { epoch, archived, archivedChain } = bounds;
  yield line({ clinichub: 'ledger', version: 2, epoch, after: archived, upto, chain: archivedChain });
  let transactions = 0;
  let changes = 0;
  for await (const transaction of ledgerTransactions(client, archived, upto)) {
    for await (const { tx: _tx, ...change } of ledgerChanges(client, transaction.tx)) {
      yield line({ change });
      changes += 1;
    }
    for await (const mutation of ledgerMutations(client, transaction)) yield line({ mutation });
    yield line({ transaction });
    transactions += 1;
  }
  yield line({ end: { transactions, changes } });
}

const refuseWriting = (error: unknown, file: string): CentreAdminError =>
  new CentreAdminError(
    'archive',
    error instanceof Error && 'code' in error && error.code === 'EEXIST'
      ? `${file} is there already. An archive is never written over: give another name.`
      : `The archive ${file} could not be written: ${error instanceof Error ? error.message : String(error)}`,
    error,
  );

/** Writes the ledger up to a place into a new file, durably, for its owner's eyes alone. Throws a {@link CentreAdminError}. */
export const writeArchive = async (
  client: pg.ClientBase,
  bounds: LedgerBounds,
  upto: string,
  file: string,
): Promise<void> => {
  let made = false;
  try {
    const out = createWriteStream(file, { flags: 'wx', mode: 0o600 });
    out.on('open', () => {
      made = true;
    });
    await pipeline(Readable.from(linesOf(client, bounds, upto)), createGzip(), out);
    const handle = await open(file, 'r+');
    await handle.sync();
    await handle.close();
  } catch (error) {
    // Only what this very call began.
    if (made) await rm(file, { force: true });
    throw refuseWriting(error, file);
  }
};

const broken = (file: string, why: string, cause?: unknown): CentreAdminError =>
  new CentreAdminError('archive', `${file} is no whole archive of a ledger: ${why}.`, cause);

const parse = <T>(shape: z.ZodType<T>, text: string): T | null => {
  const parsed = shape.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
};

/** How far an archive has been read. */
interface Reading {
  readonly file: string;
  readonly digest: ReturnType<typeof createDigest>;
  head: z.infer<typeof Head> | null;
  end: z.infer<typeof End>['end'] | null;
  seq: bigint;
  chain: string;
  transactions: number;
  changes: number;
  /** Changes of the transaction whose line is still to come. */
  open: number;
}

const readTransaction = (reading: Reading, { transaction }: z.infer<typeof Transaction>) => {
  const { file, digest, seq, chain } = reading;
  if (BigInt(transaction.seq) !== seq + 1n) throw broken(file, `transaction ${seq + 1n} is missing`);
  if (transaction.changes !== reading.open)
    throw broken(file, `transaction ${transaction.seq} is not complete`);
  if (nextChain(chain, transaction.seq, digest.end(transaction)) !== transaction.chain)
    throw broken(file, `transaction ${transaction.seq} is not what its chain says`);
  reading.seq = seq + 1n;
  reading.chain = transaction.chain;
  reading.open = 0;
  reading.transactions += 1;
};

const readHead = (reading: Reading, text: string) => {
  const head = parse(Head, text);
  if (head === null) throw broken(reading.file, 'it does not begin as one');
  reading.head = head;
  reading.seq = BigInt(head.after);
  reading.chain = head.chain;
};

/** One line after the head: what it holds says which it is. */
const readBody = (reading: Reading, text: string): void => {
  const change = parse(Change, text);
  const mutation = change === null ? parse(Mutation, text) : null;
  const transaction = change === null && mutation === null ? parse(Transaction, text) : null;
  if (change !== null) {
    reading.digest.change(change.change);
    reading.changes += 1;
    reading.open += 1;
  } else if (mutation !== null) reading.digest.mutation(mutation.mutation);
  else if (transaction !== null) readTransaction(reading, transaction);
  else {
    reading.end = parse(End, text)?.end ?? null;
    if (reading.end === null) throw broken(reading.file, 'it has a line that says nothing');
  }
};

const readLine = (reading: Reading, text: string): void => {
  if (reading.end !== null) throw broken(reading.file, 'something follows its end');
  if (reading.head === null) readHead(reading, text);
  else readBody(reading, text);
};

const contentOf = ({ file, head, end, seq, chain, transactions, changes, open }: Reading): ArchiveContent => {
  if (head === null || end === null) throw broken(file, 'it is cut off');
  const fits = end.transactions === transactions && end.changes === changes && String(seq) === head.upto;
  if (!fits || open > 0) throw broken(file, 'its end does not fit');
  const { epoch, after, upto } = head;
  return { epoch, after, upto, transactions, changes, chain };
};

/** Reads an archive and computes its chain again. Throws a {@link CentreAdminError} `archive` when anything does not fit. */
export const checkArchive = async (file: string): Promise<ArchiveContent> => {
  const digest = createDigest();
  const start = { head: null, end: null, seq: 0n, chain: '', transactions: 0, changes: 0, open: 0 };
  const reading: Reading = { file, digest, ...start };
  const input = createReadStream(file);
  const unpacked = input.pipe(createGunzip());
  input.on('error', (error) => unpacked.destroy(error));
  try {
    for await (const line of createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY }))
      readLine(reading, line);
    if (unpacked.errored) throw unpacked.errored;
    return contentOf(reading);
  } catch (error) {
    if (error instanceof CentreAdminError) throw error;
    throw broken(file, error instanceof Error ? error.message : String(error), error);
  } finally {
    input.destroy();
  }
};
