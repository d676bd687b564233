import type { LocalMigration } from './migration.ts';

/** Claims are shown the latest first, and a remittance names them by number. */
export const claims: LocalMigration = {
  number: 383,
  name: 'claims',
  statements: [
    'CREATE INDEX claim_created ON claim (created_at, id)',
    'CREATE INDEX claim_number ON claim (number)',
  ],
};
