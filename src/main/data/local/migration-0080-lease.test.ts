import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { localMigrations, migrateLocal } from './migrate.ts';

test('0080_lease gives a workstation that was there before fourteen days, counted from its next start', () => {
  const db = new Database(':memory:');
  migrateLocal(
    db,
    localMigrations.filter(({ number }) => number < 80),
  );
  db.exec(`UPDATE sync_state SET phase = 'ready', cursor = 7`);
  migrateLocal(
    db,
    localMigrations.filter(({ number }) => number <= 80),
  );
  expect(db.prepare('SELECT * FROM lease').all()).toEqual([
    { one: 1, days: 14, contact_at: null, clock_at: null, clock_behind: 0, wiping: 0 },
  ]);
  expect(db.prepare('SELECT phase, cursor FROM sync_state').all()).toEqual([{ phase: 'ready', cursor: 7 }]);
  expect(() => db.exec('UPDATE lease SET wiping = 2')).toThrow('CHECK');
  db.close();
});
