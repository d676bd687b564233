import type { LocalMigration } from './migration.ts';

/** How long this copy may still be used, and whether the centre has ordered its end; docs/sync-protocol.md, "Devices". */
export const lease: LocalMigration = {
  number: 80,
  name: 'lease',
  statements: [
    // Milliseconds since 1970 by this computer's clock. `clock_behind`: by how much the clock was turned back since the
    // last contact, all times together. `clock_at`: what it said when last looked at.
    `CREATE TABLE lease (
      one INTEGER PRIMARY KEY NOT NULL CHECK (one = 1),
      days INTEGER NOT NULL CHECK (days > 0),
      contact_at INTEGER,
      clock_at INTEGER,
      clock_behind INTEGER NOT NULL CHECK (clock_behind >= 0),
      wiping INTEGER NOT NULL CHECK (wiping IN (0, 1))
    ) STRICT`,
    'INSERT INTO lease (one, days, clock_behind, wiping) VALUES (1, 14, 0, 0)',
  ],
};
