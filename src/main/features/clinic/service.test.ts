import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { PractitionerDetails, SiteDetails } from '#shared/contract/clinic.ts';
import type { LocationId, PatientId, PractitionerId, ScheduleId } from '#shared/kernel/ids.ts';
import { type Clinic, habimana, mugabo, openClinic, room, site, uwase } from '#tests/support/core-clinic.ts';
import { someAppointment } from '#tests/support/sync-local.ts';

let clinic: Clinic;
let admin: Connection;
let desk: Connection;
beforeEach(async () => {
  clinic = openClinic();
  admin = await clinic.signedIn('admin');
  desk = await clinic.signedIn('reception');
});
afterEach(() => clinic.close());

const keza: PractitionerDetails = {
  prefix: 'Dr',
  family: 'Keza',
  given: 'Ange',
  gender: 'female',
  speciality: 'Paediatrics',
  furtherSpecialities: [],
  siteIds: [],
  licenceNumber: 'RMDC-17',
  colour: 'teal',
};
const muhanga: SiteDetails = {
  name: 'Muhanga',
  addressLine: 'KN 3 Rd',
  city: 'Muhanga',
  phone: '0788 123 456',
  timeZone: 'Africa/Kigali',
};
const ids = {
  uwase: uwase.id as PractitionerId,
  mugabo: mugabo.id as PractitionerId,
  site: site.id as LocationId,
  room: room.id as LocationId,
};
const refusal = async (reply: Promise<unknown>) => {
  const { error } = (await reply) as { readonly error?: object };
  return error;
};
const book = (more: object = {}) =>
  clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) =>
    writer.insert(
      'appointment',
      someAppointment({
        patient_id: habimana.id,
        practitioner_id: uwase.id,
        location_id: site.id,
        room_id: room.id,
        ...more,
      }),
    ),
  );
const peopleByName = async () =>
  new Map((await clinic.get('clinic.practitioners', {}, admin)).map((one) => [one.family, one]));
const placeNames = async () =>
  (await clinic.get('clinic.places', {}, admin)).map(
    ({ name, siteId, active }) => `${siteId ? '- ' : ''}${name}${active ? '' : ' (closed)'}`,
  );
const partOfClinic = () =>
  clinic.temporary.local.db.prepare('UPDATE sync_state SET scope = ?').run(`site:${site.id}/whole`);

it('a doctor is added and changed, by name, with the sites of the hours; the centre hears of it', async () => {
  const woken = clinic.engine.wakes;
  const { id } = await clinic.get('clinic.addPractitioner', { ...keza, prefix: '  ' }, admin);
  await clinic.get('clinic.changePractitioner', { ...keza, id, given: ' Ange Marie ' }, admin);
  expect(clinic.engine.wakes - woken).toBe(2);
  const people = await peopleByName();
  expect([...people.keys()]).toEqual(['Keza', 'Mugabo', 'Uwase']);
  expect(people.get('Keza')).toEqual({ ...keza, given: 'Ange Marie', id, active: true, sites: [] });
  expect(people.get('Uwase')).toMatchObject({ sites: ['Ruhengeri'], colour: null });
  const bookable = await clinic.get('scheduling.people', {}, desk);
  expect(bookable.map(({ name }) => name)).toContain('Dr Ange Marie Keza');
});

it('a licence number is of one doctor, and blanks are nothing', async () => {
  await clinic.get('clinic.addPractitioner', keza, admin);
  const again = { ...keza, family: 'Other' };
  expect(await refusal(clinic.ask('clinic.addPractitioner', again, admin))).toMatchObject({
    fields: { licenceNumber: 'already' },
  });
  const none = { ...again, licenceNumber: '   ' };
  const { id } = await clinic.get('clinic.addPractitioner', none, admin);
  await clinic.get('clinic.addPractitioner', { ...none, family: 'Third' }, admin);
  expect(await refusal(clinic.ask('clinic.changePractitioner', { ...again, id }, admin))).toMatchObject({
    fields: { licenceNumber: 'already' },
  });
});

