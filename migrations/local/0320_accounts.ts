import type { LocalMigration } from './migration.ts';

/** One-time codes and the end of sessions, of version 6 of the catalogue; and wrong sign-ins, which a start must not forget. */
export const accounts: LocalMigration = {
  number: 320,
  name: 'accounts',
  statements: [
    'ALTER TABLE staff_account ADD COLUMN invite_hash TEXT',
    'ALTER TABLE staff_account ADD COLUMN invite_until TEXT',
    'ALTER TABLE staff_account ADD COLUMN sessions_ended_at TEXT',
    // The key is a digest: a password typed where the name belongs is not written down.
    `CREATE TABLE sign_in_try (
      key TEXT PRIMARY KEY NOT NULL,
      count INTEGER NOT NULL,
      until INTEGER NOT NULL,
      last INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
};
