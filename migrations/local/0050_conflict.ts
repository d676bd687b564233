import type { LocalMigration } from './migration.ts';

/** What lost in a conflict, here to be looked at: the synced table `conflict` of `src/shared/sync/catalogue.ts`. */
export const conflict: LocalMigration = {
  number: 50,
  name: 'conflict',
  statements: [
    `CREATE TABLE conflict (
      id TEXT PRIMARY KEY NOT NULL,
      kind TEXT NOT NULL,
      tbl TEXT NOT NULL,
      row_id TEXT NOT NULL,
      patient_id TEXT REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED,
      reason TEXT NOT NULL,
      attempted TEXT NOT NULL,
      attempted_by TEXT,
      attempted_at TEXT NOT NULL,
      attempted_device TEXT,
      attempted_device_name TEXT,
      kept TEXT NOT NULL,
      kept_by TEXT,
      kept_at TEXT,
      kept_device TEXT,
      kept_device_name TEXT,
      status TEXT NOT NULL,
      resolution TEXT,
      created_at TEXT NOT NULL,
      resolved_at TEXT,
      resolved_by TEXT,
      row_version INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    'CREATE INDEX conflict_status ON conflict (status, created_at)',
    'CREATE INDEX conflict_row ON conflict (row_id)',
    'CREATE INDEX conflict_patient ON conflict (patient_id) WHERE patient_id IS NOT NULL',
  ],
};
