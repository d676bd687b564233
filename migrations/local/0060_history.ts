import type { LocalMigration } from './migration.ts';

/**
 * Where the copy of the older rows is: which table comes next and after which id; no table when all are here. A
 * database from before this step was copied whole.
 */
export const history: LocalMigration = {
  number: 60,
  name: 'history',
  statements: [
    'ALTER TABLE sync_state ADD COLUMN history_table TEXT',
    'ALTER TABLE sync_state ADD COLUMN history_after TEXT',
    'ALTER TABLE sync_state ADD COLUMN history_rows INTEGER NOT NULL DEFAULT 0',
  ],
};
