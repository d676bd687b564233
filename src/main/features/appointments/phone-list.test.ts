import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { LocationId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import {
  type Clinic,
  habimana,
  mugabo,
  mutesi,
  openClinic,
  site,
  uwase,
} from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let desk: Connection;
const date = '2026-11-24';

const book = (patientId: string, practitionerId: string, time: string, more: object = {}) =>
  clinic.get(
    'appointments.book',
    {
      patientId: patientId as PatientId,
      practitionerId: practitionerId as PractitionerId,
      locationId: site.id as LocationId,
      startLocal: `${date}T${time}`,
      minutes: 30,
      ...more,
    },
    desk,
  );

beforeAll(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
});
afterAll(() => clinic.close());

it('lists who is booked and has not said that they come, doctor by doctor, with every number', async () => {
  const later = await book(habimana.id, uwase.id, '11:00');
  const confirmed = await book(mutesi.id, uwase.id, '09:00');
  const other = await book(mutesi.id, mugabo.id, '08:00');
  const earlier = await book(habimana.id, uwase.id, '10:00');
  const gone = await book(habimana.id, mugabo.id, '14:00');
  await clinic.get('appointments.cancel', { id: gone.appointment.id, reason: 'Ill' }, desk);
  await book(mutesi.id, mugabo.id, '15:00', { request: true });
  clinic.temporary.local.store.mutate({ kind: 'test', user: habimana.id }, (writer) => {
    writer.update('appointment', confirmed.appointment.id, { patient_status: 'accepted' });
    for (const [n, value, use] of [
      [1, '+250722000001', 'work'],
      [2, '+250722000002', 'old'],
      [3, '+250788123456', 'mobile'],
    ] as const)
      writer.insert('patient_telecom', {
        id: `01900000-0000-7000-8000-f0000000000${n}`,
        ...{ patient_id: habimana.id, system: 'phone', value, use, note: null },
        ...{ created_at: '2026-11-23T08:00:00.000Z', created_by: null },
        ...{ voided_at: null, voided_by: null, void_reason: null },
      });
  });
  const { entries, left, complete } = await clinic.get('appointments.phoneList', { date }, desk);
  expect(entries.map(({ appointment, phones }) => [appointment.id, phones])).toEqual([
    [earlier.appointment.id, ['+250788123456', '+250722000001']],
    [later.appointment.id, ['+250788123456', '+250722000001']],
    [other.appointment.id, []],
  ]);
  expect({ left, complete }).toEqual({ left: 0, complete: true });
});

it('is of the site asked for, and not for doctors', async () => {
  const elsewhere = '01900000-0000-7000-8000-ffffffffffff' as LocationId;
  const { entries } = await clinic.get('appointments.phoneList', { date, locationId: elsewhere }, desk);
  expect(entries).toEqual([]);
  const reply = await clinic.ask('appointments.phoneList', { date }, await clinic.signedIn('doctor'));
  expect(reply).toMatchObject({ ok: false, error: { code: 'not-permitted' } });
});
