import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { localMigrations, migrateLocal } from './migrate.ts';

test('0050 adds the conflicts beside what a workstation has, and a conflict names a patient that is there', () => {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  migrateLocal(
    db,
    localMigrations.filter(({ number }) => number < 50),
  );
  db.exec(`INSERT INTO patient (id, mrn, family, given, gender, birth_date_estimated, created_at)
    VALUES ('p1', 'M1', 'Mercier', 'Zoé', 'female', 0, '2026-01-01T00:00:00.000Z')`);
  migrateLocal(db);
  expect(db.prepare('SELECT id FROM patient').pluck().all()).toEqual(['p1']);
  const keep =
    db.prepare(`INSERT INTO conflict (id, kind, tbl, row_id, patient_id, reason, attempted, attempted_at, kept, status, created_at)
    VALUES (?, 'field', 'patient', 'p1', ?, 'changed-elsewhere', '{}', 't', '{}', 'open', 't')`);
  keep.run('c1', 'p1');
  keep.run('c2', null);
  expect(() => keep.run('c3', 'p2')).toThrow('FOREIGN KEY');
  const used = db
    .prepare(`EXPLAIN QUERY PLAN SELECT id FROM conflict WHERE status = 'open' ORDER BY created_at`)
    .all();
  expect(JSON.stringify(used)).toContain('conflict_status');
  db.close();
});
