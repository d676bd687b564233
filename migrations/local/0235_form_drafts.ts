import type { LocalMigration } from './migration.ts';

/** What is typed into the forms of a chart before it is saved. It is this workstation's alone and reaches no other. */
export const formDrafts: LocalMigration = {
  number: 235,
  name: 'form_drafts',
  statements: [
    // No foreign keys: it outlives a chart that leaves this workstation, and a copy that is fetched anew. '' for no subject.
    `CREATE TABLE form_draft (
      id TEXT PRIMARY KEY NOT NULL,
      account_id TEXT NOT NULL,
      patient_id TEXT NOT NULL,
      form TEXT NOT NULL,
      subject TEXT NOT NULL,
      fields TEXT NOT NULL,
      saved_at TEXT NOT NULL,
      UNIQUE (account_id, patient_id, form, subject)
    ) STRICT`,
    'CREATE INDEX form_draft_age ON form_draft (saved_at)',
  ],
};
