import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { formatMrn } from '#shared/domain/patients/mrn.ts';
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

/** A registration, its patient's town and a booking for it, all refused; the numbers they were sent under. */
const refuseRegistration = async () => {
  const details = { family: 'Keza', given: 'Ange', gender: 'female' as const };
  const { id, mrn } = await clinic.get('patients.register', details, desk);
  await clinic.get('patients.update', { id, details: { ...details, city: 'Huye' } }, desk);
  const booking = {
    patientId: id,
    practitionerId: uwase.id as PractitionerId,
    locationId: site.id as LocationId,
    startLocal: '2026-11-24T09:00',
    minutes: 30,
  };
  await clinic.get('appointments.book', booking, desk);
  const [, register, update, book] = (await outbox()).map(({ n }) => n);
  const numbers = [register, update, book].map(Number);
  const states = ['23505', 'CH101', '23503'];
  clinic.temporary.local.replica.recordVerdicts(
    numbers.map((n, index) => ({ n, status: 'rejected', sqlstate: states[index] ?? null, message: 'no' })),
  );
  return { numbers, mrn };
};
const parkedNow = async () => (await outbox()).filter((entry) => entry.status === 'parked');
const history = () => clinic.get('sync.history', {}, desk);

describe('refused work', () => {
  it('of a chart is shown to those who read charts', async () => {
    const doctor = await clinic.signedIn('doctor');
    const unknown = { codeSystem: null, code: null, severity: null, onset: null, abatement: null };
    const state = { clinicalStatus: 'active', verificationStatus: 'confirmed' } as const;
    const problem = { ...unknown, ...state, display: 'Asthma', note: '' };
    await clinic.get('problems.add', { patientId: habimana.id as PatientId, problem }, doctor);
    const n = Number((await outbox()).findLast(({ kind }) => kind.startsWith('problem'))?.n);
    clinic.temporary.local.replica.recordVerdicts([
      { n, status: 'rejected', sqlstate: '23503', message: 'no' },
    ]);
    expect(await clinic.get('sync.parked', { n }, doctor)).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ table: 'condition' })]),
    });
    for (const role of ['reception', 'admin'] as const)
      expect(await clinic.ask('sync.parked', { n }, await clinic.signedIn(role))).toMatchObject({
        error: { code: 'not-permitted' },
      });
  });

  it('tells what depends on it and whether it can be corrected', async () => {
    const { numbers } = await refuseRegistration();
    const [register = 0, update, book] = numbers;
    expect((await parkedNow()).map(({ n, dependents, fixable }) => [n, dependents, fixable])).toEqual([
      [register, [update, book], true],
      [update, [], true],
      [book, [], true],
    ]);
    expect(await clinic.get('sync.parked', { n: register }, desk)).toMatchObject({
      n: register,
      sqlstate: '23505',
      subject: 'Keza Ange',
      dependents: [update, book],
      rows: [
        {
          change: 0,
          table: 'patient',
          isNew: true,
          fields: [
            { column: 'family', format: 'text', editable: true, value: 'Keza' },
            { column: 'given' },
            { column: 'gender', format: 'gender', value: 'female' },
            { column: 'birth_date', value: null },
            { column: 'birth_date_estimated', editable: false },
            { column: 'phone' },
            { column: 'email' },
            { column: 'address_line' },
            { column: 'postal_code' },
            { column: 'city' },
            { column: 'country' },
            { column: 'contact_name' },
            { column: 'contact_phone' },
            { column: 'deceased_date' },
            { column: 'mrn', editable: true },
          ],
        },
      ],
    });
    expect(await clinic.ask('sync.parked', { n: 9999 }, desk)).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  it('corrected is sent again with what depends on it, and what was refused stays in the history', async () => {
    const { numbers, mrn } = await refuseRegistration();
    const [n = 0] = numbers;
    const wakes = clinic.engine.wakes;
    await clinic.get(
      'sync.resend',
      { n, corrections: [{ change: 0, typed: { mrn: formatMrn('RUH', 9), phone: '0788 000 111' } }] },
      desk,
    );
    expect(clinic.engine.wakes).toBe(wakes + 1);
    expect(await parkedNow()).toEqual([]);
    const [found] = await clinic.get('patients.search', { text: 'Keza' }, desk);
    expect(found).toMatchObject({
      mrn: formatMrn('RUH', 9),
      family: 'Keza',
      phone: '+250788000111',
      city: 'Huye',
    });
    const decided = await history();
    expect(decided.map((one) => [one.n, one.outcome])).toEqual(
      numbers.toReversed().map((number) => [number, 'resent']),
    );
    expect(decided.at(-1)).toMatchObject({
      subject: 'Keza Ange',
      sqlstate: '23505',
      kind: 'patient.register',
    });
    expect(decided.at(-1)?.resentAs).toBeGreaterThan(n);
    expect(await clinic.get('patients.search', { text: mrn }, desk)).toEqual([]);
  });

  it.each([
    [{ change: 0, typed: { phone: 'none' } }, { '0.phone': 'phone' }],
    [{ change: 0, typed: { family: '' } }, { '0.family': 'required' }],
    [{ change: 0, typed: { id: 'x' } }, { '0.id': 'invalid' }],
    [{ change: 7, typed: { phone: '1' } }, { '7.phone': 'invalid' }],
  ])('is not sent with %o', async (correction, fields) => {
    const { numbers } = await refuseRegistration();
    const input = { n: numbers[0] ?? 0, corrections: [correction] };
    expect(await clinic.ask('sync.resend', input, desk)).toEqual({
      ok: false,
      error: { code: 'invalid-input', fields },
    });
    expect(await parkedNow()).toHaveLength(3);
  });

  it('withdrawn goes with what depends on it; all of it stays in the history', async () => {
    const { numbers } = await refuseRegistration();
    await clinic.get('sync.withdraw', { n: numbers[0] ?? 0 }, desk);
    expect(await parkedNow()).toEqual([]);
    expect((await history()).map((one) => [one.n, one.outcome, one.resentAs])).toEqual(
      numbers.toReversed().map((number) => [number, 'withdrawn', null]),
    );
  });

  it('that leans on what is not here is left where it is', async () => {
    const { numbers } = await refuseRegistration();
    expect(await clinic.ask('sync.resend', { n: numbers[2] ?? 0 }, desk)).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
    expect(await parkedNow()).toHaveLength(3);
  });

  it('a booking moved to another time keeps its length', async () => {
    const booking = {
      patientId: habimana.id as PatientId,
      practitionerId: uwase.id as PractitionerId,
      locationId: site.id as LocationId,
      startLocal: '2026-11-24T09:00',
      minutes: 45,
    };
    const { appointment } = await clinic.get('appointments.book', booking, desk);
    const n = (await outbox()).at(-1)?.n ?? 0;
    clinic.temporary.local.replica.recordVerdicts([
      { n, status: 'rejected', sqlstate: '22008', message: 'no' },
    ]);
    const corrections = [{ change: 0, typed: { start_local: '2026-11-24T10:00' } }];
    await clinic.get('sync.resend', { n, corrections }, desk);
    expect(await clinic.get('appointments.get', { id: appointment.id }, desk)).toMatchObject({
      startLocal: '2026-11-24T10:00',
      startAt: '2026-11-24T08:00:00.000Z',
      minutes: 45,
    });
  });
});

it('compares with the centre when an administrator asks, and for nobody else', async () => {
  const admin = await clinic.signedIn('admin');
  expect(await clinic.ask('sync.verify', {}, desk)).toMatchObject({ error: { code: 'not-permitted' } });
  expect(clinic.engine.checks).toBe(0);
  await clinic.get('sync.verify', {}, admin);
  expect(clinic.engine.checks).toBe(1);
});
