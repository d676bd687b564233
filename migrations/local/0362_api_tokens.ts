import type { LocalMigration } from './migration.ts';

/** Who is signed in over the API, so that a start of the program ends nobody's session, and the secret their tokens are made with. */
export const apiTokens: LocalMigration = {
  number: 362,
  name: 'api_tokens',
  statements: [
    `CREATE TABLE own_secret (
      name TEXT PRIMARY KEY NOT NULL,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    // `generation` is that of the one refresh token which counts; `opener` a digest of what the session was opened with.
    `CREATE TABLE token_family (
      id TEXT PRIMARY KEY NOT NULL,
      account_id TEXT NOT NULL,
      client TEXT NOT NULL,
      opener TEXT NOT NULL,
      generation INTEGER NOT NULL CHECK (generation > 0),
      created_at TEXT NOT NULL,
      used_at TEXT NOT NULL,
      until_at TEXT NOT NULL,
      ends_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX token_family_account ON token_family (account_id, used_at)',
    'CREATE INDEX token_family_until ON token_family (until_at)',
  ],
};