it('a doctor with appointments ahead stays, with their number; without, they leave and come back with their hours', async () => {
  book();
  book({
    start_at: '2026-12-09T09:00:00.000Z',
    end_at: '2026-12-09T09:30:00.000Z',
    start_local: '2026-12-09T11:00',
  });
  book({ start_at: '2026-11-24T12:00:00.000Z', end_at: '2026-11-24T12:30:00.000Z', status: 'cancelled' });
  book({ start_at: '2026-11-20T09:00:00.000Z', end_at: '2026-11-20T09:30:00.000Z' });
  const leave = (id: PractitionerId, active = false) =>
    clinic.ask('clinic.setPractitionerActive', { id, active }, admin);
  expect(await refusal(leave(ids.uwase))).toEqual({
    code: 'practitioner-booked',
    params: { count: 2, first: '2026-11-24', last: '2026-12-09' },
  });
  const working = async () =>
    (await clinic.get('practitioners.list', {}, desk)).map(({ name }) => name.split(' ').at(-1));
  await leave(ids.mugabo);
  expect(await working()).toEqual(['Uwase']);
  expect((await peopleByName()).get('Mugabo')).toMatchObject({ active: false });
  await leave(ids.mugabo, true);
  expect(await working()).toEqual(['Mugabo', 'Uwase']);
});

it('what another desk books with a doctor who left meanwhile stands on its day', async () => {
  await clinic.get('clinic.setPractitionerActive', { id: ids.uwase, active: false }, admin);
  book();
  const { columns } = await clinic.get('appointments.board', { date: '2026-11-24' }, desk);
  expect(columns.map((one) => [one.practitionerName, one.appointments.length])).toEqual([
    ['Dr Aline Uwase', 1],
    ['Dr Eric Mugabo', 0],
  ]);
});

it('sites come by name with their rooms under them; a name is of one site, and of one room of a site', async () => {
  const { id } = await clinic.get('clinic.addSite', muhanga, admin);
  await clinic.get('clinic.addRoom', { siteId: id, name: 'Room 2' }, admin);
  expect(await placeNames()).toEqual(['Huye', 'Muhanga', '- Room 2', 'Ruhengeri', '- Room 2']);
  const duplicate = { fields: { name: 'duplicate' } };
  expect(await refusal(clinic.ask('clinic.addSite', { ...muhanga, name: 'huye' }, admin))).toMatchObject(
    duplicate,
  );
  expect(await refusal(clinic.ask('clinic.addRoom', { siteId: id, name: 'ROOM 2' }, admin))).toMatchObject(
    duplicate,
  );
  expect(await refusal(clinic.ask('clinic.addRoom', { siteId: ids.room, name: 'In a room' }, admin))).toEqual(
    {
      code: 'not-found',
    },
  );
  const shown = (await clinic.get('clinic.places', {}, admin)).find((one) => one.id === id);
  expect(shown).toMatchObject({ ...muhanga, phone: '+250788123456' });
});

it.each([
  [{ timeZone: 'Kigali' }, { timeZone: 'time-zone' }],
  [{ phone: 'ask Jean' }, { phone: 'phone' }],
  [{ name: ' ' }, { name: 'required' }],
])('a site with %j is refused at its field', async (wrong, fields) => {
  expect(await refusal(clinic.ask('clinic.addSite', { ...muhanga, ...wrong }, admin))).toMatchObject({
    fields,
  });
});

it('another time zone is of the rooms too, and is refused while appointments are ahead', async () => {
  const change = (timeZone: string) =>
    clinic.ask('clinic.changeSite', { ...muhanga, id: ids.site, name: 'Ruhengeri', timeZone }, admin);
  await change('Africa/Nairobi');
  const zones = (await clinic.get('clinic.places', {}, admin))
    .filter(({ id, siteId }) => id === ids.site || siteId === ids.site)
    .map(({ timeZone }) => timeZone);
  expect(zones).toEqual(['Africa/Nairobi', 'Africa/Nairobi']);
  book();
  expect(await refusal(change('Africa/Kigali'))).toEqual({ code: 'zone-booked', params: { count: 1 } });
});

