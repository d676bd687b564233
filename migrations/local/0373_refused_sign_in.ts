import type { LocalMigration } from './migration.ts';

/**
 * Refused sign-ins with names nobody has, which are written into the audit trail together: how many there were since the entry of
 * before, and since when the window runs, in milliseconds since 1970. `accounts` is the table such a name would be in.
 */
export const refusedSignIn: LocalMigration = {
  number: 373,
  name: 'refused_sign_in',
  statements: [
    `CREATE TABLE refused_sign_in (
      accounts TEXT PRIMARY KEY NOT NULL,
      count INTEGER NOT NULL,
      since INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
};
