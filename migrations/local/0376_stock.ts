import type { LocalMigration } from './migration.ts';

const kept = 'row_version INTEGER NOT NULL DEFAULT 0';
const to = (table: string) => `REFERENCES ${table} (id) DEFERRABLE INITIALLY DEFERRED`;

/** The stock room: version 8 of the catalogue. */
export const stock: LocalMigration = {
  number: 376,
  name: 'stock',
  statements: [
    `CREATE TABLE stock_item (
      id TEXT PRIMARY KEY NOT NULL,
      title TEXT NOT NULL,
      unit TEXT NOT NULL,
      medicine_id TEXT ${to('medicine')},
      active INTEGER NOT NULL,
      ${kept}
    ) STRICT`,
    'CREATE INDEX stock_item_medicine ON stock_item (medicine_id) WHERE medicine_id IS NOT NULL',
    `CREATE TABLE stock_level (
      id TEXT PRIMARY KEY NOT NULL,
      item_id TEXT NOT NULL ${to('stock_item')},
      location_id TEXT NOT NULL ${to('location')},
      minimum INTEGER,
      fill_to INTEGER,
      ${kept}
    ) STRICT`,
    'CREATE INDEX stock_level_item ON stock_level (item_id)',
    'CREATE INDEX stock_level_location ON stock_level (location_id)',
    `CREATE TABLE stock_batch (
      id TEXT PRIMARY KEY NOT NULL,
      item_id TEXT NOT NULL ${to('stock_item')},
      lot TEXT NOT NULL,
      expiry_date TEXT,
      ${kept}
    ) STRICT`,
    'CREATE INDEX stock_batch_item ON stock_batch (item_id)',
    `CREATE TABLE stock_recall (
      id TEXT PRIMARY KEY NOT NULL,
      batch_id TEXT NOT NULL ${to('stock_batch')},
      recalled INTEGER NOT NULL,
      reason TEXT NOT NULL,
      recorded_at TEXT NOT NULL,
      recorded_by TEXT,
      ${kept}
    ) STRICT`,
    'CREATE INDEX stock_recall_batch ON stock_recall (batch_id)',
    `CREATE TABLE stock_movement (
      id TEXT PRIMARY KEY NOT NULL,
      kind TEXT NOT NULL,
      batch_id TEXT NOT NULL ${to('stock_batch')},
      location_id TEXT NOT NULL ${to('location')},
      delta INTEGER NOT NULL,
      held INTEGER NOT NULL,
      transfer_id TEXT,
      dispense_id TEXT,
      reason TEXT,
      reference TEXT,
      counted INTEGER,
      expected INTEGER,
      cost INTEGER,
      cost_units INTEGER,
      currency TEXT,
      corrects TEXT ${to('stock_movement')},
      recorded_at TEXT NOT NULL,
      recorded_by TEXT,
      ${kept}
    ) STRICT`,
    // Covers the sums: what is in a store is read from the index alone.
    'CREATE INDEX stock_movement_location ON stock_movement (location_id, batch_id, delta, held)',
    // What the centre has not seen yet: a store shows it.
    'CREATE INDEX stock_movement_waiting ON stock_movement (location_id, batch_id) WHERE row_version = 0',
    'CREATE INDEX stock_movement_batch ON stock_movement (batch_id, location_id, recorded_at, id)',
    'CREATE INDEX stock_movement_corrects ON stock_movement (corrects) WHERE corrects IS NOT NULL',
    'CREATE INDEX stock_movement_transfer ON stock_movement (transfer_id) WHERE transfer_id IS NOT NULL',
    'CREATE INDEX stock_movement_dispense ON stock_movement (dispense_id) WHERE dispense_id IS NOT NULL',
  ],
};
