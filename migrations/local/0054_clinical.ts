import type { LocalMigration } from './migration.ts';

const voids = `voided_at TEXT,
      voided_by TEXT,
      void_reason TEXT,
      row_version INTEGER NOT NULL DEFAULT 0`;
const patient = 'patient_id TEXT NOT NULL REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED';

/** Merged patients, and the first clinical tables, as `src/shared/sync/catalogue.ts` describes them. */
export const clinical: LocalMigration = {
  number: 54,
  name: 'clinical',
  statements: [
    'ALTER TABLE patient ADD COLUMN merged_into TEXT REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED',
    'CREATE INDEX patient_merged_into ON patient (merged_into) WHERE merged_into IS NOT NULL',
    `CREATE TABLE allergy_intolerance (
      id TEXT PRIMARY KEY NOT NULL,
      ${patient},
      substance TEXT NOT NULL,
      clinical_status TEXT NOT NULL,
      verification_status TEXT NOT NULL,
      criticality TEXT,
      note TEXT,
      recorded_by TEXT,
      recorded_at TEXT NOT NULL,
      ${voids}
    ) STRICT`,
    `CREATE TABLE observation (
      id TEXT PRIMARY KEY NOT NULL,
      ${patient},
      code TEXT NOT NULL,
      value TEXT,
      unit TEXT,
      status TEXT NOT NULL,
      effective_at TEXT NOT NULL,
      recorded_by TEXT,
      recorded_at TEXT NOT NULL,
      corrects TEXT REFERENCES observation (id) DEFERRABLE INITIALLY DEFERRED,
      note TEXT,
      row_version INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    `CREATE TABLE composition (
      id TEXT PRIMARY KEY NOT NULL,
      ${patient},
      parent_id TEXT REFERENCES composition (id) DEFERRABLE INITIALLY DEFERRED,
      title TEXT NOT NULL,
      body TEXT NOT NULL,
      status TEXT NOT NULL,
      author_id TEXT REFERENCES practitioner (id) DEFERRABLE INITIALLY DEFERRED,
      signed_at TEXT,
      created_at TEXT NOT NULL,
      created_by TEXT,
      ${voids}
    ) STRICT`,
    `CREATE TABLE medication_request (
      id TEXT PRIMARY KEY NOT NULL,
      ${patient},
      parent_id TEXT REFERENCES medication_request (id) DEFERRABLE INITIALLY DEFERRED,
      medication TEXT NOT NULL,
      dosage TEXT NOT NULL,
      status TEXT NOT NULL,
      requester_id TEXT REFERENCES practitioner (id) DEFERRABLE INITIALLY DEFERRED,
      signed_at TEXT,
      created_at TEXT NOT NULL,
      created_by TEXT,
      ${voids}
    ) STRICT`,
    `CREATE TABLE preference (
      id TEXT PRIMARY KEY NOT NULL,
      account_id TEXT NOT NULL REFERENCES staff_account (id) DEFERRABLE INITIALLY DEFERRED,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      row_version INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    `CREATE TABLE invoice (
      id TEXT PRIMARY KEY NOT NULL,
      ${patient},
      series TEXT NOT NULL,
      provisional_number TEXT NOT NULL,
      fiscal_number INTEGER,
      status TEXT NOT NULL,
      currency TEXT NOT NULL,
      total INTEGER NOT NULL,
      issued_at TEXT,
      created_at TEXT NOT NULL,
      created_by TEXT,
      row_version INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    'CREATE INDEX allergy_intolerance_patient ON allergy_intolerance (patient_id)',
    'CREATE INDEX observation_patient ON observation (patient_id, code, effective_at)',
    'CREATE INDEX observation_corrects ON observation (corrects) WHERE corrects IS NOT NULL',
    'CREATE INDEX composition_patient ON composition (patient_id)',
    'CREATE INDEX composition_parent ON composition (parent_id) WHERE parent_id IS NOT NULL',
    'CREATE INDEX medication_request_patient ON medication_request (patient_id)',
    'CREATE INDEX medication_request_parent ON medication_request (parent_id) WHERE parent_id IS NOT NULL',
    'CREATE INDEX preference_account ON preference (account_id, key)',
    'CREATE INDEX invoice_patient ON invoice (patient_id)',
  ],
};
