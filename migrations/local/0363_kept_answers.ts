import type { LocalMigration } from './migration.ts';

/** What was answered to a request with an idempotency key, so that the same request later does not do it twice. */
export const keptAnswers: LocalMigration = {
  number: 363,
  name: 'kept_answers',
  statements: [
    // The key is a digest of account and key as sent. `answer` is null from the write until the answer is known.
    `CREATE TABLE kept_answer (
      key TEXT PRIMARY KEY NOT NULL,
      request TEXT NOT NULL,
      written_at TEXT NOT NULL,
      answer TEXT
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX kept_answer_written_at ON kept_answer (written_at)',
  ],
};
