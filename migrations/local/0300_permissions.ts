import type { LocalMigration } from './migration.ts';

/** What a clinic allows its roles otherwise than usual: version 6 of the catalogue. */
export const permissions: LocalMigration = {
  number: 300,
  name: 'permissions',
  statements: [
    `CREATE TABLE role_permission (
      id TEXT PRIMARY KEY NOT NULL,
      role TEXT NOT NULL,
      permission TEXT NOT NULL,
      granted INTEGER,
      row_version INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    'CREATE INDEX role_permission_role ON role_permission (role)',
  ],
};
