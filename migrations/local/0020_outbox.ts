import type { LocalMigration } from './migration.ts';

/** What a workstation keeps for itself; docs/sync-protocol.md says what each table is for. */
export const outbox: LocalMigration = {
  number: 20,
  name: 'outbox',
  statements: [
    // `held`: parked here without being sent, because its kind is paused; its number is yet to be used up.
    `CREATE TABLE outbox (
      n INTEGER PRIMARY KEY NOT NULL,
      kind TEXT NOT NULL,
      account_id TEXT,
      at TEXT NOT NULL,
      payload TEXT NOT NULL,
      hash TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('waiting', 'sent', 'settled', 'parked')),
      verdict TEXT CHECK (verdict IN ('applied', 'merged', 'needs_review', 'rejected')),
      sqlstate TEXT,
      message TEXT,
      held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1))
    ) STRICT`,
    'CREATE INDEX outbox_held ON outbox (n) WHERE held = 1',
    'CREATE INDEX outbox_status ON outbox (status, n)',
    `CREATE TABLE outbox_row (
      tbl TEXT NOT NULL,
      pk TEXT NOT NULL,
      n INTEGER NOT NULL REFERENCES outbox (n) DEFERRABLE INITIALLY DEFERRED,
      PRIMARY KEY (tbl, pk, n)
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX outbox_row_n ON outbox_row (n)',
    // What left the outbox by a person's decision: withdrawn, or sent again under another number.
    `CREATE TABLE outbox_history (
      n INTEGER PRIMARY KEY NOT NULL,
      kind TEXT NOT NULL,
      account_id TEXT,
      at TEXT NOT NULL,
      payload TEXT NOT NULL,
      sqlstate TEXT,
      message TEXT,
      outcome TEXT NOT NULL CHECK (outcome IN ('withdrawn', 'resent')),
      resent_as INTEGER,
      decided_at TEXT NOT NULL
    ) STRICT`,
    // The image is the JSON array of the columns in catalogue order; null while the centre has no such row.
    // `gone`: neither the centre nor a pending mutation has the row; it leaves when nothing names it any more.
    `CREATE TABLE sync_base (
      tbl TEXT NOT NULL,
      pk TEXT NOT NULL,
      row_version INTEGER NOT NULL,
      image TEXT,
      gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
      PRIMARY KEY (tbl, pk)
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX sync_base_gone ON sync_base (tbl, pk) WHERE gone = 1',
    `CREATE TABLE sync_state (
      one INTEGER PRIMARY KEY NOT NULL CHECK (one = 1),
      phase TEXT NOT NULL CHECK (phase IN ('empty', 'loading', 'indexing', 'catching-up', 'ready')),
      epoch TEXT,
      cursor INTEGER NOT NULL,
      chain TEXT,
      head INTEGER NOT NULL,
      device_id TEXT,
      device_no INTEGER,
      device_name TEXT,
      location_id TEXT,
      last_n INTEGER NOT NULL,
      boot_table TEXT,
      boot_after TEXT,
      boot_rows INTEGER NOT NULL,
      halted TEXT CHECK (halted IN ('cloned'))
    ) STRICT`,
    `INSERT INTO sync_state (one, phase, cursor, head, last_n, boot_rows) VALUES (1, 'empty', 0, 0, 0, 0)`,
    // Kinds of mutation the centre cannot take at present (SQLSTATE class 42).
    `CREATE TABLE paused_kind (
      kind TEXT PRIMARY KEY NOT NULL,
      sqlstate TEXT NOT NULL,
      message TEXT
    ) STRICT, WITHOUT ROWID`,
    // Indexes and triggers put aside while a first copy is loaded, as their SQL.
    `CREATE TABLE deferred_schema (
      name TEXT PRIMARY KEY NOT NULL,
      position INTEGER NOT NULL,
      statement TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
};
