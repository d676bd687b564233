import type { LocalMigration } from './migration.ts';

/** A medicine is found while its name is typed, whatever case the formulary writes it in. */
export const medicineName: LocalMigration = {
  number: 260,
  name: 'medicine_name',
  statements: ['CREATE INDEX medicine_name_lower ON medicine (lower(name))'],
};
