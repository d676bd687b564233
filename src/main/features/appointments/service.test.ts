import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
import { somePractitioner } from '#tests/support/sync-local.ts';

let clinic: Clinic;
let desk: Connection;
const book = (patientId: string, practitionerId: string, startLocal: string, more: object = {}) =>
  clinic.get(
    'appointments.book',
    {
      patientId: patientId as PatientId,
      practitionerId: practitionerId as PractitionerId,
      locationId: site.id as LocationId,
      startLocal,
      minutes: 30,
      ...more,
    },
    desk,
  );

beforeAll(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
  await book(habimana.id, uwase.id, '2026-11-23T11:00');
  await book(mutesi.id, uwase.id, '2026-11-23T10:30');
  await book(mutesi.id, mugabo.id, '2026-11-23T12:00', { request: true });
  const gone = await book(habimana.id, mugabo.id, '2026-11-23T14:00');
  await clinic.get('appointments.cancel', { id: gone.appointment.id, reason: 'Ill' }, desk);
  await book(habimana.id, uwase.id, '2026-11-24T08:00');
});
afterAll(() => clinic.close());

describe('the day board', () => {
  const board = (more: object = {}) =>
    clinic.get('appointments.board', { date: '2026-11-23', ...more }, desk);

  it('has a column per practitioner, by name, with hours and appointments of that day in order', async () => {
    const { columns, counts, timeZone } = await board();
    expect(timeZone).toBe('Africa/Kigali');
    expect(columns.map((column) => column.practitionerName)).toEqual(['Dr Aline Uwase', 'Dr Eric Mugabo']);
    expect(columns[0]).toMatchObject({
      blocks: [{ locationName: 'Ruhengeri', roomName: 'Room 2', startTime: '08:00', endTime: '16:00' }],
      appointments: [{ startLocal: '2026-11-23T10:30' }, { startLocal: '2026-11-23T11:00' }],
    });
    expect(counts).toEqual({ booked: 2, requested: 1, cancelled: 1, provisional: 4, needsRebooking: 0 });
  });

  it('is of the site and speciality asked for', async () => {
    expect((await board({ locationId: '01900000-0000-7000-8000-ffffffffffff' })).columns).toEqual([]);
    expect((await board({ speciality: 'Surgery' })).columns).toEqual([]);
    expect((await board({ speciality: 'General practice' })).columns).toHaveLength(2);
    expect((await board({ date: '2026-11-28' })).columns).toEqual([]);
  });
});

describe('free slots', () => {
  const slots = (more: object = {}) =>
    clinic.get(
      'appointments.freeSlots',
      { practitionerId: uwase.id as PractitionerId, from: '2026-11-23T08:05:00.000Z', minutes: 30, ...more },
      desk,
    );

  it('are the practitioner\u2019s own first, then a colleague\u2019s of the same speciality', async () => {
    const found = await slots();
    expect(found.map((slot) => `${slot.practitionerName} ${slot.startLocal.slice(5)}`)).toEqual([
      'Dr Aline Uwase 11-23T11:30',
      'Dr Aline Uwase 11-23T12:00',
      'Dr Aline Uwase 11-23T12:30',
      'Dr Eric Mugabo 11-23T10:15',
      'Dr Eric Mugabo 11-23T10:45',
    ]);
  });

  it('leave out nobody for those of the same speciality who have no hours, however many there are', async () => {
    const before = [await slots(), await slots({ practitionerId: null })];
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) => {
      for (let n = 0; n < 210; n += 1)
        writer.insert(
          'practitioner',
          somePractitioner({ family: `Aaron ${n}`, speciality: uwase.speciality, prefix: 'Dr' }),
        );
    });
    expect([await slots(), await slots({ practitionerId: null })]).toEqual(before);
  });

  it('can each be booked', async () => {
    const [first] = await slots({ from: '2026-12-01T00:00:00.000Z', minutes: 60 });
    expect(first?.startLocal).toBe('2026-12-01T08:00');
    expect(await book(mutesi.id, uwase.id, first?.startLocal ?? '', { minutes: 60 })).toMatchObject({
      outcome: 'provisional',
    });
  });

  it('never lie in the past, and an unreadable start is refused', async () => {
    expect((await slots({ from: '2020-01-01T00:00:00.000Z', limit: 1 }))[0]?.startLocal).toBe(
      '2026-11-23T10:00',
    );
    expect(
      await clinic.ask(
        'appointments.freeSlots',
        { practitionerId: uwase.id as PractitionerId, from: 'soon', minutes: 30 },
        desk,
      ),
    ).toMatchObject({
      error: { code: 'invalid-input', fields: { from: 'unreadable' } },
    });
  });
});

