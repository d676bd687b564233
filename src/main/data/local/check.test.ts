import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Column, columnsOf, type RowOf, type TableName, tableNames } from '#shared/sync/catalogue.ts';
import type { Cell, Cells } from '#shared/sync/wire.ts';
import {
  openReady,
  someAppointment,
  someLocation,
  somePatient,
  somePractitioner,
  type TemporaryLocal,
} from '#tests/support/sync-local.ts';
import { wireText } from './check-lines.ts';
import { localDb } from './query.ts';

let temporary: TemporaryLocal;
beforeEach(() => {
  temporary = openReady();
});
afterEach(() => temporary.remove());

const header = { kind: 'test', user: null };
const textOf = (table: TableName, row: object, version: number): string =>
  wireText(
    version,
    columnsOf(table).map(([name]: readonly [string, Column]): Cell => (row as Cells)[name] ?? null),
  );

/** A row as a pull brings it. */
const pulled = <T extends TableName>(table: T, row: RowOf<T>, version = 1) => {
  const { replica } = temporary.local;
  const { cursor } = replica.state();
  const values = row as unknown as Cells;
  replica.applyPull({
    from: cursor,
    to: cursor + 1,
    head: cursor + 1,
    chain: 'c',
    txs: 1,
    changes: [{ seq: cursor + 1, tbl: table, op: 'insert', pk: String(values.id), v: version, values }],
  });
};

const linesOf = (table: TableName) => temporary.local.replica.check.slice(table, null, null, 100).lines;
const shown = (id: string) =>
  temporary.local.store.get(localDb.selectFrom('patient').selectAll().where('id', '=', id));
const seq = () => temporary.local.replica.state().cursor;

describe('what is compared', () => {
  test('is the centre’s image of a row, also under local work', () => {
    const { store } = temporary.local;
    const patient = somePatient();
    pulled('patient', patient);
    const before = linesOf('patient');
    expect(before).toEqual([{ id: patient.id, text: textOf('patient', patient, 1) }]);
    store.mutate(header, (writer) => writer.update('patient', patient.id, { city: 'Nice' }));
    store.mutate(header, (writer) => writer.insert('patient', somePatient()));
    expect(linesOf('patient')).toEqual(before);
  });

  test('comes in slices that end where the next one begins', () => {
    const { check } = temporary.local.replica;
    const patients = Array.from({ length: 7 }, () => somePatient());
    for (const patient of patients) pulled('patient', patient);
    const ids = patients.map(({ id }) => id).toSorted();
    const first = check.slice('patient', null, ids[5] ?? null, 4);
    const second = check.slice('patient', first.upto, ids[5] ?? null, 4);
    expect([first.upto, second.upto]).toEqual([ids[3], ids[5]]);
    expect([...first.lines, ...second.lines].map(({ id }) => id)).toEqual(ids.slice(0, 6));
  });

  test('misses a row that is out of sight though its base image is right', () => {
    const { store, db } = temporary.local;
    const patient = somePatient();
    pulled('patient', patient);
    store.mutate(header, (writer) => writer.update('patient', patient.id, { city: 'Nice' }));
    db.prepare('DELETE FROM patient WHERE id = ?').run(patient.id);
    expect(linesOf('patient')[0]?.text).not.toBe(textOf('patient', patient, 1));
  });
});

