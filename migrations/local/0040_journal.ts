import type { LocalMigration } from './migration.ts';

/** What a workstation remembers in case the centre forgets: docs/sync-protocol.md, "A centre that was restored". */
export const journal: LocalMigration = {
  number: 40,
  name: 'journal',
  statements: [
    // Mutations that left the outbox. `seq`: the centre had their effect at this place at the latest.
    `CREATE TABLE journal (
      n INTEGER PRIMARY KEY NOT NULL,
      kind TEXT NOT NULL,
      account_id TEXT,
      at TEXT NOT NULL,
      payload TEXT NOT NULL,
      hash TEXT NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT`,
    'CREATE INDEX journal_seq ON journal (seq)',
    // Places of the centre's ledger this workstation has passed, with the chain there: all of the last, some of the older ones.
    `CREATE TABLE chain_link (
      slot INTEGER PRIMARY KEY NOT NULL,
      seq INTEGER NOT NULL,
      chain TEXT NOT NULL
    ) STRICT`,
    'ALTER TABLE sync_state ADD COLUMN scope TEXT',
    // While set, rows here may have versions the centre has forgotten: only those up to this place are common ground.
    'ALTER TABLE sync_state ADD COLUMN common INTEGER',
  ],
};
