import type { LocalMigration } from './migration.ts';

/** What more there is to say of an event of the audit trail, and the order it is shown in while the centre is out of reach. */
export const audit: LocalMigration = {
  number: 325,
  name: 'audit',
  statements: [
    'ALTER TABLE audit_event ADD COLUMN detail TEXT',
    'CREATE INDEX audit_event_recorded_at ON audit_event (recorded_at)',
  ],
};
