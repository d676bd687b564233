import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { AppointmentId, PractitionerId } from '#shared/kernel/ids.ts';
import { type Clinic, habimana, mutesi, openClinic, site, uwase } from '#tests/support/core-clinic.ts';
import { someAppointment } from '#tests/support/sync-local.ts';

let clinic: Clinic;
let desk: Connection;
const [moved, cancelled] = [habimana, mutesi].map((patient, n) =>
  someAppointment({
    patient_id: patient.id,
    practitioner_id: uwase.id,
    location_id: site.id,
    start_at: `2026-11-24T0${8 + n}:00:00.000Z`,
    end_at: `2026-11-24T0${8 + n}:30:00.000Z`,
    start_local: `2026-11-24T${10 + n}:00`,
    time_zone: 'Africa/Kigali',
  }),
);
if (moved === undefined || cancelled === undefined) throw new Error('two are two');
const absence = {
  practitionerId: uwase.id as PractitionerId,
  startDate: '2026-11-24',
  endDate: '2026-11-24',
  startTime: null,
  endTime: null,
  name: 'Flu',
};
let exceptionId: string;

beforeEach(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
  clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    writer.insert('appointment', moved);
    writer.insert('appointment', cancelled);
    writer.insert('patient_telecom', {
      id: '01900000-0000-7000-8000-f00000000002',
      patient_id: habimana.id,
      system: 'phone',
      value: '+250788999999',
      use: 'work',
      note: null,
      created_at: instant(0),
      created_by: null,
      voided_at: null,
      voided_by: null,
      void_reason: null,
    });
  });
  const { visits } = await clinic.get('absence.plan', { absence }, desk);
  const [first] = visits;
  if (first === undefined) throw new Error('nobody is affected');
  const cancel = { kind: 'cancel', id: cancelled.id as AppointmentId, reason: 'Doctor ill' } as const;
  const done = await clinic.get('absence.apply', { absence, choices: [first.choice, cancel] }, desk);
  exceptionId = done.id;
});
afterEach(() => clinic.close());

const list = () => clinic.get('calls.list', {}, desk);
const answered = async (answer: 'confirmed' | 'not-reached' | 'open', note = '', n = 0) => {
  const id = [moved, cancelled][n]?.id as AppointmentId;
  const startAt = clinic.temporary.local.db
    .prepare('SELECT start_at FROM appointment WHERE id = ?')
    .pluck()
    .get(id) as string;
  return clinic.ask('calls.answer', { id, startAt, answer, note }, desk);
};
const openCalls = () =>
  clinic.temporary.local.db
    .prepare(`SELECT count(*) FROM task WHERE code = 'call-patient' AND status = 'requested'`)
    .pluck()
    .get();

it('who must be told, with every number, the time they know of and the new one', async () => {
  expect(await list()).toMatchObject([
    {
      patientName: 'Habimana Jean',
      phones: ['+250788123456', '+250788999999'],
      before: { practitionerName: 'Dr Aline Uwase', startLocal: '2026-11-24T10:00' },
      now: { practitionerName: 'Dr Eric Mugabo', startLocal: '2026-11-24T10:00' },
      attempts: 0,
    },
    {
      patientName: 'Mutesi Chantal',
      phones: [],
      before: { practitionerName: 'Dr Aline Uwase', startLocal: '2026-11-24T11:00' },
      now: null,
      cancelReason: 'Doctor ill',
    },
  ]);
});

it('who knows is off the list, and on it again when that is taken back; nobody reached stays with a note', async () => {
  await answered('not-reached', 'Brother says after five');
  clinic.clock.at += 60_000;
  await answered('not-reached');
  const [first] = await list();
  expect(first).toMatchObject({
    attempts: 2,
    lastAttempt: { at: instant(clinic.clock.at), by: 'reception', note: '' },
  });
  expect(openCalls()).toBe(2);
  await answered('confirmed');
  await answered('confirmed', '', 1);
  expect(await list()).toEqual([]);
  expect(openCalls()).toBe(0);
  expect(
    clinic.temporary.local.db
      .prepare('SELECT patient_status FROM appointment ORDER BY start_local')
      .pluck()
      .all(),
  ).toEqual(['accepted', null]);
  expect(await answered('confirmed')).toMatchObject({ error: { code: 'changed-meanwhile' } });
  await answered('open');
  expect(await list()).toHaveLength(1);
  expect(openCalls()).toBe(1);
});

it('nobody answers for a time that has changed since it was told', async () => {
  const [first] = await list();
  if (first === undefined) throw new Error('nobody is on the list');
  await clinic.get(
    'appointments.move',
    {
      id: first.id,
      practitionerId: uwase.id as PractitionerId,
      locationId: site.id as never,
      startLocal: '2026-11-25T09:00',
      minutes: 30,
    },
    desk,
  );
  const told = { id: first.id, startAt: first.startAt, answer: 'confirmed' } as const;
  expect(await clinic.ask('calls.answer', told, desk)).toMatchObject({
    error: { code: 'changed-meanwhile' },
  });
  // What the patient knows of has not changed by it.
  expect((await list())[0]).toMatchObject({
    before: { startLocal: '2026-11-24T10:00' },
    now: { startLocal: '2026-11-25T09:00' },
  });
});

it('an absence that is taken back leaves nobody to tell but who was told of it', async () => {
  await answered('confirmed');
  await clinic.get('absence.takeBack', { id: exceptionId as never }, desk);
  expect(await list()).toEqual([]);
  expect(openCalls()).toBe(0);
});

it('doctors do not ring', async () => {
  const doctor = await clinic.signedIn('doctor');
  expect(await clinic.ask('calls.list', {}, doctor)).toMatchObject({ error: { code: 'not-permitted' } });
});
