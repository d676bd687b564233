import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RowOf } from '#shared/sync/catalogue.ts';
import type { MutationPayload } from '#shared/sync/wire.ts';
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
let patient: RowOf<'patient'>;
let appointment: RowOf<'appointment'>;
const header = (kind: string) => ({ kind, user: null });

/** 1 to 2: hours are there. 3: a patient nobody at the centre knows. 4: a booking, 5: its note, 6: the patient's town. 7: somebody else. */
beforeEach(() => {
  temporary = openReady();
  const { store, replica } = temporary.local;
  const [location, practitioner] = [someLocation(), somePractitioner()];
  store.mutate(header('x'), (writer) => writer.insert('location', location));
  store.mutate(header('x'), (writer) => writer.insert('practitioner', practitioner));
  patient = somePatient();
  appointment = someAppointment({
    patient_id: patient.id,
    practitioner_id: practitioner.id,
    location_id: location.id,
  });
  store.mutate(header('patient.register'), (writer) => writer.insert('patient', patient));
  store.mutate(header('appointment.book'), (writer) => writer.insert('appointment', appointment));
  store.mutate(header('appointment.note'), (writer) =>
    writer.update('appointment', appointment.id, { description: 'Cough' }),
  );
  store.mutate(header('patient.update'), (writer) => writer.update('patient', patient.id, { city: 'Huye' }));
  store.mutate(header('patient.register'), (writer) => writer.insert('patient', somePatient({ mrn: 'B' })));
  replica.recordVerdicts([1, 2].map((n) => ({ n, status: 'applied', sqlstate: null, message: null })));
});
afterEach(() => temporary.remove());

const refuse = (...words: readonly (readonly [n: number, sqlstate: string])[]) =>
  temporary.local.replica.recordVerdicts(
    words.map(([n, sqlstate]) => ({ n, status: 'rejected', sqlstate, message: 'no' })),
  );
const refuseAll = () => refuse([3, '23505'], [4, '23503'], [5, 'CH101'], [6, 'CH101'], [7, '23505']);

const outbox = () =>
  temporary.local.store
    .all(localDb.selectFrom('outbox').select(['n', 'status', 'payload']).where('n', '>', 2).orderBy('n'))
    .map(({ n, status, payload }) => ({ n, status, ...(JSON.parse(payload) as MutationPayload) }));
const numbers = () => outbox().map(({ n, status }) => `${n} ${status}`);
const history = () =>
  temporary.local.store.all(
    localDb.selectFrom('outbox_history').select(['n', 'outcome', 'resent_as']).orderBy('n'),
  );
const rowOf = (id: string) =>
  temporary.local.store.get(localDb.selectFrom('patient').selectAll().where('id', '=', id));
const appointmentRow = () =>
  temporary.local.store.get(localDb.selectFrom('appointment').selectAll().where('id', '=', appointment.id));

describe('sending again', () => {
  it('takes along, in order, what was refused for want of the rows it made, and what leans on that in turn', () => {
    refuseAll();
    expect(rowOf(patient.id)).toBeUndefined();
    expect(temporary.local.store.resend(3)).toBe(8);
    expect(numbers()).toEqual(['7 parked', '8 waiting', '9 waiting', '10 waiting', '11 waiting']);
    expect(outbox().map(({ kind }) => kind)).toEqual([
      'patient.register',
      'patient.register',
      'appointment.book',
      'appointment.note',
      'patient.update',
    ]);
    expect(history()).toEqual([
      { n: 3, outcome: 'resent', resent_as: 8 },
      { n: 4, outcome: 'resent', resent_as: 9 },
      { n: 5, outcome: 'resent', resent_as: 10 },
      { n: 6, outcome: 'resent', resent_as: 11 },
    ]);
    expect(rowOf(patient.id)).toMatchObject({ city: 'Huye' });
    expect(appointmentRow()).toMatchObject({ description: 'Cough' });
    expect(temporary.local.db.pragma('foreign_key_check')).toEqual([]);
  });

  it('leaves alone what was refused for a reason of its own, though it touches the same rows', () => {
    refuse([3, '23505'], [4, '23P01'], [6, 'CH101']);
    expect(temporary.local.store.resend(3)).toBe(8);
    expect(numbers()).toEqual(['4 parked', '5 waiting', '7 waiting', '8 waiting', '9 waiting']);
  });

  it('of a dependent alone is refused while what it depends on is not here, and nothing has happened', () => {
    refuseAll();
    expect(() => temporary.local.store.resend(4)).toThrow(expect.objectContaining({ code: 'no-such-row' }));
    expect(numbers()).toEqual(['3 parked', '4 parked', '5 parked', '6 parked', '7 parked']);
    expect(appointmentRow()).toBeUndefined();
  });

  it('corrected changes the values sent and shown, under an id of its own; the old text stays in the history', () => {
    refuseAll();
    const before = outbox().find(({ n }) => n === 3);
    const { store } = temporary.local;
    expect(store.resend(3, [{ change: 0, values: { mrn: 'A1-000009', phone: null } }])).toBe(8);
    const sent = outbox().find(({ n }) => n === 8);
    expect(sent?.id).not.toBe(before?.id);
    expect(sent?.changes).toEqual([
      { ...before?.changes[0], values: { ...before?.changes[0]?.values, mrn: 'A1-000009', phone: null } },
    ]);
    expect(rowOf(patient.id)).toMatchObject({ mrn: 'A1-000009', phone: null, city: 'Huye' });
    const kept = store.get(localDb.selectFrom('outbox_history').select('payload').where('n', '=', 3));
    expect(JSON.parse(kept?.payload ?? '')).toMatchObject({ id: before?.id, changes: before?.changes });
    expect(outbox().find(({ n }) => n === 9)?.changes[0]?.values).toMatchObject({ id: appointment.id });
  });

  it.each([{ id: 'x' }, { nonsense: 1 }])('refuses to correct %o, and nothing has happened', (values) => {
    refuseAll();
    expect(() => temporary.local.store.resend(3, [{ change: 0, values }])).toThrow('no column');
    expect(numbers()).toEqual(['3 parked', '4 parked', '5 parked', '6 parked', '7 parked']);
    expect(history()).toEqual([]);
  });

  it('of what is not parked does nothing', () => {
    expect(temporary.local.store.resend(3)).toBeNull();
    expect(temporary.local.store.resend(99)).toBeNull();
    expect(history()).toEqual([]);
  });
});

describe('withdrawing', () => {
  it('gives up what depends on it as well; every text stays in the history', () => {
    refuseAll();
    expect(temporary.local.store.withdraw(3)).toBe(true);
    expect(numbers()).toEqual(['7 parked']);
    expect(history()).toEqual([3, 4, 5, 6].map((n) => ({ n, outcome: 'withdrawn', resent_as: null })));
    expect(temporary.local.store.withdraw(3)).toBe(false);
  });

  it('of the last of a chain leaves the rest', () => {
    refuseAll();
    expect(temporary.local.store.withdraw(5)).toBe(true);
    expect(numbers()).toEqual(['3 parked', '4 parked', '6 parked', '7 parked']);
  });
});
