import type pg from 'pg';
import { centralMigrations } from '#migrations/central/migrations.ts';
import { CentreAdminError } from './admin-error.ts';

/**
 * Makes sure that the database is a centre of this very version. Throws a {@link CentreAdminError}: `not-migrated` when it is
 * none or an older one, `from-the-future` when it is a newer one.
 */
export const requireMigrated = async (client: pg.ClientBase): Promise<void> => {
  const there = await client.query<{ t: string | null }>(
    `select to_regclass('clinichub.schema_migration')::text as t`,
  );
  if (there.rows[0]?.t == null)
    throw new CentreAdminError(
      'not-migrated',
      'This database is no centre yet: run the migrate command first.',
    );
  const { rows } = await client.query<{ name: string }>('select name from clinichub.schema_migration');
  const known = new Set(centralMigrations.map(({ name }) => name));
  if (rows.some(({ name }) => !known.has(name)))
    throw new CentreAdminError(
      'from-the-future',
      'This centre was set up by a newer version of ClinicHub. Update this installation first.',
    );
  if (rows.length < known.size)
    throw new CentreAdminError(
      'not-migrated',
      'This centre is not up to date: run the migrate command first.',
    );
};
