import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { localMigrations, migrateLocal } from './migrate.ts';

test('0070 adds a place for one rebuild, and leaves a database that is none as it was', () => {
  const db = new Database(':memory:');
  migrateLocal(
    db,
    localMigrations.filter(({ number }) => number < 70),
  );
  db.exec(
    `INSERT INTO outbox (n, kind, at, payload, hash, status) VALUES (1, 'k', 't', '{}', 'h', 'waiting')`,
  );
  migrateLocal(db);
  expect(db.prepare('SELECT n FROM outbox').pluck().all()).toEqual([1]);
  expect(db.prepare('SELECT * FROM rebuild').all()).toEqual([]);
  const note = (one: number, reason: string) =>
    db.prepare(`INSERT INTO rebuild (one, at, reason, saved) VALUES (?, 't', ?, 0)`).run(one, reason);
  note(1, 'set-back');
  expect(db.prepare('SELECT lost, greeted FROM rebuild').all()).toEqual([{ lost: null, greeted: 0 }]);
  expect(() => note(2, 'damaged')).toThrow('CHECK');
  db.exec('DELETE FROM rebuild');
  expect(() => note(1, 'other')).toThrow('CHECK');
  db.close();
});
