import type { LocalMigration } from './migration.ts';

const voids = `voided_at TEXT,
      voided_by TEXT,
      void_reason TEXT,
      row_version INTEGER NOT NULL DEFAULT 0`;
const names = (table: string) => `REFERENCES ${table} (id) DEFERRABLE INITIALLY DEFERRED`;

/** Kinds of visits, exceptions to the weekly schedule, the course of a visit, and who are two persons: version 3 of the catalogue. */
export const frontDesk: LocalMigration = {
  number: 190,
  name: 'front_desk',
  statements: [
    `CREATE TABLE visit_type (
      id TEXT PRIMARY KEY NOT NULL,
      name TEXT NOT NULL,
      minutes INTEGER NOT NULL,
      buffer_before INTEGER NOT NULL,
      buffer_after INTEGER NOT NULL,
      colour TEXT,
      daily_cap INTEGER,
      staff_only INTEGER NOT NULL,
      needs_room INTEGER NOT NULL,
      active INTEGER NOT NULL,
      row_version INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    `CREATE TABLE schedule_exception (
      id TEXT PRIMARY KEY NOT NULL,
      kind TEXT NOT NULL,
      practitioner_id TEXT ${names('practitioner')},
      location_id TEXT ${names('location')},
      start_date TEXT NOT NULL,
      end_date TEXT NOT NULL,
      start_time TEXT,
      end_time TEXT,
      name TEXT NOT NULL,
      created_at TEXT NOT NULL,
      created_by TEXT,
      ${voids}
    ) STRICT`,
    `CREATE TABLE patient_link (
      id TEXT PRIMARY KEY NOT NULL,
      patient_id TEXT NOT NULL ${names('patient')},
      other_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      created_at TEXT NOT NULL,
      created_by TEXT,
      ${voids}
    ) STRICT`,
    'CREATE INDEX schedule_exception_days ON schedule_exception (end_date, start_date)',
    'CREATE INDEX patient_link_patient ON patient_link (patient_id)',
    'ALTER TABLE schedule ADD COLUMN interval_weeks INTEGER',
    `ALTER TABLE appointment ADD COLUMN visit_type_id TEXT ${names('visit_type')}`,
    'ALTER TABLE appointment ADD COLUMN overbook_reason TEXT',
    'ALTER TABLE appointment ADD COLUMN walk_in INTEGER',
    'ALTER TABLE appointment ADD COLUMN ticket TEXT',
    'ALTER TABLE appointment ADD COLUMN priority TEXT',
    'ALTER TABLE appointment ADD COLUMN stage TEXT',
    'ALTER TABLE appointment ADD COLUMN stage_at TEXT',
    'ALTER TABLE appointment ADD COLUMN arrived_at TEXT',
    'ALTER TABLE appointment ADD COLUMN called_at TEXT',
    'CREATE INDEX appointment_visit_type ON appointment (visit_type_id) WHERE visit_type_id IS NOT NULL',
  ],
};
