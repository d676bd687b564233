import type { LocalMigration } from './migration.ts';

/** Finding the data set in use and what was overridden, without reading whole tables. */
export const safety: LocalMigration = {
  number: 250,
  name: 'safety',
  statements: [
    'CREATE INDEX safety_dataset_status ON safety_dataset (status, imported_at, id)',
    `CREATE INDEX detected_issue_overridden ON detected_issue (recorded_at, id) WHERE outcome = 'overridden'`,
  ],
};
