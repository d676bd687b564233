import type { LocalMigration } from './migration.ts';

/** What is this workstation's alone and reaches no other: notes that are being written, and wrong tries of a PIN. */
export const ownWork: LocalMigration = {
  number: 230,
  name: 'own_work',
  statements: [
    // No foreign keys: a draft outlives a chart that leaves this workstation, and a copy that is fetched anew. One note is
    // begun once by one person in one encounter, or as the answer to one note; '' where there is none.
    `CREATE TABLE note_draft (
      id TEXT PRIMARY KEY NOT NULL,
      account_id TEXT NOT NULL,
      patient_id TEXT NOT NULL,
      encounter_id TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('note', 'addendum', 'amendment')),
      answers TEXT NOT NULL,
      title TEXT NOT NULL,
      type TEXT NOT NULL,
      body TEXT NOT NULL,
      reason TEXT NOT NULL,
      revision INTEGER NOT NULL,
      started_at TEXT NOT NULL,
      saved_at TEXT NOT NULL,
      UNIQUE (account_id, patient_id, encounter_id, kind, answers)
    ) STRICT`,
    `CREATE TABLE pin_try (
      account_id TEXT PRIMARY KEY NOT NULL,
      wrong INTEGER NOT NULL CHECK (wrong > 0)
    ) STRICT`,
  ],
};
