import { partBytes, partsOf } from '#shared/domain/documents/limits.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { LocalContext } from './context.ts';
import type { Statements } from './statements.ts';

const day = 24 * 60 * 60 * 1000;

/** A file that is being handed over by a window, part by part. */
export interface Upload {
  readonly account_id: string;
  readonly size: number;
}

/** `sent`: the centre has it, as far as is known here. */
export interface BlobPlace {
  readonly here: boolean;
  readonly sent: boolean;
}

/**
 * Files of this workstation, apart from the rows that name them by their SHA-256. What is handed over waits under the
 * upload's id until a document keeps it, a day at most.
 */
export interface Blobs {
  begin(account: string, size: number): string;
  upload(id: string): Upload | null;
  put(id: string, n: number, bytes: Buffer): void;
  /** One part of an upload, or of a file by its hash; null when it is not here. */
  part(owner: string, n: number): Buffer | null;
  /** The upload is the file of this hash from now on. Call within the mutation that writes the row which names it. */
  keep(id: string, hash: string, size: number): void;
  /** The same for bytes made here. */
  keepBytes(hash: string, bytes: Buffer): void;
  drop(id: string): void;
  /** Where these files are; one that is unknown here is left out. */
  places(hashes: readonly string[]): ReadonlyMap<string, BlobPlace>;
}

const addBlob = (statements: Statements, hash: string, size: number, now: string): boolean => {
  const known = statements.get<{ complete: number }>('SELECT complete FROM blob WHERE hash = ?', hash);
  if (known?.complete === 1) return false;
  // What of it was fetched so far is here now anyway.
  statements.run('DELETE FROM blob_part WHERE owner = ?', hash);
  statements.run(
    `INSERT INTO blob (hash, size, parts, complete, created_at) VALUES (?, ?, ?, 1, ?)
      ON CONFLICT (hash) DO UPDATE SET size = excluded.size, parts = excluded.parts, complete = 1, sent = 0`,
    hash,
    size,
    partsOf(size),
    now,
  );
  return true;
};

const dropUpload = (statements: Statements, id: string): void => {
  statements.run('DELETE FROM blob_part WHERE owner = ?', id);
  statements.run('DELETE FROM blob_upload WHERE id = ?', id);
};

/** Uploads that nobody went on with. */
export const dropOldUploads = ({ statements, clock }: LocalContext): void => {
  const old = instant(clock.now() - day);
  const found = statements.all<{ id: string }>('SELECT id FROM blob_upload WHERE created_at < ?', old);
  for (const { id } of found) dropUpload(statements, id);
};

export const createBlobs = (context: LocalContext): Blobs => {
  const { statements, clock } = context;
  const insertPart = 'INSERT OR REPLACE INTO blob_part (owner, n, bytes) VALUES (?, ?, ?)';
  return {
    begin: (account, size) =>
      context.transaction(() => {
        dropOldUploads(context);
        const now = clock.now();
        const id = context.newId(now);
        const sql = 'INSERT INTO blob_upload (id, account_id, size, created_at) VALUES (?, ?, ?, ?)';
        statements.run(sql, id, account, size, instant(now));
        return id;
      }),
    upload: (id) =>
      statements.get<Upload>('SELECT account_id, size FROM blob_upload WHERE id = ?', id) ?? null,
    put: (id, n, bytes) => context.transaction(() => void statements.run(insertPart, id, n, bytes)),
    part: (owner, n) => {
      const sql = 'SELECT bytes FROM blob_part WHERE owner = ? AND n = ?';
      return statements.get<{ bytes: Buffer }>(sql, owner, n)?.bytes ?? null;
    },
    keep: (id, hash, size) => {
      if (addBlob(statements, hash, size, instant(clock.now())))
        statements.run('UPDATE blob_part SET owner = ? WHERE owner = ?', hash, id);
      dropUpload(statements, id);
    },
    keepBytes: (hash, bytes) => {
      if (!addBlob(statements, hash, bytes.length, instant(clock.now()))) return;
      for (let n = 0; n < partsOf(bytes.length); n += 1)
        statements.run(insertPart, hash, n, bytes.subarray(n * partBytes, (n + 1) * partBytes));
    },
    drop: (id) => context.transaction(() => dropUpload(statements, id)),
    places: (hashes) => {
      const rows = statements.all<{ hash: string; complete: number; sent: number }>(
        `SELECT hash, complete, sent >= parts AS sent FROM blob
          WHERE hash IN (SELECT value FROM json_each(?))`,
        JSON.stringify(hashes),
      );
      return new Map(rows.map((row) => [row.hash, { here: row.complete === 1, sent: row.sent === 1 }]));
    },
  };
};
