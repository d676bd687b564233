import type { LocalMigration } from './migration.ts';

/** What a clinic has set otherwise than usual, for all its sites or for one. */
export const settings: LocalMigration = {
  number: 336,
  name: 'settings',
  statements: [
    `CREATE TABLE setting (
      id TEXT PRIMARY KEY NOT NULL,
      key TEXT NOT NULL,
      location_id TEXT REFERENCES location (id) DEFERRABLE INITIALLY DEFERRED,
      value TEXT,
      row_version INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    'CREATE INDEX setting_key ON setting (key)',
  ],
};
