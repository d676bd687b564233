import type { LocalMigration } from './migration.ts';

// Everything but what voids a version and the number under which the centre knows it. A later column needs the trigger anew.
const composition = [
  ...['id', 'patient_id', 'parent_id', 'title', 'body', 'status', 'author_id', 'signed_at', 'created_at'],
  ...['created_by', 'encounter_id', 'type', 'appends_id', 'reason', 'supervisor_id', 'source'],
];
const medicationRequest = [
  ...[
    'id',
    'patient_id',
    'parent_id',
    'medication',
    'dosage',
    'status',
    'requester_id',
    'signed_at',
    'created_at',
  ],
  ...[
    'created_by',
    'encounter_id',
    'medicine_id',
    'ingredients',
    'form',
    'strength',
    'dose_value',
    'dose_unit',
    'route',
  ],
  ...[
    'frequency',
    'as_needed',
    'as_needed_for',
    'max_per_day',
    'duration_value',
    'duration_unit',
    'quantity',
  ],
  ...[
    'quantity_unit',
    'quantity_computed',
    'repeats',
    'indication',
    'condition_id',
    'note',
    'start_date',
    'end_date',
  ],
  ...['status_reason', 'renews_id', 'checked', 'number', 'source'],
];

const guards = (table: string, columns: readonly string[]): readonly string[] => [
  `CREATE TRIGGER ${table}_never_changes BEFORE UPDATE ON ${table}
    WHEN (${columns.map((name) => `NEW."${name}" IS NOT OLD."${name}"`).join(' OR ')})
      AND NOT EXISTS (SELECT 1 FROM replica_write)
    BEGIN SELECT RAISE(ABORT, 'a version of ${table} never changes: a correction is a new one'); END`,
  // INSERT OR REPLACE takes the row away that is in its place without asking the trigger below.
  `CREATE TRIGGER ${table}_never_replaced BEFORE INSERT ON ${table}
    WHEN EXISTS (SELECT 1 FROM ${table} WHERE id = NEW.id) AND NOT EXISTS (SELECT 1 FROM replica_write)
    BEGIN SELECT RAISE(ABORT, 'a version of ${table} never changes: a correction is a new one'); END`,
  `CREATE TRIGGER ${table}_never_goes BEFORE DELETE ON ${table} WHEN NOT EXISTS (SELECT 1 FROM replica_write)
    BEGIN SELECT RAISE(ABORT, 'rows of ${table} are voided, never deleted'); END`,
];

/** A signed note or prescription is what was signed, for every statement on this file: only the synchronisation brings and takes it. */
export const signed: LocalMigration = {
  number: 232,
  name: 'signed',
  statements: [
    // Has its row while the synchronisation writes, within its transaction, and never at rest.
    'CREATE TABLE replica_write (one INTEGER PRIMARY KEY NOT NULL CHECK (one = 1)) STRICT',
    ...guards('composition', composition),
    ...guards('medication_request', medicationRequest),
    `CREATE INDEX composition_begun ON composition (patient_id, created_at, id)
      WHERE parent_id IS NULL AND appends_id IS NULL`,
    'CREATE INDEX composition_appends ON composition (appends_id) WHERE appends_id IS NOT NULL',
    'CREATE INDEX composition_supervisor ON composition (supervisor_id) WHERE supervisor_id IS NOT NULL',
  ],
};