describe('a repair', () => {
  test('of another moment is refused', () => {
    const { check } = temporary.local.replica;
    expect(() => check.repair('patient', seq() + 1, [])).toThrow(
      expect.objectContaining({ code: 'replica' }),
    );
  });

  test('leaves pending work on top of the centre’s row, in the outbox and on screen', () => {
    const { store, db, replica } = temporary.local;
    const patient = somePatient();
    pulled('patient', patient);
    store.mutate(header, (writer) => writer.update('patient', patient.id, { city: 'Nice' }));
    db.prepare(`UPDATE sync_base SET image = replace(image, 'Mercier', 'Nobody')`).run();
    const outbox = db.prepare('SELECT * FROM outbox ORDER BY n').all();
    const text = textOf('patient', patient, 1);
    expect(replica.check.repair('patient', seq(), [{ id: patient.id, text }])).toEqual({
      repaired: 1,
      held: 0,
    });
    expect(db.prepare('SELECT * FROM outbox WHERE n = 1').all()).toEqual(outbox);
    expect(shown(patient.id)).toMatchObject({ family: 'Mercier', city: 'Nice' });
    expect(linesOf('patient')).toEqual([{ id: patient.id, text }]);
  });

  test('brings a row back that local work is on top of', () => {
    const { store, db, replica } = temporary.local;
    const patient = somePatient();
    pulled('patient', patient);
    store.mutate(header, (writer) => writer.update('patient', patient.id, { city: 'Nice' }));
    db.prepare('DELETE FROM patient WHERE id = ?').run(patient.id);
    const text = textOf('patient', patient, 1);
    expect(replica.check.repair('patient', seq(), [{ id: patient.id, text }]).repaired).toBe(1);
    expect(shown(patient.id)).toMatchObject({ city: 'Nice' });
  });

  test('does not drop a row the centre does not have while pending work names it', () => {
    const { store, replica } = temporary.local;
    const [patient, location, practitioner] = [somePatient(), someLocation(), somePractitioner()];
    pulled('location', location);
    pulled('practitioner', practitioner);
    pulled('patient', patient);
    const booked = someAppointment({
      patient_id: patient.id,
      practitioner_id: practitioner.id,
      location_id: location.id,
    });
    const { n } = store.mutate(header, (writer) => writer.insert('appointment', booked));
    expect(replica.check.repair('patient', seq(), [{ id: patient.id, text: null }]).repaired).toBe(1);
    expect(shown(patient.id)).toBeDefined();
    expect(linesOf('patient')).toEqual([]);
    // It goes with the last that names it.
    replica.recordVerdicts([{ n, status: 'rejected', sqlstate: '23503', message: null }]);
    expect(shown(patient.id)).toBeUndefined();
  });

  test('does not drop a row that pending work changes', () => {
    const { store, replica } = temporary.local;
    const patient = somePatient();
    pulled('patient', patient);
    store.mutate(header, (writer) => writer.update('patient', patient.id, { city: 'Nice' }));
    replica.check.repair('patient', seq(), [{ id: patient.id, text: null }]);
    expect(shown(patient.id)).toMatchObject({ city: 'Nice' });
  });

  test('of a row that names a missing one waits for the next pass, and hinders no other', () => {
    const { db, replica } = temporary.local;
    const [location, practitioner, patient] = [someLocation(), somePractitioner(), somePatient()];
    pulled('location', location);
    pulled('practitioner', practitioner);
    const names = { practitioner_id: practitioner.id, location_id: location.id };
    pulled('patient', patient);
    const good = someAppointment({ patient_id: patient.id, ...names });
    const astray = someAppointment({ patient_id: somePatient().id, ...names });
    const differences = [astray, good].map((row) => ({ id: row.id, text: textOf('appointment', row, 1) }));
    replica.check.begin();
    expect(replica.check.repair('appointment', seq(), differences)).toEqual({ repaired: 1, held: 1 });
    expect(db.prepare('SELECT id FROM appointment').pluck().all()).toEqual([good.id]);
    expect(replica.check.state()).toMatchObject({ repaired: 1, held: 1 });
  });

  test('is told: one audit event for each row, in one mutation, and counts by table', () => {
    const { db, replica, store } = temporary.local;
    const patients = [somePatient(), somePatient()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const differences = patients.map((row) => ({ id: row.id, text: textOf('patient', row, 3) }));
    expect(replica.check.repairs()).toBeNull();
    replica.check.repair('patient', seq(), differences);
    expect(
      db
        .prepare('SELECT action, event, entity_table, entity_id, outcome FROM audit_event ORDER BY entity_id')
        .all(),
    ).toEqual(
      patients.map(({ id }) => ({
        action: 'E',
        event: 'sync.repair',
        entity_table: 'patient',
        entity_id: id,
        outcome: 'success',
      })),
    );
    expect(db.prepare('SELECT kind, status FROM outbox').all()).toEqual([
      { kind: 'sync.repair', status: 'waiting' },
    ]);
    const [event] = store.all(localDb.selectFrom('audit_event').select('id'));
    expect(store.certainty('audit_event', event?.id ?? '')).toBe('provisional');
    expect(replica.check.repairs()).toMatchObject({ tables: [{ table: 'patient', rows: 2 }] });
    // What is right already is no repair.
    expect(replica.check.repair('patient', seq(), differences).repaired).toBe(0);
    expect(db.prepare('SELECT count(*) FROM audit_event').pluck().get()).toBe(2);
  });
});

describe('a pass', () => {
  test('goes through the tables in order, is still where it was after a restart, and notes its end', () => {
    const { check } = temporary.local.replica;
    check.begin();
    const [first, second] = tableNames;
    if (first === undefined || second === undefined) throw new Error('the catalogue is too short');
    check.advance({ table: first, after: null }, 'a', 10);
    check.advance({ table: first, after: 'a' }, null, 5);
    const again = temporary.reopen().replica.check;
    expect(again.state()).toMatchObject({ table: second, after: null, rows: 15, finishedAt: null });
    for (const table of tableNames.slice(1)) again.advance({ table, after: null }, null, 1);
    expect(again.state()).toMatchObject({ table: null, rows: 15 + tableNames.length - 1 });
    expect(again.state().finishedAt).not.toBeNull();
  });

  test('that was begun anew is not moved on by what was compared before', () => {
    const { check } = temporary.local.replica;
    check.begin();
    const [first = 'location'] = tableNames;
    check.advance({ table: first, after: null }, null, 5);
    check.begin();
    check.advance({ table: tableNames[1] ?? first, after: null }, null, 5);
    expect(check.state()).toMatchObject({ table: first, after: null, rows: 0 });
  });
});
