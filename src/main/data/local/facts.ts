import type { Database } from 'better-sqlite3';
import { notUnderstood, type WrittenSetting } from '#shared/domain/settings/written.ts';
import { tableNames } from '#shared/sync/catalogue.ts';
import { connect } from './connect.ts';
import { type Disk, realDisk } from './disk.ts';
import { databaseFile, mirrorFile, quarantineFolder } from './files.ts';
import { isReady } from './state.ts';
import { createStatements, type Statements } from './statements.ts';

/** What can be said of a workstation's database without a value of any row. */
export interface LocalFacts {
  readonly sqlite: string;
  /** The number of the newest local migration that has run. */
  readonly migration: number;
  readonly ready: boolean;
  readonly phase: string;
  readonly epoch: string | null;
  readonly deviceId: string | null;
  readonly deviceNo: number | null;
  readonly scope: string | null;
  /** Sizes in bytes, of files that are there. */
  readonly bytes: Readonly<Record<'database' | 'log' | 'mirror', number | null>>;
  /** Databases that were put aside as damaged. */
  readonly quarantined: number;
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Settings of the clinic that this version cannot read, by key, and how many it does not know at all: what is usual counts instead. */
  readonly settings: { readonly unreadable: readonly string[]; readonly unknown: number };
  /** Mutations by state. */
  readonly outbox: Readonly<Record<string, number>>;
  /** E-mails of this host: `waiting`, and of those that failed how many for which reason. */
  readonly mail: Readonly<Record<string, number>>;
  /** `ok`, or what SQLite found: names of tables and indexes, and numbers. */
  readonly integrity: readonly string[];
}

const countOf = ({ get }: Statements, table: string): number =>
  get<{ n: number }>(`SELECT count(*) AS n FROM "${table}"`)?.n ?? 0;

/** SQLite's look through the file, at most twenty findings; one that cannot be made is itself a finding. */
const integrityOf = (db: Database): readonly string[] => {
  try {
    return (db.pragma('quick_check(20)') as readonly { readonly quick_check: string }[]).map(
      ({ quick_check }) => quick_check,
    );
  } catch (error) {
    return [error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'];
  }
};

const sizesOf = (disk: Disk, folder: string): LocalFacts['bytes'] => {
  const size = (file: string) => (disk.exists(file) ? disk.size(file) : null);
  const database = databaseFile(folder);
  return { database: size(database), log: size(`${database}-wal`), mirror: size(mirrorFile(folder)) };
};

/** The facts of an open database. It is read page by page: about half a second for 200,000 patients. */
export const localFacts = (
  db: Database,
  statements: Statements,
  folder: string,
  disk: Disk = realDisk,
): LocalFacts => {
  const { get, all } = statements;
  const state = get<{
    readonly phase: string;
    readonly epoch: string | null;
    readonly device_id: string | null;
    readonly device_no: number | null;
    readonly scope: string | null;
  }>('SELECT phase, epoch, device_id, device_no, scope FROM sync_state');
  const outbox = all<{ status: string; n: number }>(
    'SELECT status, count(*) AS n FROM outbox GROUP BY status',
  );
  const mail = all<{ state: string; n: number }>(
    `SELECT coalesce(failure, 'waiting') AS state, count(*) AS n FROM outgoing_mail GROUP BY failure`,
  );
  return {
    sqlite: get<{ version: string }>('SELECT sqlite_version() AS version')?.version ?? '',
    migration: db.pragma('user_version', { simple: true }) as number,
    ready: isReady(statements),
    phase: state?.phase ?? 'empty',
    epoch: state?.epoch ?? null,
    deviceId: state?.device_id ?? null,
    deviceNo: state?.device_no ?? null,
    scope: state?.scope ?? null,
    bytes: sizesOf(disk, folder),
    quarantined: disk.list(quarantineFolder(folder)).length,
    rows: Object.fromEntries(tableNames.map((table) => [table, countOf(statements, table)])),
    settings: notUnderstood(all<WrittenSetting>('SELECT key, location_id, value FROM setting')),
    outbox: Object.fromEntries(outbox.map(({ status, n }) => [status, n])),
    mail: Object.fromEntries(mail.map(({ state, n }) => [state, n])),
    integrity: integrityOf(db),
  };
};

/**
 * The facts of the database in a folder, beside a workstation that may be using it; null when there is none. Throws as
 * `openLocal` does.
 */
export const factsOfFolder = (folder: string, key: Buffer): LocalFacts | null => {
  if (!realDisk.exists(databaseFile(folder))) return null;
  const db = connect(realDisk, folder, key);
  const statements = createStatements(db);
  try {
    return localFacts(db, statements, folder);
  } finally {
    statements.forget();
    db.close();
  }
};