it('a place with appointments or hours stays open, with their number; then a site closes, and a room in it waits for it', async () => {
  const set = (id: LocationId, active: boolean) => clinic.ask('clinic.setPlaceActive', { id, active }, admin);
  book();
  expect(await refusal(set(ids.room, false))).toEqual({
    code: 'place-booked',
    params: { count: 1, first: '2026-11-24', last: '2026-11-24' },
  });
  expect(await refusal(set(ids.site, false))).toEqual({
    code: 'place-booked',
    params: { count: 1, first: '2026-11-24', last: '2026-11-24' },
  });
  clinic.clock.at = Date.parse('2026-11-25T08:00:00.000Z');
  expect(await refusal(set(ids.room, false))).toEqual({ code: 'place-in-hours', params: { count: 5 } });
  expect(await refusal(set(ids.site, false))).toEqual({ code: 'place-in-hours', params: { count: 10 } });
  const [ended, ...rest] = await clinic.get('scheduling.hours', { from: '2026-11-25' }, desk);
  if (ended) await clinic.get('scheduling.changeHours', { ...ended, validTo: '2026-11-24' }, admin);
  for (const line of rest) await clinic.get('scheduling.removeHours', { id: line.id as ScheduleId }, admin);
  expect(await set(ids.room, false)).toMatchObject({ ok: true });
  expect(await set(ids.site, false)).toMatchObject({ ok: true });
  expect(await placeNames()).toEqual(['Huye', 'Ruhengeri (closed)', '- Room 2 (closed)']);
  expect(await refusal(set(ids.room, true))).toEqual({ code: 'site-closed' });
  expect(await refusal(clinic.ask('clinic.addRoom', { siteId: ids.site, name: 'Room 3' }, admin))).toEqual({
    code: 'site-closed',
  });
  await set(ids.site, true);
  expect(await set(ids.room, true)).toMatchObject({ ok: true });
});

it('a workstation that has not the appointments of all sites does not say that nobody is booked', async () => {
  partOfClinic();
  const refused = { code: 'part-of-clinic' };
  expect(
    await refusal(clinic.ask('clinic.setPractitionerActive', { id: ids.mugabo, active: false }, admin)),
  ).toEqual(refused);
  expect(await refusal(clinic.ask('clinic.setPlaceActive', { id: ids.room, active: false }, admin))).toEqual(
    refused,
  );
});

it('only an administrator adds, changes and closes', async () => {
  expect(await refusal(clinic.ask('clinic.addPractitioner', keza, desk))).toEqual({ code: 'not-permitted' });
  expect(await refusal(clinic.ask('clinic.addSite', muhanga, desk))).toEqual({ code: 'not-permitted' });
  expect(await refusal(clinic.ask('clinic.places', {}, desk))).toEqual({ code: 'not-permitted' });
});

it('from nothing to the first booking: a site, a room, a doctor, hours, and a time that is free', async () => {
  const { id: locationId } = await clinic.get('clinic.addSite', muhanga, admin);
  const { id: roomId } = await clinic.get('clinic.addRoom', { siteId: locationId, name: 'Room 1' }, admin);
  const { id: practitionerId } = await clinic.get('clinic.addPractitioner', keza, admin);
  await clinic.get(
    'scheduling.addHours',
    {
      practitionerId,
      locationId,
      roomId,
      weekday: 2,
      startTime: '08:00',
      endTime: '12:00',
      validFrom: null,
      validTo: null,
      intervalWeeks: null,
    },
    admin,
  );
  expect((await peopleByName()).get('Keza')?.sites).toEqual(['Muhanga']);
  const board = await clinic.get('appointments.board', { date: '2026-11-24', locationId }, desk);
  expect(board.columns.map(({ practitionerName, colour }) => [practitionerName, colour])).toEqual([
    ['Dr Ange Keza', 'teal'],
  ]);
  const visit = {
    patientId: habimana.id as PatientId,
    practitionerId,
    locationId,
    startLocal: '2026-11-24T08:00',
  };
  const { appointment } = await clinic.get('appointments.book', { ...visit, minutes: 30 }, desk);
  expect(appointment).toMatchObject({ practitionerName: 'Dr Ange Keza', locationName: 'Muhanga' });
});

it('two administrators change one doctor here: the second is told of the same field, and keeps the other', async () => {
  const was = keza;
  const { id } = await clinic.get('clinic.addPractitioner', keza, admin);
  const change = (details: object, seen: PractitionerDetails | null = was) =>
    clinic.ask('clinic.changePractitioner', { ...keza, id, ...details, was: seen }, admin);
  await change({ family: 'Uwera' });
  expect(await refusal(change({ family: 'Ishimwe' }))).toEqual({ code: 'changed-meanwhile' });
  expect(await change({ speciality: 'Surgery' })).toMatchObject({ ok: true });
  expect((await peopleByName()).get('Uwera')).toMatchObject({ speciality: 'Surgery' });
  expect(await change({ family: 'Ishimwe' }, { ...was, family: 'Uwera' })).toMatchObject({ ok: true });
  expect((await peopleByName()).get('Ishimwe')).toMatchObject({ speciality: 'Surgery' });
});

