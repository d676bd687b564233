import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { localMigrations, migrateLocal } from './migrate.ts';

test('0283 finds medicines there were before, and follows what is added, changed and removed', () => {
  const db = new Database(':memory:');
  migrateLocal(
    db,
    localMigrations.filter(({ number }) => number < 283),
  );
  const add = db.prepare(
    `INSERT INTO medicine (id, name, ingredients, active, created_at) VALUES (?, ?, ?, 1, 'x')`,
  );
  const ingredients = (...names: readonly string[]) =>
    JSON.stringify(names.map((name) => ({ key: name.toLowerCase().replace(' ', '-'), name })));
  add.run('1', 'Fébrex 0.5 g', ingredients('Acetylsalicylic acid'));
  // What another program wrote there is no reason to fail.
  for (const [place, odd] of ['no json', '{}', '"x"', '[1, "x", null, {"name": null}]', '[]'].entries())
    add.run(`odd${place}`, `Odd ${place}`, odd);
  migrateLocal(db);
  add.run('2', 'Amoxicillin/Clavulanic acid', ingredients('Amoxicillin', 'Clavulanic acid'));
  const found = (text: string) =>
    db
      .prepare(
        'SELECT m.id FROM medicine_fts f JOIN medicine m ON m.rowid = f.rowid WHERE medicine_fts MATCH ? ORDER BY 1',
      )
      .pluck()
      .all(text);
  expect(found('febrex')).toEqual(['1']);
  expect(found('"0.5"')).toEqual(['1']);
  expect(found('"aci" *')).toEqual(['1', '2']);
  expect(found('clavulanic')).toEqual(['2']);
  expect(found('"_acetylsalicylic_acid"')).toEqual(['1']);
  expect(found('odd')).toEqual(['odd0', 'odd1', 'odd2', 'odd3', 'odd4']);
  db.prepare(`UPDATE medicine SET ingredients = ? WHERE id = '1'`).run(ingredients('Ibuprofen'));
  expect([found('acetylsalicylic'), found('ibuprofen')]).toEqual([[], ['1']]);
  db.exec(`UPDATE medicine SET name = 'Odd again', ingredients = '[]' WHERE id = 'odd0'`);
  expect([found('again'), found('odd').length]).toEqual([['odd0'], 5]);
  db.exec(`DELETE FROM medicine WHERE id = '2'`);
  expect(found('clavulanic')).toEqual([]);
  db.close();
});
