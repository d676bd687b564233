import type { LocalMigration } from './migration.ts';

/**
 * Messages this host has still to send, and for some days those that nobody will get, of which only the reason is kept.
 * Milliseconds since 1970 by this workstation's clock.
 */
export const outgoingMail: LocalMigration = {
  number: 365,
  name: 'outgoing_mail',
  statements: [
    `CREATE TABLE outgoing_mail (
      id TEXT PRIMARY KEY NOT NULL,
      kind TEXT NOT NULL,
      to_name TEXT NOT NULL,
      to_address TEXT NOT NULL,
      subject TEXT NOT NULL,
      text TEXT NOT NULL,
      html TEXT NOT NULL,
      queued_at INTEGER NOT NULL,
      until_at INTEGER,
      next_at INTEGER NOT NULL,
      tries INTEGER NOT NULL,
      failure TEXT
    ) STRICT`,
    'CREATE INDEX outgoing_mail_next ON outgoing_mail (next_at, id) WHERE failure IS NULL',
    'CREATE INDEX outgoing_mail_failed ON outgoing_mail (next_at) WHERE failure IS NOT NULL',
  ],
};
