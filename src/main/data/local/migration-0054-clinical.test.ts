import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { localMigrations, migrateLocal } from './migrate.ts';
import { knowReplicaWrites } from './signed.ts';

test('0054 keeps the patients, none of them merged, and a row of a chart names a patient that is there', () => {
  const db = new Database(':memory:');
  knowReplicaWrites(db);
  db.pragma('foreign_keys = ON');
  migrateLocal(
    db,
    localMigrations.filter(({ number }) => number < 54),
  );
  db.exec(`INSERT INTO patient (id, mrn, family, given, gender, birth_date_estimated, created_at, row_version)
    VALUES ('p1', 'M1', 'Mercier', 'Zoé', 'female', 0, '2026-01-01T00:00:00.000Z', 7)`);
  migrateLocal(db);
  expect(db.prepare('SELECT id, family, row_version, merged_into FROM patient').all()).toEqual([
    { id: 'p1', family: 'Mercier', row_version: 7, merged_into: null },
  ]);
  expect(db.prepare(`SELECT count(*) FROM patient_fts WHERE patient_fts MATCH 'zoe'`).pluck().get()).toBe(1);
  const note =
    db.prepare(`INSERT INTO composition (id, patient_id, parent_id, title, body, status, created_at)
    VALUES (?, ?, ?, 't', 'b', 'final', 't')`);
  note.run('n1', 'p1', null);
  note.run('n2', 'p1', 'n1');
  expect(() => note.run('n3', 'p2', null)).toThrow('FOREIGN KEY');
  expect(() => note.run('n4', 'p1', 'n9')).toThrow('FOREIGN KEY');
  const merge = db.prepare('UPDATE patient SET merged_into = ? WHERE id = ?');
  expect(() => merge.run('p2', 'p1')).toThrow('FOREIGN KEY');
  for (const table of [
    'allergy_intolerance',
    'observation',
    'composition',
    'medication_request',
    'invoice',
  ]) {
    const plan = db.prepare(`EXPLAIN QUERY PLAN SELECT id FROM ${table} WHERE patient_id = 'p1'`).all();
    expect(JSON.stringify(plan), table).toMatch(new RegExp(`USING (COVERING )?INDEX ${table}_.*patient_id=`));
  }
  db.close();
});
