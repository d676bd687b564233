import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { localMigrations, migrateLocal } from './migrate.ts';

test('0240 finds codes there were before, and follows what is added, changed and removed', () => {
  const db = new Database(':memory:');
  migrateLocal(
    db,
    localMigrations.filter(({ number }) => number < 240),
  );
  const add = db.prepare(
    `INSERT INTO concept (id, code_system, code, display, active) VALUES (?, 's', ?, ?, 1)`,
  );
  add.run('1', 'Q00', 'Fièvre première');
  migrateLocal(db);
  add.run('2', 'Q01', 'Fever of the second kind');
  const found = (text: string) =>
    db
      .prepare(
        'SELECT c.code FROM concept_fts f JOIN concept c ON c.rowid = f.rowid WHERE concept_fts MATCH ? ORDER BY 1',
      )
      .pluck()
      .all(text);
  expect(found('fievre')).toEqual(['Q00']);
  expect(found('"fe" *')).toEqual(['Q01']);
  db.exec(`UPDATE concept SET display = 'Cold' WHERE id = '2'`);
  expect([found('fever'), found('cold')]).toEqual([[], ['Q01']]);
  db.exec(`DELETE FROM concept WHERE id = '1'`);
  expect(found('fievre')).toEqual([]);
  db.close();
});
