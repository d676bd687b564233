import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RowOf } from '#shared/sync/catalogue.ts';
import type { Cells, PulledChange, Verdict } from '#shared/sync/wire.ts';
import {
  openReady,
  someAppointment,
  someLocation,
  somePatient,
  somePractitioner,
  type TemporaryLocal,
} from '#tests/support/sync-local.ts';
import { localDb } from './query.ts';

let temporary: TemporaryLocal;
beforeEach(() => {
  temporary = openReady();
});
afterEach(() => temporary.remove());

const header = { kind: 'x', user: null };
const verdict = (n: number, status: Verdict['status']): Verdict => ({
  n,
  status,
  sqlstate: null,
  message: null,
});

const pull = (changes: readonly Omit<PulledChange, 'seq'>[], more = false) => {
  const { replica } = temporary.local;
  const from = replica.state().cursor;
  const to = from + 1;
  replica.applyPull({
    from,
    to,
    head: more ? to + 1 : to,
    chain: `c${to}`,
    txs: 1,
    changes: changes.map((change) => ({ seq: to, ...change })),
  });
};

const inserted = (tbl: string, row: Cells & { readonly id: string }): Omit<PulledChange, 'seq'> => ({
  tbl,
  op: 'insert',
  pk: row.id,
  v: 1,
  values: row,
});

const rowOf = (id: string) =>
  temporary.local.store.get(localDb.selectFrom('patient').selectAll().where('id', '=', id));
const bases = () => temporary.local.db.prepare('SELECT count(*) FROM sync_base').pluck().get();

test('a row only a refused insert made stays while pending work names it, and goes with the last of it', () => {
  const { store, replica, db } = temporary.local;
  const [location, practitioner] = [someLocation(), somePractitioner()];
  pull([inserted('location', location), inserted('practitioner', practitioner)]);
  const patient = somePatient();
  const appointment = someAppointment({
    patient_id: patient.id,
    practitioner_id: practitioner.id,
    location_id: location.id,
  });
  store.mutate(header, (writer) => writer.insert('patient', patient));
  store.mutate(header, (writer) => writer.insert('appointment', appointment));
  replica.recordVerdicts([verdict(1, 'rejected')]);
  expect(rowOf(patient.id)).toBeDefined();
  expect(store.certainty('patient', patient.id)).toBe('parked');
  expect(db.pragma('foreign_key_check')).toEqual([]);
  replica.recordVerdicts([verdict(2, 'rejected')]);
  expect(rowOf(patient.id)).toBeUndefined();
  expect(db.prepare('SELECT count(*) FROM appointment').pluck().get()).toBe(0);
  expect(bases()).toBe(0);
  expect(store.resend(1)).toBe(3);
  expect(store.resend(2)).toBe(4);
  expect(rowOf(patient.id)).toEqual({ ...patient, row_version: 0 });
});

test('a change the centre did not take falls back although nothing of the row is pulled', () => {
  const { store, replica } = temporary.local;
  const patient = somePatient();
  pull([inserted('patient', patient)]);
  store.mutate(header, (writer) => writer.update('patient', patient.id, { city: 'Paris' }));
  replica.recordVerdicts([verdict(1, 'merged')]);
  pull([], true);
  expect(rowOf(patient.id)).toMatchObject({ city: 'Paris' });
  pull([]);
  expect(rowOf(patient.id)).toEqual({ ...patient, row_version: 1 });
  expect(bases()).toBe(0);
});

test('a pending insert hides nothing of what the centre made of the row', () => {
  const { store } = temporary.local;
  const patient = somePatient();
  store.mutate(header, (writer) => writer.insert('patient', patient));
  store.mutate(header, (writer) => writer.update('patient', patient.id, { email: 'a@example.org' }));
  pull([inserted('patient', { ...patient, city: 'Nice' })], true);
  expect(rowOf(patient.id)).toMatchObject({ city: 'Nice', email: 'a@example.org', row_version: 1 });
});

test('a pull that does not continue what is here, or changes what is not, is refused whole', () => {
  const { replica } = temporary.local;
  const patient = somePatient();
  const reply = { from: 7, to: 8, head: 8, chain: 'c', txs: 1, changes: [] };
  expect(() => replica.applyPull(reply)).toThrow(expect.objectContaining({ code: 'replica' }));
  const unknown = {
    tbl: 'patient',
    op: 'update',
    pk: somePatient().id,
    v: 2,
    values: { city: 'Nice' },
  } as const;
  expect(() => pull([inserted('patient', patient), unknown])).toThrow(
    expect.objectContaining({ code: 'replica' }),
  );
  expect(() => pull([{ ...inserted('patient', patient), tbl: 'sqlite_schema' }])).toThrow('table');
  expect(() =>
    pull([inserted('patient', patient), { ...unknown, pk: patient.id, values: { 'x = 1; --': 1 } }]),
  ).toThrow('column');
  expect(rowOf(patient.id)).toBeUndefined();
  expect(replica.state().cursor).toBe(0);
});

type City = Pick<RowOf<'patient'>, 'city' | 'country' | 'email'>;
const patch = fc.record(
  {
    city: fc.constantFrom('Paris', 'Nice'),
    country: fc.constantFrom('FR', 'BE'),
    email: fc.constantFrom('a', 'b'),
  },
  { requiredKeys: [] },
);
const step = fc.oneof(
  fc.record({ type: fc.constant('here' as const), patch }),
  fc.record({ type: fc.constant('there' as const), patch }),
  fc.record({ type: fc.constant('refused' as const) }),
  fc.record({ type: fc.constant('again' as const) }),
);

test('whatever comes from both sides, a row is the centre’s image with the pending changes on top', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const { store, replica } = temporary.local;
      const patient = somePatient();
      pull([inserted('patient', patient)]);
      let centre: Cells = patient as unknown as Cells;
      let version = 1;
      const waiting: { n: number; patch: Partial<City> }[] = [];
      const parked: { n: number; patch: Partial<City> }[] = [];
      const shown = (): Cells => Object.assign({}, centre, ...waiting.map((entry) => entry.patch));
      for (const action of steps) {
        if (action.type === 'here') {
          const changed = Object.fromEntries(
            Object.entries(action.patch).filter(([k, v]) => shown()[k] !== v),
          );
          const { n } = store.mutate(header, (writer) => writer.update('patient', patient.id, action.patch));
          if (n > 0) waiting.push({ n, patch: changed });
        } else if (action.type === 'there') {
          version += 1;
          centre = { ...centre, ...action.patch };
          pull([{ tbl: 'patient', op: 'update', pk: patient.id, v: version, values: action.patch }]);
        } else if (action.type === 'refused') {
          const entry = waiting.shift();
          if (entry) {
            replica.recordVerdicts([verdict(entry.n, 'rejected')]);
            parked.push(entry);
          }
        } else {
          const entry = parked.shift();
          if (entry) waiting.push({ n: store.resend(entry.n) ?? -1, patch: entry.patch });
        }
        expect(rowOf(patient.id)).toEqual({ ...shown(), row_version: version });
        const certainty = parked.length > 0 ? 'parked' : waiting.length > 0 ? 'provisional' : 'confirmed';
        expect(store.certainty('patient', patient.id)).toBe(certainty);
      }
      for (const { n } of waiting) replica.recordVerdicts([verdict(n, 'applied')]);
      for (const { n } of parked) store.withdraw(n);
      pull([]);
      expect(rowOf(patient.id)).toEqual({ ...centre, row_version: version });
      expect(bases()).toBe(0);
    }),
    { seed: 20261123, numRuns: 150 },
  );
});
