import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { ExceptionDetails, HoursDetails, VisitTypeDetails } from '#shared/contract/scheduling.ts';
import type { LocationId, PractitionerId } from '#shared/kernel/ids.ts';
import { type Clinic, mugabo, openClinic, otherSite, room, site, uwase } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let admin: Connection;
let desk: Connection;
beforeEach(async () => {
  clinic = openClinic();
  admin = await clinic.signedIn('admin');
  desk = await clinic.signedIn('reception');
});
afterEach(() => clinic.close());

const visitType: VisitTypeDetails = {
  name: 'Ultrasound',
  minutes: 30,
  bufferBefore: 5,
  bufferAfter: 10,
  dailyCap: 8,
  leadMinutes: 120,
  horizonDays: 90,
  staffOnly: true,
  needsRoom: true,
  active: true,
};
const hours: HoursDetails = {
  practitionerId: uwase.id as PractitionerId,
  locationId: site.id as LocationId,
  roomId: room.id as LocationId,
  weekday: 6,
  startTime: '08:00',
  endTime: '12:30',
  validFrom: '2026-11-28',
  validTo: null,
  intervalWeeks: 2,
};
const leave: ExceptionDetails = {
  kind: 'leave',
  practitionerId: uwase.id as PractitionerId,
  locationId: null,
  startDate: '2026-11-24',
  endDate: '2026-11-26',
  startTime: null,
  endTime: null,
  name: 'Leave',
};
/** Sign-ins aside. */
const waiting = () =>
  clinic.temporary.local.db
    .prepare(`SELECT kind FROM outbox WHERE kind LIKE 'visit-type.%' ORDER BY n`)
    .pluck()
    .all();

it('kinds of visits are kept as they were entered and changed, by name, and go to the centre', async () => {
  const woken = clinic.engine.wakes;
  const made = await clinic.get('scheduling.createVisitType', visitType, admin);
  expect(made).toMatchObject(visitType);
  await clinic.get(
    'scheduling.createVisitType',
    { ...visitType, name: 'Consultation', dailyCap: null },
    admin,
  );
  const changed = { ...made, name: 'Echo', active: false, dailyCap: null };
  expect(await clinic.get('scheduling.updateVisitType', changed, admin)).toEqual(changed);
  const all = await clinic.get('scheduling.visitTypes', {}, desk);
  expect(all.map(({ name, active }) => [name, active])).toEqual([
    ['Consultation', true],
    ['Echo', false],
  ]);
  expect(waiting()).toEqual(['visit-type.create', 'visit-type.create', 'visit-type.update']);
  expect(clinic.engine.wakes - woken).toBe(3);
});

it('two kinds of visits do not have one name', async () => {
  const { id } = await clinic.get('scheduling.createVisitType', visitType, admin);
  const twice = { error: { code: 'invalid-input', fields: { name: 'duplicate' } } };
  expect(
    await clinic.ask('scheduling.createVisitType', { ...visitType, name: ' ULTRASOUND ' }, admin),
  ).toMatchObject(twice);
  const other = await clinic.get('scheduling.createVisitType', { ...visitType, name: 'Other' }, admin);
  expect(
    await clinic.ask('scheduling.updateVisitType', { ...other, name: 'Ultrasound' }, admin),
  ).toMatchObject(twice);
  await clinic.get('scheduling.updateVisitType', { ...visitType, id, minutes: 45 }, admin);
});

it('weekly hours can be added, changed, taken away and put back', async () => {
  const listed = async () =>
    (await clinic.get('scheduling.hours', { from: '2026-11-23' }, desk)).filter(
      ({ weekday }) => weekday === 6,
    );
  const { id } = await clinic.get('scheduling.addHours', hours, admin);
  expect(await listed()).toMatchObject([
    { ...hours, practitionerName: 'Dr Aline Uwase', locationName: 'Ruhengeri', roomName: 'Room 2' },
  ]);
  await clinic.get('scheduling.changeHours', { ...hours, id, endTime: '24:00' }, admin);
  expect(await listed()).toMatchObject([{ endTime: '24:00' }]);
  await clinic.get('scheduling.removeHours', { id }, admin);
  expect(await listed()).toEqual([]);
  await clinic.get('scheduling.removeHours', { id, removed: false }, admin);
  expect(await listed()).toHaveLength(1);
  await clinic.get('scheduling.changeHours', { ...hours, id, validTo: '2027-01-31' }, admin);
  expect(await clinic.get('scheduling.hours', { from: '2027-02-01' }, desk)).not.toContainEqual(
    expect.objectContaining({ id }),
  );
});

it.each([
  [{ endTime: '08:00' }, { endTime: 'order' }],
  [{ validTo: '2026-11-27' }, { validTo: 'order' }],
  [{ validFrom: null }, { validFrom: 'required' }],
  [{ locationId: room.id as LocationId, roomId: null }, { locationId: 'invalid' }],
  [{ roomId: site.id as LocationId }, { roomId: 'invalid' }],
  [{ practitionerId: site.id as unknown as PractitionerId }, { practitionerId: 'invalid' }],
] as const)('hours with %j are refused: %j', async (more, fields) => {
  expect(await clinic.ask('scheduling.addHours', { ...hours, ...more }, admin)).toEqual({
    ok: false,
    error: { code: 'invalid-input', fields },
  });
});

