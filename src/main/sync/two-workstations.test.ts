import { afterEach, beforeEach, expect, test } from 'vitest';
import { CentreError } from '#main/data/central/centre.ts';
import { connectCentre } from '#main/data/central/client.ts';
import { localDb } from '#main/data/local/query.ts';
import { someAppointment, somePatient } from '#tests/support/sync-local.ts';
import {
  type Desk,
  expectConverged,
  replicaOf,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';

let clinic: TwoWorkstations;
beforeEach(async () => {
  clinic = await twoWorkstations();
});
afterEach(() => clinic.end());

const header = (kind: string) => ({ kind, user: null });

const patientOn = (desk: Desk, id: string) =>
  desk.local.store.get(localDb.selectFrom('patient').selectAll().where('id', '=', id));
const appointmentOn = (desk: Desk, id: string) =>
  desk.local.store.get(localDb.selectFrom('appointment').selectAll().where('id', '=', id));

const book = (desk: Desk, more: Partial<Parameters<typeof someAppointment>[0]> = {}) => {
  const row = someAppointment({
    patient_id: clinic.patient.id,
    practitioner_id: clinic.practitioner.id,
    location_id: clinic.location.id,
    ...more,
  });
  const { n } = desk.local.store.mutate(header('appointment.book'), (writer) =>
    writer.insert('appointment', row),
  );
  return { id: row.id, n };
};

test('what one desk does online is on the other without being asked', async () => {
  const { a, b } = clinic;
  const { id, n } = book(a);
  a.engine.wake();
  expect(await a.engine.verdict(n, 5000)).toEqual({ n, status: 'applied', sqlstate: null, message: null });
  await b.until(() => appointmentOn(b, id) !== undefined);
  await a.settled();
  expect(a.local.store.certainty('appointment', id)).toBe('confirmed');
  await expectConverged(a, b);
});

test('work done offline on both desks converges to the same rows (I4)', async () => {
  const { a, b } = clinic;
  await a.offline();
  await b.offline();
  for (const [index, desk] of [a, b].entries()) {
    for (let k = 0; k < 20; k += 1) {
      desk.local.store.mutate(header('patient.register'), (writer) =>
        writer.insert('patient', somePatient({ mrn: `${index}-${k}`, family: `Family ${k}` })),
      );
    }
  }
  await a.online();
  await b.online();
  await a.settled();
  await b.settled();
  await a.settled();
  await expectConverged(a, b);
  expect(replicaOf(a.local).patient).toHaveLength(41);
});

test('different fields merge; on the same field the earlier at the centre stands and the other is kept', async () => {
  const { a, b, patient, query } = clinic;
  await a.offline();
  await b.offline();
  const update = (desk: Desk, patch: Readonly<Record<string, string>>) =>
    desk.local.store.mutate(header('patient.update'), (writer) =>
      writer.update('patient', patient.id, patch),
    );
  update(a, { city: 'Paris', phone: '+33 1 00 00 00 00' });
  const { n } = update(b, { city: 'Nice', email: 'zoe@example.org' });
  await a.online();
  await a.settled();
  await b.online();
  expect(await b.engine.verdict(n, 5000)).toMatchObject({ status: 'merged' });
  await b.settled();
  await a.settled();
  for (const desk of [a, b]) {
    expect(patientOn(desk, patient.id), desk.name).toMatchObject({
      city: 'Paris',
      phone: '+33 1 00 00 00 00',
      email: 'zoe@example.org',
    });
  }
  expect(await query('select attempted, kept from clinichub.conflict')).toEqual([
    { attempted: '{"city": "Nice"}', kept: '{"city": "Paris"}' },
  ]);
  await expectConverged(a, b);
});

test('own work stays in sight while other changes of the same row arrive (I5)', async () => {
  const { a, b, patient } = clinic;
  await a.offline();
  const mine = a.local.store.mutate(header('patient.update'), (writer) =>
    writer.update('patient', patient.id, { city: 'Paris' }),
  );
  b.local.store.mutate(header('patient.update'), (writer) =>
    writer.update('patient', patient.id, { city: 'Nice', family: 'Mercier-Roy' }),
  );
  await b.settled();
  const refusePush = () => Promise.reject(new CentreError('not now', '40001', true));
  await a.online({ centre: () => ({ ...connectCentre(a.url), push: refusePush }) });
  await a.until(() => patientOn(a, patient.id)?.family === 'Mercier-Roy');
  expect(patientOn(a, patient.id)).toMatchObject({ city: 'Paris', row_version: 2 });
  expect(a.local.store.certainty('patient', patient.id)).toBe('provisional');
  expect(a.local.replica.verdict(mine.n)).toBeNull();
});

test('a double booking made offline: one stands, the other needs rebooking on the desk that made it', async () => {
  const { a, b, query } = clinic;
  const other = somePatient({ mrn: 'SHARED-2' });
  a.local.store.mutate(header('patient.register'), (writer) => writer.insert('patient', other));
  await a.settled();
  await b.settled();
  await a.offline();
  await b.offline();
  const first = book(a);
  const second = book(b, { patient_id: other.id });
  await a.online();
  await a.settled();
  await b.online();
  expect(await b.engine.verdict(second.n, 5000)).toMatchObject({ status: 'needs_review' });
  await b.settled();
  await a.settled();
  for (const desk of [a, b]) {
    expect(appointmentOn(desk, first.id), desk.name).toMatchObject({ needs_rebooking: 0 });
    expect(appointmentOn(desk, second.id), desk.name).toMatchObject({ needs_rebooking: 1, status: 'booked' });
  }
  expect(b.engine.status().tasks).toBe(1);
  expect(a.engine.status().tasks).toBe(0);
  const task = b.local.store.get(localDb.selectFrom('task').selectAll());
  expect(task).toMatchObject({
    code: 'rebook-appointment',
    appointment_id: second.id,
    owner_device: b.local.store.workstation()?.deviceId,
  });
  expect(await query('select count(*)::integer as n from clinichub.appointment')).toEqual([{ n: 2 }]);
  await expectConverged(a, b);
});

test('a move into a taken slot: the appointment stays where the centre has it, and a task says so', async () => {
  const { a, b } = clinic;
  const other = somePatient({ mrn: 'SHARED-2' });
  a.local.store.mutate(header('patient.register'), (writer) => writer.insert('patient', other));
  const first = book(a);
  const later = {
    start_at: '2026-11-24T11:00:00.000Z',
    end_at: '2026-11-24T11:15:00.000Z',
    start_local: '2026-11-24T12:00',
  };
  const second = book(a, { patient_id: other.id, ...later });
  await a.settled();
  await b.settled();
  await b.offline();
  const { start_at, end_at, start_local } = appointmentOn(b, first.id) ?? later;
  const move = b.local.store.mutate(header('appointment.move'), (writer) =>
    writer.update('appointment', second.id, { start_at, end_at, start_local }),
  );
  expect(appointmentOn(b, second.id)).toMatchObject({ start_at });
  await b.online();
  expect(await b.engine.verdict(move.n, 5000)).toMatchObject({ status: 'needs_review' });
  await b.settled();
  await a.settled();
  expect(appointmentOn(b, second.id)).toMatchObject(later);
  expect(b.engine.status().tasks).toBe(1);
  expect(b.local.store.get(localDb.selectFrom('task').select('code'))).toEqual({ code: 'move-refused' });
  await expectConverged(a, b);
});

test('a refused mutation is parked, its rows fall back, and it can be sent again or given up', async () => {
  const { a, b, patient, query } = clinic;
  const { store } = a.local;
  const renumber = (mrn: string) =>
    store.mutate(header('patient.update'), (writer) => writer.update('patient', patient.id, { mrn })).n;
  const other = somePatient({ mrn: 'TAKEN' });
  b.local.store.mutate(header('patient.register'), (writer) => writer.insert('patient', other));
  await b.settled();
  const n = renumber('TAKEN');
  const appointment = book(a);
  await a.settled();
  expect(a.engine.status()).toMatchObject({ parked: 1, waiting: 0 });
  expect(patientOn(a, patient.id)).toMatchObject({ mrn: patient.mrn });
  expect(store.certainty('patient', patient.id)).toBe('parked');
  expect(store.certainty('appointment', appointment.id)).toBe('confirmed');

  const again = store.resend(n);
  expect(again).toBe(appointment.n + 1);
  expect(store.resend(n)).toBeNull();
  expect(patientOn(a, patient.id)).toMatchObject({ mrn: 'TAKEN' });
  await a.settled();
  expect(patientOn(a, patient.id)).toMatchObject({ mrn: patient.mrn });

  // Somebody repairs what the centre refused, and the next try goes through.
  await query(`update clinichub.patient set mrn = 'FREED' where id = $1`, [other.id]);
  const third = store.resend(again ?? 0) ?? 0;
  a.engine.wake();
  expect(await a.engine.verdict(third, 5000)).toMatchObject({ status: 'applied' });
  await a.settled();
  expect(patientOn(a, patient.id)).toMatchObject({ mrn: 'TAKEN' });

  const wrong = renumber('FREED');
  await a.settled();
  expect(store.withdraw(wrong)).toBe(true);
  expect(store.withdraw(wrong)).toBe(false);
  await a.settled();
  expect(a.engine.status().parked).toBe(0);
  expect(store.certainty('patient', patient.id)).toBe('confirmed');
  const history = localDb.selectFrom('outbox_history').select(['n', 'outcome', 'resent_as']).orderBy('n');
  expect(store.all(history)).toEqual([
    { n, outcome: 'resent', resent_as: again },
    { n: again, outcome: 'resent', resent_as: third },
    { n: wrong, outcome: 'withdrawn', resent_as: null },
  ]);
  await b.settled();
  await expectConverged(a, b);
});

test('work that leans on a refused registration is parked with it, and nothing hangs in the air', async () => {
  const { a, patient } = clinic;
  const { store, db } = a.local;
  await a.offline();
  const wrong = somePatient({ mrn: patient.mrn });
  store.mutate(header('patient.register'), (writer) => writer.insert('patient', wrong));
  const { id } = book(a, { patient_id: wrong.id });
  await a.online();
  await a.settled();
  expect(a.engine.status()).toMatchObject({ parked: 2, waiting: 0 });
  expect(patientOn(a, wrong.id)).toBeUndefined();
  expect(appointmentOn(a, id)).toBeUndefined();
  expect(db.pragma('foreign_key_check')).toEqual([]);
  await expectConverged(a);
});

test('an appointment moved elsewhere arrives as moved, an appointment removed by hand at the centre goes', async () => {
  const { a, b, query } = clinic;
  const { id } = book(a);
  await a.settled();
  await b.settled();
  a.local.store.mutate(header('appointment.move'), (writer) =>
    writer.update('appointment', id, {
      start_at: '2026-11-24T10:00:00.000Z',
      end_at: '2026-11-24T10:15:00.000Z',
      start_local: '2026-11-24T11:00',
    }),
  );
  await a.settled();
  await b.until(() => appointmentOn(b, id)?.start_local === '2026-11-24T11:00');
  await query('delete from clinichub.appointment where id = $1', [id]);
  await b.until(() => appointmentOn(b, id) === undefined);
  await a.settled();
  await expectConverged(a, b);
});