it('a patient\u2019s appointments come newest first, a page at a time, none twice', async () => {
  const page = (before: { startAt: string; id: string } | null) =>
    clinic.get('patients.appointments', { id: habimana.id as PatientId, before, limit: 2 }, desk);
  const first = await page(null);
  expect(first.appointments.map((one) => one.startLocal)).toEqual(['2026-11-24T08:00', '2026-11-23T14:00']);
  const last = first.appointments.at(-1);
  const second = await page(last ? { startAt: last.startAt, id: last.id } : null);
  expect(second.appointments.map((one) => one.startLocal)).toEqual(['2026-11-23T11:00']);
});

it('what has not arrived yet is not passed over in silence', async () => {
  const history = () =>
    clinic.get('patients.appointments', { id: habimana.id as PatientId, before: null, limit: 2 }, desk);
  const board = (date: string) =>
    clinic.get('appointments.board', { date, locationId: null, speciality: null }, desk);
  expect([(await history()).complete, (await board('2026-10-01')).complete]).toEqual([true, true]);
  clinic.temporary.local.db.exec(`UPDATE sync_state SET history_table = 'appointment'`);
  expect([(await history()).complete, (await board('2026-10-01')).complete]).toEqual([false, false]);
  // Yesterday and what is to come is here from the beginning.
  expect([(await board('2026-11-21')).complete, (await board('2026-11-22')).complete]).toEqual([false, true]);
  clinic.temporary.local.db.exec(`UPDATE sync_state SET history_table = 'task'`);
  expect([(await history()).complete, (await board('2026-10-01')).complete]).toEqual([true, true]);
});

it('what was written for a merged record of the same person is read with the one that goes on, and is in its way', async () => {
  const { store } = clinic.temporary.local;
  const merge = (merged_into: string | null) =>
    store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', mutesi.id, { merged_into }),
    );
  const of = async (patient: { readonly id: string }) => {
    const page = { id: patient.id as PatientId, before: null, limit: 50 };
    const { appointments } = await clinic.get('patients.appointments', page, desk);
    return appointments.map((one) => one.startLocal);
  };
  await book(mutesi.id, uwase.id, '2026-12-03T09:00');
  const { appointment: own } = await book(habimana.id, mugabo.id, '2026-12-03T11:00');
  const offered = async () => {
    const wanted = {
      id: own.id,
      practitionerId: mugabo.id as PractitionerId,
      wantedAt: '2026-12-03T07:00:00.000Z',
    };
    const slots = await clinic.get('appointments.rebookingSlots', wanted, desk);
    return slots.map(({ startLocal }) => startLocal);
  };
  const apart = [await of(habimana), await of(mutesi)];
  expect(await offered()).toContain('2026-12-03T09:00');
  merge(habimana.id);
  expect(await offered()).not.toContain('2026-12-03T09:00');
  const together = apart.flat().toSorted().toReversed();
  expect([await of(habimana), await of(mutesi)]).toEqual([together, together]);
  await expect(book(habimana.id, mugabo.id, '2026-12-03T09:00')).rejects.toThrow('patient-busy');
  merge(null);
  expect([await of(habimana), await of(mutesi)]).toEqual(apart);
});

it('practitioners and sites are those with hours', async () => {
  expect(await clinic.get('practitioners.list', {}, desk)).toMatchObject([
    { name: 'Dr Eric Mugabo', locationIds: [site.id] },
    { name: 'Dr Aline Uwase', locationIds: [site.id] },
  ]);
  expect(await clinic.get('practitioners.locations', {}, desk)).toEqual([
    { id: site.id, name: 'Ruhengeri', city: 'Musanze', timeZone: 'Africa/Kigali' },
  ]);
});
