import type { LocalMigration } from './migration.ts';

/** More than one speciality, the sites somebody works at, and what is charged: version 6 of the catalogue. */
export const practice: LocalMigration = {
  number: 346,
  name: 'practice',
  statements: [
    `CREATE TABLE practitioner_specialty (
      id TEXT PRIMARY KEY NOT NULL,
      practitioner_id TEXT NOT NULL REFERENCES practitioner (id) DEFERRABLE INITIALLY DEFERRED,
      specialty TEXT NOT NULL,
      active INTEGER NOT NULL,
      row_version INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    'CREATE INDEX practitioner_specialty_practitioner ON practitioner_specialty (practitioner_id, specialty) WHERE active = 1',
    `CREATE TABLE practitioner_location (
      id TEXT PRIMARY KEY NOT NULL,
      practitioner_id TEXT NOT NULL REFERENCES practitioner (id) DEFERRABLE INITIALLY DEFERRED,
      location_id TEXT NOT NULL REFERENCES location (id) DEFERRABLE INITIALLY DEFERRED,
      active INTEGER NOT NULL,
      row_version INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    'CREATE INDEX practitioner_location_practitioner ON practitioner_location (practitioner_id)',
    'CREATE INDEX practitioner_location_location ON practitioner_location (location_id)',
    `CREATE TABLE charge_item_definition (
      id TEXT PRIMARY KEY NOT NULL,
      code TEXT NOT NULL,
      title TEXT NOT NULL,
      visit_type_id TEXT REFERENCES visit_type (id) DEFERRABLE INITIALLY DEFERRED,
      active INTEGER NOT NULL,
      row_version INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    'CREATE INDEX charge_item_definition_visit_type ON charge_item_definition (visit_type_id) WHERE visit_type_id IS NOT NULL',
    `CREATE TABLE charge_item_price (
      id TEXT PRIMARY KEY NOT NULL,
      definition_id TEXT NOT NULL REFERENCES charge_item_definition (id) DEFERRABLE INITIALLY DEFERRED,
      location_id TEXT REFERENCES location (id) DEFERRABLE INITIALLY DEFERRED,
      valid_from TEXT NOT NULL,
      amount INTEGER,
      currency TEXT NOT NULL,
      row_version INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    'CREATE INDEX charge_item_price_definition ON charge_item_price (definition_id, valid_from)',
    'CREATE INDEX charge_item_price_location ON charge_item_price (location_id) WHERE location_id IS NOT NULL',
  ],
};
