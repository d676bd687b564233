import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { columnsOf, type RowOf } from '#shared/sync/catalogue.ts';
import type { Cells, PulledChange } from '#shared/sync/wire.ts';
import { someNote, somePrescription } from '#tests/support/clinical-samples.ts';
import { openReady, somePatient, type TemporaryLocal } from '#tests/support/sync-local.ts';

/** Versions are what was signed, also for a statement that goes round the program: on the open file, with its key. */
let temporary: TemporaryLocal;
const patient = somePatient();
const rows = {
  composition: someNote({ patient_id: patient.id }),
  medication_request: somePrescription({ patient_id: patient.id }),
};
beforeEach(() => {
  temporary = openReady();
  temporary.local.store.mutate({ kind: 'test', user: null }, (writer) => {
    writer.insert('patient', patient);
    writer.insert('composition', rows.composition);
    writer.insert('medication_request', rows.medication_request);
  });
});
afterEach(() => temporary.remove());

const tables = ['composition', 'medication_request'] as const;
const voiding = ['voided_at', 'voided_by', 'void_reason'];
const exec = (sql: string) => temporary.local.db.exec(sql);
const held = (table: (typeof tables)[number]) => temporary.local.db.prepare(`SELECT * FROM ${table}`).all();

it.each(tables)('refuses every change of a column of %s but those that void it', (table) => {
  const before = held(table);
  for (const [name, { type }] of columnsOf(table)) {
    if (voiding.includes(name)) continue;
    const value = type === 'integer' || type === 'boolean' ? `coalesce("${name}", 0) + 1` : `'${v7()}'`;
    expect(() => exec(`UPDATE ${table} SET "${name}" = ${value}`), name).toThrow('never changes');
  }
  expect(() => exec(`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`)).toThrow('never changes');
  expect(held(table)).toEqual(before);
  exec(`UPDATE ${table} SET voided_at = '2026-11-24T09:00:00.000Z', void_reason = 'Wrong patient'`);
  expect(held(table)).toMatchObject([{ void_reason: 'Wrong patient' }]);
});

it.each(tables)('refuses to delete from %s', (table) => {
  expect(() => exec(`DELETE FROM ${table}`)).toThrow('voided, never deleted');
  expect(held(table)).toHaveLength(1);
});

it('refuses the program’s own writing as well, and leaves nothing of the mutation', () => {
  const patch: Partial<RowOf<'composition'>> = { body: 'Changed' };
  expect(() =>
    temporary.local.store.mutate({ kind: 'test', user: null }, (writer) => {
      writer.insert('patient', somePatient());
      writer.update('composition', rows.composition.id, patch);
    }),
  ).toThrow('never changes');
  expect(temporary.local.db.prepare('SELECT count(*) AS n FROM patient').get()).toEqual({ n: 1 });
});

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

it('lets the synchronisation bring them, put them right and take them, and is shut afterwards', () => {
  const other = somePatient();
  const note = someNote({ patient_id: other.id });
  const inserted = (tbl: string, values: Cells & { readonly id: string }) =>
    ({ tbl, op: 'insert', pk: values.id, v: 1, values }) as const;
  pull(inserted('patient', other), inserted('composition', { ...note }));
  expect(() => exec(`UPDATE composition SET body = 'x' WHERE id = '${note.id}'`)).toThrow('never changes');
  pull({ tbl: 'composition', op: 'update', pk: note.id, v: 2, values: { body: 'As the centre has it' } });
  expect(held('composition')).toContainEqual(
    expect.objectContaining({ id: note.id, body: 'As the centre has it' }),
  );
  expect(() => exec(`DELETE FROM composition WHERE id = '${note.id}'`)).toThrow('never deleted');
  pull({ tbl: 'patient', op: 'evict', pk: other.id, v: 0, values: {} });
  expect(held('composition')).toHaveLength(1);
  expect(() => exec('DELETE FROM composition')).toThrow('never deleted');
});
