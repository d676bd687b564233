import type { LocalMigration } from './migration.ts';

/** What is charged of a visit of no kind is looked for with every such check-in. */
export const chargeCategory: LocalMigration = {
  number: 380,
  name: 'charge_category',
  statements: [
    'CREATE INDEX charge_item_definition_category ON charge_item_definition (category) WHERE visit_type_id IS NULL',
  ],
};
