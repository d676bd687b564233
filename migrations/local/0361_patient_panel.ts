import type { LocalMigration } from './migration.ts';

const toPatient = 'patient_id TEXT NOT NULL REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED';
const kept = 'row_version INTEGER NOT NULL DEFAULT 0';

/** Version 7 of the catalogue: patients who look after their own appointments. */
export const patientPanel: LocalMigration = {
  number: 361,
  name: 'patient_panel',
  statements: [
    `CREATE TABLE patient_account (
      id TEXT PRIMARY KEY NOT NULL,
      email TEXT NOT NULL,
      password_hash TEXT NOT NULL,
      display_name TEXT NOT NULL,
      language TEXT NOT NULL,
      active INTEGER NOT NULL,
      verified_at TEXT NOT NULL,
      sessions_ended_at TEXT,
      created_at TEXT NOT NULL,
      ${kept}
    ) STRICT`,
    // Not unique: two that were made at once stand here until the centre has said which.
    'CREATE INDEX patient_account_email ON patient_account (email)',
    `CREATE TABLE patient_account_link (
      id TEXT PRIMARY KEY NOT NULL,
      account_id TEXT NOT NULL,
      ${toPatient},
      relationship TEXT NOT NULL,
      status TEXT NOT NULL,
      account_name TEXT NOT NULL,
      account_email TEXT NOT NULL,
      note TEXT,
      code_id TEXT,
      requested_at TEXT NOT NULL,
      decided_at TEXT,
      decided_by TEXT,
      decision_reason TEXT,
      ${kept}
    ) STRICT`,
    'CREATE INDEX patient_account_link_patient ON patient_account_link (patient_id)',
    'CREATE INDEX patient_account_link_account ON patient_account_link (account_id)',
    "CREATE INDEX patient_account_link_requested ON patient_account_link (requested_at) WHERE status = 'requested'",
    `CREATE TABLE patient_link_code (
      id TEXT PRIMARY KEY NOT NULL,
      ${toPatient},
      code_hash TEXT NOT NULL,
      until_at TEXT NOT NULL,
      used_at TEXT,
      used_by TEXT,
      created_at TEXT NOT NULL,
      created_by TEXT,
      voided_at TEXT,
      voided_by TEXT,
      void_reason TEXT,
      ${kept}
    ) STRICT`,
    'CREATE INDEX patient_link_code_patient ON patient_link_code (patient_id)',
    'CREATE INDEX patient_link_code_hash ON patient_link_code (code_hash)',
    `CREATE TABLE calendar_feed (
      id TEXT PRIMARY KEY NOT NULL,
      account_id TEXT NOT NULL,
      token_hash TEXT NOT NULL,
      created_at TEXT NOT NULL,
      revoked_at TEXT,
      ${kept}
    ) STRICT`,
    'CREATE INDEX calendar_feed_account ON calendar_feed (account_id)',
    'CREATE INDEX calendar_feed_token ON calendar_feed (token_hash)',
  ],
};
