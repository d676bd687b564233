import type { LocalMigration } from './migration.ts';

/** A database that stands in place of a damaged one says so. */
export const rebuild: LocalMigration = {
  number: 70,
  name: 'rebuild',
  statements: [
    // `saved`: mutations put back into the outbox. `lost`: how many could not be, at least; null when nobody can know.
    // `greeted`: the centre has told since which numbers of this workstation it knows.
    `CREATE TABLE rebuild (
      one INTEGER PRIMARY KEY NOT NULL CHECK (one = 1),
      at TEXT NOT NULL,
      reason TEXT NOT NULL CHECK (reason IN ('damaged', 'missing', 'set-back')),
      folder TEXT,
      saved INTEGER NOT NULL,
      lost INTEGER,
      greeted INTEGER NOT NULL DEFAULT 0 CHECK (greeted IN (0, 1))
    ) STRICT`,
  ],
};
