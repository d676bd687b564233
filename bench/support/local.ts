import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Local, openLocal } from '#main/data/local/open.ts';
import { columnsOf, type RowOf, type TableName, tableNames } from '#shared/sync/catalogue.ts';
import { identifiers, person, telecoms } from './people.ts';

/** The cipher `openLocal` uses; the floors use the same. */
export const cipher = 'aegis';

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'clinichub-bench-'));

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

export interface BenchLocal {
  readonly local: Local;
  remove(): void;
}

/** Rows of some tables, a page at a time. */
export type Pages = { readonly [T in TableName]?: Iterable<readonly RowOf<T>[]> };

/** A workstation whose first copy held these rows, loaded the way a first copy is, indexes and all. */
export const localWithRows = (rows: Pages): BenchLocal => {
  const folder = temporaryFolder();
  const local = openLocal({ folder, key: randomBytes(32) });
  const { replica } = local;
  replica.greeted({
    epoch: 'bench',
    schema: 2,
    min_schema: 1,
    head: 0,
    low_water: 0,
    durable: 0,
    lease_days: 14,
    device_id: '01900000-0000-7000-8000-00000000d001',
    device_no: 1,
    device_name: 'Bench',
    location_id: null,
    scope: 'clinic/whole',
    last_n: 0,
    state: 'new',
  });
  replica.bootstrap.begin('bench', { seq: 0, chain: '0'.repeat(64) }, 'clinic/whole');
  for (const table of tableNames) {
    const columns = columnsOf(table).map(([name]) => name);
    for (const page of rows[table] ?? []) {
      const lines = page.map((row) => {
        const values = row as unknown as Readonly<Record<string, unknown>>;
        return JSON.stringify([1, ...columns.map((name) => values[name])]);
      });
      replica.bootstrap.add(table, lines);
    }
    replica.bootstrap.add(table, []);
  }
  while (replica.bootstrap.index());
  replica.bootstrap.finish();
  return {
    local,
    remove: () => {
      local.close();
      removeFolder(folder);
    },
  };
};

function* pagesOf<R>(count: number, rowsOf: (i: number) => readonly R[]): Generator<readonly R[]> {
  for (let from = 0; from < count; from += 5000)
    yield Array.from({ length: Math.min(5000, count - from) }, (_, i) => rowsOf(from + i)).flat();
}

/** A workstation whose first copy held `count` patients, some with further phones and identifiers. */
export const localWithPatients = (count: number): BenchLocal =>
  localWithRows({
    patient: pagesOf(count, (i) => [person(i)]),
    patient_telecom: pagesOf(count, telecoms),
    patient_identifier: pagesOf(count, identifiers),
  });

/** A bare encrypted database with the workstation's own safety settings and nothing of its code. */
export const bareDatabase = (folder: string): Database.Database => {
  const db = new Database(join(folder, 'bare.db'));
  db.pragma(`cipher = '${cipher}'`);
  db.pragma(`key = 'raw:${randomBytes(32).toString('hex')}'`);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  const columns = columnsOf('patient').map(([name]) => (name === 'id' ? 'id TEXT PRIMARY KEY' : name));
  db.exec(`CREATE TABLE patient (${columns.join(', ')})`);
  return db;
};

/** The bare insert: every column of `patient`, prepared once. */
export const bareInsert = (db: Database.Database): Database.Statement => {
  const columns = columnsOf('patient');
  return db.prepare(`INSERT INTO patient VALUES (${columns.map(() => '?').join(', ')})`);
};