describe('hours of a doctor do not overlap', () => {
  const overlapping = { ok: false, error: { code: 'invalid-input', fields: { startTime: 'own-hours' } } };
  const elsewhere = {
    ...hours,
    locationId: otherSite.id as LocationId,
    roomId: null,
    startTime: '12:00',
    endTime: '16:00',
  };
  let id: string;
  beforeEach(async () => {
    ({ id } = await clinic.get('scheduling.addHours', hours, admin));
  });

  it('at another site neither, new or changed; those that touch do not', async () => {
    expect(await clinic.ask('scheduling.addHours', elsewhere, admin)).toEqual(overlapping);
    const touching = await clinic.get('scheduling.addHours', { ...elsewhere, startTime: '12:30' }, admin);
    expect(await clinic.ask('scheduling.changeHours', { ...elsewhere, id: touching.id }, admin)).toEqual(
      overlapping,
    );
    await clinic.get('scheduling.changeHours', { ...hours, id, startTime: '09:00' }, admin);
  });

  it('but another doctor has the same, and so has this one in the other weeks', async () => {
    await clinic.get(
      'scheduling.addHours',
      { ...elsewhere, practitionerId: mugabo.id as PractitionerId },
      admin,
    );
    await clinic.get('scheduling.addHours', { ...elsewhere, validFrom: '2026-12-05' }, admin);
  });

  it('and when two desks each entered one, both lines say so', async () => {
    clinic.temporary.local.store.mutate({ kind: 'schedule.add', user: null }, (writer) => {
      const row = writer.get(localDb.selectFrom('schedule').selectAll().where('id', '=', id));
      if (row !== undefined)
        writer.insert('schedule', { ...row, id: crypto.randomUUID(), end_time: '10:00' });
    });
    const listed = await clinic.get('scheduling.hours', { from: '2026-11-23' }, desk);
    expect(listed.filter(({ overlaps }) => overlaps).map(({ endTime }) => endTime)).toEqual([
      '12:30',
      '10:00',
    ]);
  });
});

it('exceptions are listed by their first day until they are over or taken back', async () => {
  const { id } = await clinic.get('scheduling.addException', leave, desk);
  await clinic.get(
    'scheduling.addException',
    {
      ...leave,
      kind: 'holiday',
      practitionerId: null,
      startDate: '2026-11-23',
      endDate: '2026-11-23',
      name: 'Day',
    },
    admin,
  );
  const listed = async (from: string) =>
    (await clinic.get('scheduling.exceptions', { from }, desk)).map((one) => [
      one.name,
      one.practitionerName,
    ]);
  expect(await listed('2026-11-23')).toEqual([
    ['Day', null],
    ['Leave', 'Dr Aline Uwase'],
  ]);
  expect(await listed('2026-11-26')).toEqual([['Leave', 'Dr Aline Uwase']]);
  expect(await listed('2026-11-27')).toEqual([]);
  await clinic.get('scheduling.voidException', { id }, desk);
  expect(await listed('2026-11-26')).toEqual([]);
});

it.each([
  [{ endDate: '2026-11-23' }, { endDate: 'order' }],
  [{ startTime: '09:00' }, { endTime: 'required' }],
  [{ endTime: '09:00' }, { startTime: 'required' }],
  [{ startTime: '09:00', endTime: '09:00' }, { endTime: 'order' }],
  [
    { kind: 'extra', practitionerId: null },
    { startTime: 'required', practitionerId: 'required', locationId: 'required' },
  ],
  [{ locationId: room.id as LocationId }, { locationId: 'invalid' }],
] as const)('an exception with %j is refused: %j', async (more, fields) => {
  expect(await clinic.ask('scheduling.addException', { ...leave, ...more }, admin)).toEqual({
    ok: false,
    error: { code: 'invalid-input', fields },
  });
});

it('reception enters exceptions, the administrator also hours and kinds of visits, others nothing', async () => {
  const doctor = await clinic.signedIn('doctor');
  const nurse = await clinic.signedIn('nurse');
  for (const connection of [doctor, nurse, desk]) {
    for (const reply of [
      await clinic.ask('scheduling.createVisitType', visitType, connection),
      await clinic.ask('scheduling.addHours', hours, connection),
    ])
      expect(reply).toMatchObject({ error: { code: 'not-permitted' } });
  }
  for (const connection of [doctor, nurse])
    expect(await clinic.ask('scheduling.addException', leave, connection)).toMatchObject({
      error: { code: 'not-permitted' },
    });
  expect((await clinic.get('scheduling.exceptions', { from: '2026-11-23' }, doctor)).length).toBe(0);
});

it('everybody who may get hours is there to choose from, without any too', async () => {
  clinic.temporary.local.db.exec(`DELETE FROM schedule WHERE practitioner_id = '${mugabo.id}'`);
  expect(await clinic.get('scheduling.people', {}, admin)).toMatchObject([
    { name: 'Dr Eric Mugabo' },
    { name: 'Dr Aline Uwase' },
  ]);
  expect(await clinic.get('scheduling.places', {}, admin)).toEqual([
    { id: otherSite.id, name: 'Huye', siteId: null },
    { id: room.id, name: 'Room 2', siteId: site.id },
    { id: site.id, name: 'Ruhengeri', siteId: null },
  ]);
});
