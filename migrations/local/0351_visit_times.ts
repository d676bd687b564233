import type { LocalMigration } from './migration.ts';

/** When a visit was taken by a nurse and when it ended. */
export const visitTimes: LocalMigration = {
  number: 351,
  name: 'visit_times',
  statements: [
    'ALTER TABLE appointment ADD COLUMN nurse_at TEXT',
    'ALTER TABLE appointment ADD COLUMN left_at TEXT',
  ],
};
