import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { snapshot } from '#migrations/local/snapshot.ts';
import { columnsOf, tableNames } from '#shared/sync/catalogue.ts';
import { openTemporary, type TemporaryLocal } from '#tests/support/sync-local.ts';
import { localMigrations, migrateLocal } from './migrate.ts';

let temporary: TemporaryLocal;
beforeEach(() => {
  temporary = openTemporary();
});
afterEach(() => temporary.remove());

const sqliteType = (type: string) => (type === 'integer' || type === 'boolean' ? 'INTEGER' : 'TEXT');

test.each(tableNames)('%s is in SQLite as the catalogue describes it', (table) => {
  const { db } = temporary.local;
  const live = db.pragma(`table_info(${table})`) as {
    name: string;
    type: string;
    notnull: number;
    pk: number;
  }[];
  const described = live.map(({ name, type, notnull, pk }) => [name, type, notnull, pk]);
  const isVersion = ([name]: readonly unknown[]) => name === 'row_version';
  // A column that came later stands behind row_version.
  expect([...described.filter((column) => !isVersion(column)), ...described.filter(isVersion)]).toEqual([
    ...columnsOf(table).map(([name, { type, nullable }]) => [
      name,
      sqliteType(type),
      nullable ? 0 : 1,
      name === 'id' ? 1 : 0,
    ]),
    ['row_version', 'INTEGER', 1, 0],
  ]);
  const keys = db.pragma(`foreign_key_list(${table})`) as { from: string; table: string; to: string }[];
  expect(keys.map((key) => `${key.from} -> ${key.table}.${key.to}`).sort()).toEqual(
    columnsOf(table)
      .filter(([, column]) => column.references !== undefined)
      .map(([name, column]) => `${name} -> ${column.references}.id`)
      .sort(),
  );
  expect(db.prepare('SELECT strict FROM pragma_table_list WHERE name = ?').pluck().get(table)).toBe(1);
});

test('numbers rise and no step has the number of another', () => {
  const numbers = localMigrations.map(({ number }) => number);
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
});

test('a step that fails leaves the schema and its number as they were', () => {
  const db = new Database(':memory:');
  const first = { number: 10, name: 'first', statements: ['CREATE TABLE a (x INTEGER) STRICT'] };
  const bad = {
    number: 20,
    name: 'bad',
    statements: ['CREATE TABLE b (x INTEGER) STRICT', 'CREATE TABLE a (y)'],
  };
  migrateLocal(db, [first]);
  expect(() => migrateLocal(db, [first, bad])).toThrow('already exists');
  expect(db.pragma('user_version', { simple: true })).toBe(10);
  expect(db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all()).toEqual(['a']);
  migrateLocal(db, [first, { ...bad, statements: ['CREATE TABLE b (x INTEGER) STRICT'] }]);
  expect(db.pragma('user_version', { simple: true })).toBe(20);
  db.close();
});

/** What a database is made of, and the rows its steps have put in. */
const contentsOf = (db: Database.Database) => {
  const tables = db
    .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
    .pluck()
    .all()
    .filter((name) => !name.endsWith('_fts'));
  return {
    version: db.pragma('user_version', { simple: true }),
    schema: db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all(),
    rows: Object.fromEntries(tables.map((name) => [name, db.prepare(`SELECT * FROM "${name}"`).all()])),
  };
};

test('the snapshot is what the steps lead to; where this fails, `node scripts/local-snapshot.ts` writes it anew', () => {
  const [bySteps, bySnapshot] = [new Database(':memory:'), new Database(':memory:')];
  migrateLocal(bySteps, [...localMigrations]);
  migrateLocal(bySnapshot);
  expect(contentsOf(bySnapshot)).toEqual(contentsOf(bySteps));
  expect(localMigrations.map(({ number }) => number)).toContain(snapshot.number);
  bySteps.close();
  bySnapshot.close();
});

test('each step keeps the rows that were there before it', () => {
  const db = new Database(':memory:');
  migrateLocal(db, localMigrations.slice(0, 2));
  db.exec(`INSERT INTO patient (id, mrn, family, given, gender, birth_date_estimated, created_at)
    VALUES ('p1', 'M1', 'Mercier', 'Zoé', 'female', 0, '2026-01-01T00:00:00.000Z')`);
  db.exec(
    `INSERT INTO outbox (n, kind, at, payload, hash, status) VALUES (1, 'k', 't', '{}', 'h', 'waiting')`,
  );
  migrateLocal(db);
  expect(db.prepare('SELECT id FROM patient').pluck().all()).toEqual(['p1']);
  expect(db.prepare('SELECT n FROM outbox').pluck().all()).toEqual([1]);
  expect(
    db
      .prepare(
        `SELECT p.id FROM patient_fts f JOIN patient p ON p.rowid = f.rowid WHERE patient_fts MATCH 'zoe'`,
      )
      .pluck()
      .all(),
  ).toEqual(['p1']);
  db.close();
});

test('0060_history keeps what was copied whole, and reads the same names as before', () => {
  const db = new Database(':memory:');
  migrateLocal(
    db,
    localMigrations.filter(({ number }) => number < 60),
  );
  const insert =
    db.prepare(`INSERT INTO patient (id, mrn, family, given, phone, gender, birth_date_estimated, created_at)
    VALUES (?, ?, ?, ?, ?, 'female', 0, '2026-01-01T00:00:00.000Z')`);
  const names = [
    'Mercier',
    'O’Brien',
    'Æsir Łukasz',
    'Straße',
    'Þór',
    'Ndayisenga-Roy',
    'ıssız',
    '~tilde',
    '',
  ];
  const phones = ['+250788123456', '0788 12-34', '+1 (555) 010.99', '788', '++33/1', '+', '', ' 12', null];
  for (const [index, name] of names.entries()) {
    insert.run(`p${index}`, `M${index}`, name, `${name} Ødegård`, phones[index]);
  }
  db.exec(`UPDATE sync_state SET phase = 'ready', boot_rows = 9`);
  const read = () => [
    db.prepare('SELECT * FROM patient_name ORDER BY row').all(),
    db.prepare('SELECT * FROM patient_phone_digits ORDER BY row').all(),
  ];
  const before = read();
  migrateLocal(db);
  expect(read()).toEqual(before);
  expect(
    db.prepare('SELECT phase, boot_rows, history_table, history_after, history_rows FROM sync_state').get(),
  ).toEqual({ phase: 'ready', boot_rows: 9, history_table: null, history_after: null, history_rows: 0 });
  db.close();
});
