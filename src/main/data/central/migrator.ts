import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { type CentralMigration, centralMigrations } from '#migrations/central/migrations.ts';
import { explainRefusal, withAdmin } from './admin-connection.ts';
import { CentreAdminError } from './admin-error.ts';
import { readServerFacts, requirementProblem } from './requirements.ts';

/** Any number that nobody else uses as an advisory lock: the letters ClinicHb. */
const lock = 0x436c696e69634862n;

/** What {@link migrateCentre} did: the names of the steps it took, in order; empty when there was nothing to do. */
export interface MigrationReport {
  readonly applied: readonly string[];
}

const appliedNames = async (db: Kysely<unknown>): Promise<ReadonlySet<string>> => {
  const there = await sql<{ table: string | null }>`
    select to_regclass('clinichub.schema_migration')::text as "table"`.execute(db);
  if (there.rows[0]?.table == null) return new Set();
  const { rows } = await sql<{ name: string }>`select name from clinichub.schema_migration`.execute(db);
  return new Set(rows.map((row) => row.name));
};

const refuseFuture = (applied: ReadonlySet<string>, known: readonly CentralMigration[]): void => {
  const names = new Set(known.map((migration) => migration.name));
  const unknown = [...applied].filter((name) => !names.has(name)).sort();
  if (unknown.length > 0)
    throw new CentreAdminError(
      'from-the-future',
      `This centre was set up by a newer version of ClinicHub (it has ${unknown.join(', ')}). Update this installation first; nothing was changed.`,
    );
};

/** Takes the first step that is missing. The lock makes a second migrator wait and then see the step as taken. */
const takeStep = async (
  trx: Transaction<unknown>,
  known: readonly CentralMigration[],
): Promise<string | null> => {
  await sql`select pg_advisory_xact_lock(${lock.toString()}::bigint)`.execute(trx);
  const applied = await appliedNames(trx);
  refuseFuture(applied, known);
  const next = known.find((migration) => !applied.has(migration.name));
  if (next === undefined) return null;
  await next.up(trx);
  await sql`insert into clinichub.schema_migration (name) values (${next.name})`.execute(trx);
  return next.name;
};

/**
 * Brings the centre at `url` up to date. Each step is one transaction together with its bookkeeping, so a kill leaves a
 * step taken or not. Two at the same time take turns. Throws a {@link CentreAdminError} when the server or the login will not do, or when
 * the database was made by a newer version.
 */
export const migrateCentre = async (
  url: string,
  known: readonly CentralMigration[] = centralMigrations,
): Promise<MigrationReport> => {
  const config = await withAdmin(url, async (client, sameServer) => {
    const problem = requirementProblem(await readServerFacts(client));
    if (problem !== null) throw problem;
    return sameServer;
  });
  const pool = new pg.Pool({ ...config, max: 1 });
  pool.on('error', () => undefined);
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const applied: string[] = [];
  try {
    for (;;) {
      const step = await db.transaction().execute((trx) => takeStep(trx, known));
      if (step === null) return { applied };
      applied.push(step);
    }
  } catch (error) {
    throw explainRefusal(error);
  } finally {
    await db.destroy();
  }
};
