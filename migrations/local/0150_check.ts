import type { LocalMigration } from './migration.ts';

/** How far the copy has been compared with the centre, and what had to be put right: docs/sync-protocol.md, "Checking the copy". */
export const check: LocalMigration = {
  number: 150,
  name: 'check',
  statements: [
    // A pass goes through the tables in catalogue order; `after` is the last id that agreed. Times are shown and pace the passes.
    // `held`: rows of the pass that could not be put right before a row they name; the next pass then begins at once. `stuck`: passes in a row that ended so.
    `CREATE TABLE sync_check (
      one INTEGER PRIMARY KEY NOT NULL CHECK (one = 1),
      tbl TEXT,
      after TEXT,
      rows INTEGER NOT NULL,
      repaired INTEGER NOT NULL,
      held INTEGER NOT NULL,
      stuck INTEGER NOT NULL,
      started_at TEXT,
      finished_at TEXT
    ) STRICT`,
    'INSERT INTO sync_check (one, rows, repaired, held, stuck) VALUES (1, 0, 0, 0, 0)',
    // Rows put right since ever, by table, and when the last one was.
    `CREATE TABLE sync_repair (
      tbl TEXT PRIMARY KEY NOT NULL,
      rows INTEGER NOT NULL,
      at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
};
