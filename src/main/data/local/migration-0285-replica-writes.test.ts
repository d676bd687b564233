import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PulledChange } from '#shared/sync/wire.ts';
import { someNote } from '#tests/support/clinical-samples.ts';
import { openReady, somePatient, type TemporaryLocal } from '#tests/support/sync-local.ts';
import { localMigrations, migrateLocal } from './migrate.ts';

let temporary: TemporaryLocal;
const patient = somePatient();
const note = someNote({ patient_id: patient.id });
beforeEach(() => {
  temporary = openReady();
  temporary.local.store.mutate({ kind: 'test', user: null }, (writer) => {
    writer.insert('patient', patient);
    writer.insert('composition', note);
  });
});
afterEach(() => temporary.remove());

const body = () => temporary.local.db.prepare('SELECT body FROM composition').pluck().all();
const pull = (...changes: readonly Omit<PulledChange, 'seq'>[]) => {
  const from = temporary.local.replica.state().cursor;
  temporary.local.replica.applyPull({
    from,
    to: from + 1,
    head: from + 1,
    chain: `c${from}`,
    txs: 1,
    changes: changes.map((change) => ({ seq: from + 1, ...change })),
  });
};

it('0285 refuses a connection that does not know who writes, whatever it would do to what is signed', () => {
  const { name } = temporary.local.db;
  const stranger = new Database(name);
  stranger.pragma(`cipher = 'aegis'`);
  stranger.pragma(`key = 'raw:${temporary.key.toString('hex')}'`);
  expect(stranger.prepare('SELECT count(*) FROM composition').pluck().get()).toBe(1);
  for (const statement of [
    `UPDATE composition SET body = 'x'`,
    `UPDATE composition SET voided_at = 'x'`,
    'DELETE FROM composition',
    'INSERT OR REPLACE INTO composition SELECT * FROM composition',
    `UPDATE medication_request SET dosage = 'x'`,
    'DELETE FROM medication_request',
  ])
    expect(() => stranger.exec(statement), statement).toThrow('no such function: replica_writes');
  stranger.close();
  expect(body()).toEqual([note.body]);
});

it('is shut again after a pull, also one that failed half way', () => {
  const { db } = temporary.local;
  const brought = somePatient();
  const other = someNote({ patient_id: brought.id });
  const insert = (tbl: string, values: { readonly id: string }) =>
    ({ tbl, op: 'insert', pk: values.id, v: 1, values: { ...values } }) as const;
  pull(insert('patient', brought), insert('composition', other));
  expect(() =>
    pull({ tbl: 'composition', op: 'update', pk: other.id, v: 2, values: { nothing: 'x' } }),
  ).toThrow();
  expect(() => db.exec(`UPDATE composition SET body = 'x'`)).toThrow('never changes');
  expect(() => db.exec('DELETE FROM composition')).toThrow('never deleted');
  pull({ tbl: 'composition', op: 'update', pk: other.id, v: 2, values: { body: 'As the centre has it' } });
  expect(body()).toContain('As the centre has it');
  expect(db.prepare(`SELECT name FROM sqlite_schema WHERE name = 'replica_write'`).all()).toEqual([]);
});

it('finds the triggers where a first copy had put them aside', () => {
  const db = new Database(':memory:');
  migrateLocal(
    db,
    localMigrations.filter(({ number }) => number < 285),
  );
  db.exec(`INSERT INTO deferred_schema (name, position, statement)
    SELECT name, 2, sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'composition_never%'`);
  for (const what of ['changes', 'replaced', 'goes']) db.exec(`DROP TRIGGER composition_never_${what}`);
  migrateLocal(db);
  expect(db.prepare('SELECT count(*) FROM deferred_schema').pluck().get()).toBe(0);
  const triggers = db
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%\\_never\\_%' ESCAPE '\\'`,
    )
    .all();
  expect(triggers).toHaveLength(6);
  db.close();
});
