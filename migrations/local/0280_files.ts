import type { LocalMigration } from './migration.ts';

/** The bytes that a `document_reference` names: docs/sync-protocol.md, "Files". */
export const files: LocalMigration = {
  number: 280,
  name: 'files',
  statements: [
    // `complete`: every part is here and the whole has its hash. `sent`: parts the centre has, as far as known.
    `CREATE TABLE blob (
      hash TEXT PRIMARY KEY NOT NULL,
      size INTEGER NOT NULL,
      parts INTEGER NOT NULL,
      sent INTEGER NOT NULL DEFAULT 0,
      complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
      created_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX blob_unsent ON blob (created_at) WHERE complete = 1 AND sent < parts',
    // The owner is a blob's hash, or the id of an upload that is not done.
    `CREATE TABLE blob_part (
      id INTEGER PRIMARY KEY NOT NULL,
      owner TEXT NOT NULL,
      n INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      UNIQUE (owner, n)
    ) STRICT`,
    `CREATE TABLE blob_upload (
      id TEXT PRIMARY KEY NOT NULL,
      account_id TEXT NOT NULL,
      size INTEGER NOT NULL,
      created_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    // For what of the last days is to be fetched.
    'CREATE INDEX document_reference_created_at ON document_reference (created_at)',
  ],
};
