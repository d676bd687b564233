import type { LocalMigration } from './migration.ts';

// As in 0232_signed: everything but what voids a version and the number under which the centre knows it.
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
  ...['changes', 'replaced', 'goes'].map((what) => `DROP TRIGGER IF EXISTS ${table}_never_${what}`),
  `CREATE TRIGGER ${table}_never_changes BEFORE UPDATE ON ${table}
    WHEN (${columns.map((name) => `NEW."${name}" IS NOT OLD."${name}"`).join(' OR ')})
      AND NOT replica_writes()
    BEGIN SELECT RAISE(ABORT, 'a version of ${table} never changes: a correction is a new one'); END`,
  // INSERT OR REPLACE takes the row away that is in its place without asking the trigger below.
  `CREATE TRIGGER ${table}_never_replaced BEFORE INSERT ON ${table}
    WHEN EXISTS (SELECT 1 FROM ${table} WHERE id = NEW.id) AND NOT replica_writes()
    BEGIN SELECT RAISE(ABORT, 'a version of ${table} never changes: a correction is a new one'); END`,
  `CREATE TRIGGER ${table}_never_goes BEFORE DELETE ON ${table} WHEN NOT replica_writes()
    BEGIN SELECT RAISE(ABORT, 'rows of ${table} are voided, never deleted'); END`,
];

/**
 * Whether the synchronisation writes is asked of the connection, by a function it has, where 0232_signed had a row written and taken
 * away in every transaction of a pull.
 */
export const replicaWrites: LocalMigration = {
  number: 285,
  name: 'replica_writes',
  statements: [
    // A first copy that goes on has put the old ones aside.
    `DELETE FROM deferred_schema WHERE name LIKE '%\\_never\\_%' ESCAPE '\\'`,
    ...guards('composition', composition),
    ...guards('medication_request', medicationRequest),
    'DROP TABLE replica_write',
  ],
};
