import type { LocalMigration } from './migration.ts';

const written = `created_at TEXT NOT NULL,
      created_by TEXT`;
const voids = `${written},
      voided_at TEXT,
      voided_by TEXT,
      void_reason TEXT,
      row_version INTEGER NOT NULL DEFAULT 0`;
const names = (table: string) => `REFERENCES ${table} (id) DEFERRABLE INITIALLY DEFERRED`;

/** What more is known of a person, series, the waiting list and slots about to be booked: version 4 of the catalogue. */
export const peopleAndPlans: LocalMigration = {
  number: 200,
  name: 'people_and_plans',
  statements: [
    `CREATE TABLE patient_telecom (
      id TEXT PRIMARY KEY NOT NULL,
      patient_id TEXT NOT NULL ${names('patient')},
      system TEXT NOT NULL,
      value TEXT NOT NULL,
      "use" TEXT,
      note TEXT,
      ${voids}
    ) STRICT`,
    `CREATE TABLE patient_identifier (
      id TEXT PRIMARY KEY NOT NULL,
      patient_id TEXT NOT NULL ${names('patient')},
      type TEXT NOT NULL,
      value TEXT NOT NULL,
      issuer TEXT,
      ${voids}
    ) STRICT`,
    `CREATE TABLE coverage (
      id TEXT PRIMARY KEY NOT NULL,
      patient_id TEXT NOT NULL ${names('patient')},
      payer TEXT NOT NULL,
      plan TEXT,
      subscriber_id TEXT,
      relationship TEXT,
      start_date TEXT,
      end_date TEXT,
      ${voids}
    ) STRICT`,
    `CREATE TABLE consent (
      id TEXT PRIMARY KEY NOT NULL,
      patient_id TEXT NOT NULL ${names('patient')},
      category TEXT NOT NULL,
      provision TEXT NOT NULL,
      note TEXT,
      recorded_at TEXT NOT NULL,
      recorded_by TEXT,
      row_version INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    `CREATE TABLE patient_photo (
      id TEXT PRIMARY KEY NOT NULL,
      patient_id TEXT NOT NULL ${names('patient')},
      content_type TEXT NOT NULL,
      data TEXT NOT NULL,
      ${voids}
    ) STRICT`,
    `CREATE TABLE appointment_series (
      id TEXT PRIMARY KEY NOT NULL,
      patient_id TEXT NOT NULL ${names('patient')},
      rule TEXT NOT NULL,
      start_local TEXT NOT NULL,
      time_zone TEXT NOT NULL,
      ${voids}
    ) STRICT`,
    `CREATE TABLE waitlist_entry (
      id TEXT PRIMARY KEY NOT NULL,
      patient_id TEXT NOT NULL ${names('patient')},
      practitioner_id TEXT ${names('practitioner')},
      speciality TEXT,
      location_id TEXT ${names('location')},
      visit_type_id TEXT ${names('visit_type')},
      minutes INTEGER NOT NULL,
      start_date TEXT NOT NULL,
      end_date TEXT,
      start_time TEXT,
      end_time TEXT,
      weekdays TEXT,
      priority TEXT NOT NULL,
      note TEXT,
      status TEXT NOT NULL,
      offered_practitioner_id TEXT ${names('practitioner')},
      offered_location_id TEXT ${names('location')},
      offered_start_at TEXT,
      offered_at TEXT,
      offered_until TEXT,
      appointment_id TEXT ${names('appointment')},
      close_reason TEXT,
      ${written},
      row_version INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    `CREATE TABLE slot_hold (
      id TEXT PRIMARY KEY NOT NULL,
      device TEXT NOT NULL,
      device_name TEXT,
      account_id TEXT,
      practitioner_id TEXT ${names('practitioner')},
      location_id TEXT ${names('location')},
      start_at TEXT,
      end_at TEXT,
      expires_at TEXT NOT NULL,
      row_version INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    'CREATE INDEX patient_telecom_patient ON patient_telecom (patient_id)',
    'CREATE INDEX patient_telecom_value ON patient_telecom (value)',
    'CREATE INDEX patient_identifier_patient ON patient_identifier (patient_id)',
    'CREATE INDEX patient_identifier_value ON patient_identifier (value)',
    'CREATE INDEX coverage_patient ON coverage (patient_id)',
    'CREATE INDEX consent_patient ON consent (patient_id)',
    'CREATE INDEX patient_photo_patient ON patient_photo (patient_id)',
    'CREATE INDEX appointment_series_patient ON appointment_series (patient_id)',
    'CREATE INDEX waitlist_entry_patient ON waitlist_entry (patient_id)',
    'CREATE INDEX waitlist_entry_open ON waitlist_entry (status, created_at)',
    'CREATE INDEX waitlist_entry_appointment ON waitlist_entry (appointment_id) WHERE appointment_id IS NOT NULL',
    'ALTER TABLE patient ADD COLUMN language TEXT',
    'ALTER TABLE patient ADD COLUMN contact_relation TEXT',
    'ALTER TABLE visit_type ADD COLUMN lead_minutes INTEGER',
    'ALTER TABLE visit_type ADD COLUMN horizon_days INTEGER',
    `ALTER TABLE appointment ADD COLUMN series_id TEXT ${names('appointment_series')}`,
    'ALTER TABLE appointment ADD COLUMN patient_status TEXT',
    'ALTER TABLE appointment ADD COLUMN previous_start_at TEXT',
    'CREATE INDEX appointment_series_of ON appointment (series_id) WHERE series_id IS NOT NULL',
    'CREATE INDEX appointment_to_confirm ON appointment (start_at) WHERE patient_status IS NOT NULL',
  ],
};