it('whoever is looked for by a further speciality is found, in free times, on the board and among who stands in', async () => {
  const changed = (await peopleByName()).get('Mugabo');
  if (changed === undefined) throw new Error('he works here');
  const { active, sites, ...was } = changed;
  const give = (furtherSpecialities: readonly string[], speciality = was.speciality) =>
    clinic.get(
      'clinic.changePractitioner',
      { ...was, speciality, furtherSpecialities: [...furtherSpecialities], was: null },
      admin,
    );
  const found = async (speciality: string) => {
    const free = {
      practitionerId: null,
      speciality,
      from: '2026-11-24T06:00:00.000Z',
      minutes: 30,
      limit: 3,
    };
    const slots = await clinic.get('appointments.freeSlots', free, desk);
    const { columns } = await clinic.get('appointments.board', { date: '2026-11-24', speciality }, desk);
    return [slots.length > 0, columns.map(({ practitionerName }) => practitionerName)];
  };
  expect(await found('Cardiology')).toEqual([false, []]);
  await give(['Cardiology', 'Cardiology', 'Angiology']);
  expect(await found('Cardiology')).toEqual([true, ['Dr Eric Mugabo']]);
  const listed = (await clinic.get('practitioners.list', {}, desk)).find(({ id }) => id === ids.mugabo);
  expect(listed?.specialities).toEqual([was.speciality, 'Angiology', 'Cardiology']);
  await give(['General practice'], 'Surgery');
  expect(await found('Cardiology')).toEqual([false, []]);
  const own = { practitionerId: ids.uwase, from: '2026-11-24T06:00:00.000Z', minutes: 30, limit: 5 };
  const names = (await clinic.get('appointments.freeSlots', own, desk)).map((slot) => slot.practitionerName);
  expect(new Set(names)).toEqual(new Set(['Dr Aline Uwase', 'Dr Eric Mugabo']));
});

it('hours are at the sites of a doctor, and a site with hours or bookings is not left', async () => {
  const { id: locationId } = await clinic.get('clinic.addSite', muhanga, admin);
  const uwaseNow = (await peopleByName()).get('Uwase');
  if (uwaseNow === undefined) throw new Error('she works here');
  const { active, sites, ...was } = uwaseNow;
  expect(was.siteIds).toEqual([ids.site]);
  const at = (siteIds: readonly LocationId[]) =>
    clinic.ask('clinic.changePractitioner', { ...was, siteIds: [...siteIds], was: null }, admin);
  const hours = {
    practitionerId: ids.uwase,
    locationId,
    roomId: null,
    weekday: 6,
    startTime: '08:00',
    endTime: '10:00',
    validFrom: null,
    validTo: null,
    intervalWeeks: null,
  };
  await at([ids.site]);
  await at([ids.site, locationId]);
  await at([ids.site]);
  expect(await refusal(clinic.ask('scheduling.addHours', hours, admin))).toMatchObject({
    fields: { locationId: 'not-their-site' },
  });
  const people = await clinic.get('scheduling.people', {}, desk);
  expect(people.find(({ id }) => id === ids.uwase)?.siteIds).toEqual([ids.site]);
  await at([ids.site, locationId]);
  await clinic.get('scheduling.addHours', hours, admin);
  expect(await refusal(at([ids.site]))).toMatchObject({ fields: { siteIds: 'hours-there' } });
  book();
  expect(await refusal(at([locationId]))).toMatchObject({ fields: { siteIds: 'booked-there' } });
  partOfClinic();
  expect(await refusal(at([locationId]))).toEqual({ code: 'part-of-clinic' });
});

it('who leaves for good is given no appointment again: others are proposed alone', async () => {
  book();
  const absence = {
    practitionerId: ids.uwase,
    startDate: '2026-11-24',
    endDate: '2026-11-24',
    startTime: null,
    endTime: null,
    name: 'Leaves',
  };
  const names = async (leaves: boolean) => {
    const { visits } = await clinic.get('absence.plan', { absence, leaves }, desk);
    const id = visits[0]?.appointment.id;
    if (id === undefined) throw new Error('it is affected');
    const slots = await clinic.get('absence.slots', { absence, choices: [], leaves, id }, desk);
    return [...new Set(slots.map(({ practitionerId }) => practitionerId))];
  };
  expect(await names(false)).toContain(ids.uwase);
  expect(await names(true)).toEqual([ids.mugabo]);
});
