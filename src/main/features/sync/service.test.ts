import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { LocationId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import { type Clinic, habimana, openClinic, site, uwase } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let desk: Connection;
beforeEach(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
});
afterEach(() => clinic.close());

const outbox = () => clinic.get('sync.outbox', {}, desk);

it('says in words what waits: a patient\u2019s name, an appointment\u2019s time', async () => {
  const booking = {
    patientId: habimana.id as PatientId,
    practitionerId: uwase.id as PractitionerId,
    locationId: site.id as LocationId,
    startLocal: '2026-11-24T09:00',
    minutes: 30,
  };
  const { appointment } = await clinic.get('appointments.book', booking, desk);
  await clinic.get('appointments.cancel', { id: appointment.id, reason: 'Ill' }, desk);
  await clinic.get('patients.register', { family: 'Keza', given: 'Ange', gender: 'female' }, desk);
  await clinic.get('patients.get', { id: habimana.id as PatientId }, desk);
  expect(
    (await outbox()).map(({ kind, subject, startLocal, userName }) => [kind, subject, startLocal, userName]),
  ).toEqual([
    ['session.sign-in', '', null, 'reception'],
    ['appointment.book', 'Habimana Jean', '2026-11-24T09:00', 'reception'],
    ['appointment.cancel', 'Habimana Jean', '2026-11-24T09:00', 'reception'],
    ['patient.register', 'Keza Ange', null, 'reception'],
    ['patient.open', 'Habimana Jean', null, 'reception'],
  ]);
});

it('lets a person send a parked mutation again or give it up', async () => {
  await clinic.get('patients.register', { family: 'Keza', given: 'Ange', gender: 'female' }, desk);
  const { replica } = clinic.temporary.local;
  const park = (n: number) =>
    replica.recordVerdicts([{ n, status: 'rejected', sqlstate: '23505', message: 'twice' }]);
  const registration = async () => (await outbox()).find((entry) => entry.kind === 'patient.register');
  const first = await registration();
  park(first?.n ?? 0);
  expect(await registration()).toMatchObject({ status: 'parked', sqlstate: '23505', subject: 'Keza Ange' });
  await clinic.get('sync.resend', { n: first?.n ?? 0 }, desk);
  const again = await registration();
  expect(again).toMatchObject({ status: 'waiting' });
  expect(again?.n).toBeGreaterThan(first?.n ?? 0);
  park(again?.n ?? 0);
  await clinic.get('sync.withdraw', { n: again?.n ?? 0 }, desk);
  expect(await registration()).toBeUndefined();
  expect(await clinic.ask('sync.withdraw', { n: again?.n ?? 0 }, desk)).toMatchObject({
    error: { code: 'not-found' },
  });
});

it('tries the centre when a person asks', async () => {
  const before = clinic.engine.wakes;
  await clinic.get('sync.retry', {}, desk);
  expect(clinic.engine.wakes).toBe(before + 1);
});

it('counts the tasks that wait on every desk among those of this one', async () => {
  const booking = {
    patientId: habimana.id as PatientId,
    practitionerId: uwase.id as PractitionerId,
    locationId: site.id as LocationId,
    startLocal: '2026-11-24T09:00',
    minutes: 30,
    request: true,
  };
  const { appointment } = await clinic.get('appointments.book', booking, desk);
  expect(await clinic.get('sync.status', {}, desk)).toMatchObject({ tasks: 0 });
  const doctor = await clinic.signedIn('doctor');
  await clinic.get('appointments.reject', { id: appointment.id, reason: 'On leave' }, doctor);
  expect(await clinic.get('sync.status', {}, desk)).toMatchObject({ tasks: 1 });
  const heard: unknown[] = [];
  clinic.core.onEvent((event) => heard.push(event));
  clinic.engine.tell(clinic.engine.status());
  expect(heard).toMatchObject([{ type: 'sync', status: { tasks: 1 } }]);
});

it('compares with the centre when an administrator asks, and for nobody else', async () => {
  const admin = await clinic.signedIn('admin');
  expect(await clinic.ask('sync.verify', {}, desk)).toMatchObject({ error: { code: 'not-permitted' } });
  expect(clinic.engine.checks).toBe(0);
  await clinic.get('sync.verify', {}, admin);
  expect(clinic.engine.checks).toBe(1);
});
