import type { LocalMigration } from './migration.ts';

/**
 * Codes that were sent by e-mail and not typed in yet: of who registers, chooses a new password or another address. Of nobody but
 * this host; milliseconds since 1970 by its clock.
 */
export const panelCode: LocalMigration = {
  number: 367,
  name: 'panel_code',
  statements: [
    // `account_id`, `password_hash` and the rest are what is written once the code came back. `real` is 0 where no code can be right.
    `CREATE TABLE panel_code (
      id TEXT PRIMARY KEY NOT NULL,
      purpose TEXT NOT NULL,
      email TEXT NOT NULL,
      account_id TEXT,
      password_hash TEXT,
      display_name TEXT,
      language TEXT NOT NULL,
      code_hash TEXT NOT NULL,
      real INTEGER NOT NULL,
      until_at INTEGER NOT NULL,
      wrong INTEGER NOT NULL,
      sent INTEGER NOT NULL,
      sent_at INTEGER NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX panel_code_email ON panel_code (email, created_at)',
    'CREATE INDEX panel_code_created_at ON panel_code (created_at)',
  ],
};
