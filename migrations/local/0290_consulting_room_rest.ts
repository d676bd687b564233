import type { LocalMigration } from './migration.ts';

const names = (table: string) => `REFERENCES ${table} (id) DEFERRABLE INITIALLY DEFERRED`;

/** When a prescription was put on paper: version 6 of the catalogue. */
export const consultingRoomRest: LocalMigration = {
  number: 290,
  name: 'consulting_room_rest',
  statements: [
    `CREATE TABLE prescription_print (
      id TEXT PRIMARY KEY NOT NULL,
      patient_id TEXT NOT NULL ${names('patient')},
      medication_request_id TEXT NOT NULL ${names('medication_request')},
      printed_at TEXT NOT NULL,
      corrects TEXT ${names('prescription_print')},
      recorded_by TEXT,
      row_version INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    'CREATE INDEX prescription_print_patient ON prescription_print (patient_id)',
    'CREATE INDEX prescription_print_medication_request ON prescription_print (medication_request_id)',
  ],
};
