import { partsOf } from '#shared/domain/documents/limits.ts';
import { instant } from '#shared/kernel/clock.ts';
import { dropOldUploads } from './blobs.ts';
import type { LocalContext } from './context.ts';
import type { Statements } from './statements.ts';

/** A file by its SHA-256, with its size in bytes. */
export interface FileName {
  readonly hash: string;
  readonly size: number;
}

export interface UnsentFile extends FileName {
  /** Parts the centre has. */
  readonly sent: number;
}

/** Files as the synchronisation works with them; docs/sync-protocol.md, "Files". */
export interface BlobExchange {
  /** Whole files whose document the centre knows and that it lacks itself, newest first, without `aside`. */
  toSend(limit: number, aside: readonly string[]): readonly UnsentFile[];
  /** Files of documents made since `since` that are not here, newest first, without `aside`. */
  toFetch(since: string, limit: number, aside: readonly string[]): readonly FileName[];
  /** The file that a document here names, or null. */
  named(hash: string): FileName | null;
  here(hash: string): boolean;
  part(hash: string, n: number): Buffer | null;
  /** How many parts of it the centre has now. */
  sent(hash: string, parts: number): void;
  /** The number of the first part that is to be fetched. */
  begin(file: FileName): number;
  add(hash: string, n: number, bytes: Buffer): void;
  /** All of it is here, and it is what its hash says. The centre has it too. */
  finish(hash: string): void;
  /** Nothing of what came is kept. */
  discard(hash: string): void;
  /** The centre may have lost what it had: all of it is asked about anew. */
  forgetSent(): void;
  /** Whole files that the centre lacks. */
  unsent(): number;
  /** Takes away files that no document here names, and uploads nobody went on with. */
  sweep(): void;
}

/** A document whose row the centre has, though the pull that says so may be still to come. */
const known = `(b.pk IS NULL OR b.image IS NOT NULL OR EXISTS (
  SELECT 1 FROM outbox_row r JOIN outbox o ON o.n = r.n
  WHERE r.tbl = 'document_reference' AND r.pk = d.id AND o.status = 'settled' AND o.verdict IN ('applied', 'merged')))`;

/** Parked work may still bring its row back, and with it the need of the file. */
const orphaned = `NOT EXISTS (SELECT 1 FROM document_reference d WHERE d.hash = blob.hash)
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE instr(o.payload, blob.hash) > 0)`;

/** Takes away those of these files, or of all, that nothing here names any more, inside the caller's transaction. */
export const dropOrphans = ({ all, run }: Statements, hashes?: readonly string[]): void => {
  const among = hashes === undefined ? '' : 'hash IN (SELECT value FROM json_each(?)) AND ';
  const found = all<{ hash: string }>(
    `SELECT hash FROM blob WHERE ${among}${orphaned}`,
    ...(hashes === undefined ? [] : [JSON.stringify(hashes)]),
  );
  for (const { hash } of found) {
    run('DELETE FROM blob_part WHERE owner = ?', hash);
    run('DELETE FROM blob WHERE hash = ?', hash);
  }
};

export const createBlobExchange = (context: LocalContext): BlobExchange => {
  const { statements } = context;
  const { all, get, run } = statements;
  const changed = () => context.changes.emit(['document_reference']);
  return {
    toSend: (limit, aside) =>
      all<UnsentFile>(
        `SELECT f.hash, f.size, f.sent FROM blob f
          WHERE f.complete = 1 AND f.sent < f.parts AND f.hash NOT IN (SELECT value FROM json_each(?))
            AND EXISTS (SELECT 1 FROM document_reference d
              LEFT JOIN sync_base b ON b.tbl = 'document_reference' AND b.pk = d.id WHERE d.hash = f.hash AND ${known})
          ORDER BY f.created_at DESC, f.hash LIMIT ?`,
        JSON.stringify(aside),
        limit,
      ),
    toFetch: (since, limit, aside) =>
      all<FileName>(
        `SELECT d.hash, max(d.size) AS size FROM document_reference d
          WHERE d.created_at >= ? AND d.voided_at IS NULL
            AND d.hash NOT IN (SELECT value FROM json_each(?))
            AND NOT EXISTS (SELECT 1 FROM blob f WHERE f.hash = d.hash AND f.complete = 1)
          GROUP BY d.hash ORDER BY max(d.created_at) DESC LIMIT ?`,
        since,
        JSON.stringify(aside),
        limit,
      ),
    named: (hash) =>
      get<FileName>('SELECT hash, size FROM document_reference WHERE hash = ? LIMIT 1', hash) ?? null,
    here: (hash) => get('SELECT 1 FROM blob WHERE hash = ? AND complete = 1', hash) !== undefined,
    part: (hash, n) =>
      get<{ bytes: Buffer }>('SELECT bytes FROM blob_part WHERE owner = ? AND n = ?', hash, n)?.bytes ?? null,
    sent: (hash, parts) => {
      context.repeatable(() => run('UPDATE blob SET sent = ? WHERE hash = ?', parts, hash));
      if (get('SELECT 1 FROM blob WHERE hash = ? AND sent >= parts', hash) !== undefined) changed();
    },
    begin: ({ hash, size }) =>
      context.repeatable(() => {
        const sql = `INSERT INTO blob (hash, size, parts, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`;
        run(sql, hash, size, partsOf(size), instant(context.clock.now()));
        return get<{ n: number }>('SELECT count(*) AS n FROM blob_part WHERE owner = ?', hash)?.n ?? 0;
      }),
    add: (hash, n, bytes) =>
      context.repeatable(() => {
        run('INSERT OR REPLACE INTO blob_part (owner, n, bytes) VALUES (?, ?, ?)', hash, n, bytes);
      }),
    finish: (hash) => {
      context.repeatable(() => run('UPDATE blob SET complete = 1, sent = parts WHERE hash = ?', hash));
      changed();
    },
    discard: (hash) =>
      context.repeatable(() => {
        run('DELETE FROM blob_part WHERE owner = ?', hash);
        run('DELETE FROM blob WHERE hash = ? AND complete = 0', hash);
      }),
    forgetSent: () => context.repeatable(() => void run('UPDATE blob SET sent = 0 WHERE complete = 1')),
    unsent: () =>
      get<{ n: number }>('SELECT count(*) AS n FROM blob WHERE complete = 1 AND sent < parts')?.n ?? 0,
    sweep: () =>
      context.repeatable(() => {
        dropOldUploads(context);
        dropOrphans(statements);
      }),
  };
};
