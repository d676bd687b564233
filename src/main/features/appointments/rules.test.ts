import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { VisitTypeDetails } from '#shared/contract/scheduling.ts';
import type { SettingKey } from '#shared/domain/settings/catalogue.ts';
import type { LocationId, PatientId, PractitionerId, VisitTypeId } from '#shared/kernel/ids.ts';
import {
  type Clinic,
  habimana,
  mugabo,
  mutesi,
  openClinic,
  room,
  site,
  uwase,
} from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let desk: Connection;
let admin: Connection;
beforeEach(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
  admin = await clinic.signedIn('admin');
});
afterEach(() => clinic.close());

const locationId = site.id as LocationId;
const keza = uwase.id as PractitionerId;
const other = mugabo.id as PractitionerId;

const request = (
  time: string,
  more: Partial<Input<'appointments.book'>> = {},
): Input<'appointments.book'> => ({
  patientId: habimana.id as PatientId,
  practitionerId: keza,
  locationId,
  startLocal: time.includes('T') ? time : `2026-11-24T${time}`,
  minutes: 30,
  ...more,
});
const forMutesi = { patientId: mutesi.id as PatientId };
const book = async (time: string, more: Partial<Input<'appointments.book'>> = {}, connection = desk) =>
  (await clinic.get('appointments.book', request(time, more), connection)).appointment;
const refusal = async (time: string, more: Partial<Input<'appointments.book'>> = {}, connection = desk) => {
  const reply = await clinic.ask('appointments.book', request(time, more), connection);
  return reply.ok ? null : reply.error;
};
const kind = async (more: Partial<VisitTypeDetails>): Promise<VisitTypeId> => {
  const plain = {
    name: 'Procedure',
    minutes: 30,
    bufferBefore: 0,
    bufferAfter: 0,
    dailyCap: null,
    leadMinutes: null,
    horizonDays: null,
  };
  const details = { ...plain, staffOnly: false, needsRoom: false, active: true, ...more };
  return (await clinic.get('scheduling.createVisitType', details, admin)).id;
};
const except = (more: Partial<Input<'scheduling.addException'>> = {}) =>
  clinic.get(
    'scheduling.addException',
    {
      kind: 'leave',
      practitionerId: keza,
      locationId: null,
      startDate: '2026-11-24',
      endDate: '2026-11-24',
      startTime: null,
      endTime: null,
      name: 'Family leave',
      ...more,
    },
    desk,
  );
const free = async (more: Partial<Input<'appointments.freeSlots'>> = {}) =>
  (
    await clinic.get(
      'appointments.freeSlots',
      { practitionerId: keza, from: '2026-11-24T00:00:00.000Z', minutes: 30, limit: 3, ...more },
      desk,
    )
  ).map((slot) => `${slot.practitionerName.split(' ').at(-1)} ${slot.startLocal.slice(5)}`);

describe('on leave', () => {
  it('a booking is refused with what the leave is called, and the free times start after it', async () => {
    await except({ startTime: '08:00', endTime: '13:00' });
    expect(await refusal('09:00')).toEqual({ code: 'on-leave', params: { name: 'Family leave' } });
    expect(await refusal('12:45')).toMatchObject({ code: 'on-leave' });
    expect(await refusal('17:00')).toEqual({ code: 'outside-schedule' });
    expect((await free())[0]).toBe('Uwase 11-24T13:00');
    await book('13:00');
  });

  it('nobody can be overbooked', async () => {
    await except();
    expect(await refusal('09:00', { overbook: { reason: 'Urgent' } })).toMatchObject({ code: 'on-leave' });
  });

  it('ends when it is taken back', async () => {
    const { id } = await except();
    await clinic.get('scheduling.voidException', { id }, desk);
    await book('09:00');
    expect(await clinic.ask('scheduling.voidException', { id }, desk)).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  it('of everybody at a site, nobody there has hours; the board says why', async () => {
    await except({ kind: 'holiday', practitionerId: null, locationId, name: 'Heroes Day' });
    const { columns } = await clinic.get('appointments.board', { date: '2026-11-24' }, desk);
    expect(columns.map(({ blocks, away }) => ({ blocks, away }))).toEqual(
      [1, 2].map(() => ({
        blocks: [],
        away: [{ kind: 'holiday', name: 'Heroes Day', startTime: '08:00', endTime: '16:00' }],
      })),
    );
    expect((await free())[0]).toBe('Uwase 11-25T08:00');
  });

  it('is no place to rebook to', async () => {
    const appointment = await book('09:00');
    await except();
    const wanted = { id: appointment.id, practitionerId: keza, wantedAt: appointment.startAt };
    const slots = await clinic.get('appointments.rebookingSlots', wanted, desk);
    expect(slots.length).toBe(5);
    expect(
      slots.filter((slot) => slot.practitionerId === keza && slot.startLocal.startsWith('2026-11-24')),
    ).toEqual([]);
  });
});

describe('extra hours', () => {
  const saturday = { startDate: '2026-11-28', endDate: '2026-11-28', startTime: '09:00', endTime: '10:00' };

  it('can be booked, are on the board and are offered, of this doctor and of nobody else', async () => {
    await except({ kind: 'extra', locationId, name: 'Extra clinic', ...saturday });
    const { columns } = await clinic.get('appointments.board', { date: '2026-11-28' }, desk);
    expect(columns).toMatchObject([
      {
        practitionerName: 'Dr Aline Uwase',
        speciality: 'General practice',
        blocks: [{ locationName: 'Ruhengeri', startTime: '09:00', endTime: '10:00' }],
      },
    ]);
    expect(await free({ from: '2026-11-28T00:00:00.000Z' })).toEqual([
      'Uwase 11-28T09:00',
      'Uwase 11-28T09:30',
      'Mugabo 11-30T08:00',
    ]);
    await book('2026-11-28T09:00');
    expect(await refusal('2026-11-28T09:30', { practitionerId: other })).toEqual({
      code: 'outside-schedule',
    });
  });

  it('of somebody without any weekly hours are found among those of anybody', async () => {
    clinic.temporary.local.db.exec(`DELETE FROM schedule WHERE practitioner_id = '${uwase.id}'`);
    await except({ kind: 'extra', locationId, name: 'Visiting', ...saturday });
    expect(await free({ practitionerId: null, from: '2026-11-27T20:00:00.000Z', limit: 1 })).toEqual([
      'Uwase 11-28T09:00',
    ]);
  });
});

describe('alternate weeks', () => {
  it('are honoured by booking, free times and the board', async () => {
    clinic.temporary.local.db.exec(
      `UPDATE schedule SET valid_from = '2026-11-16', interval_weeks = 2 WHERE practitioner_id = '${uwase.id}'`,
    );
    expect(await refusal('09:00')).toEqual({ code: 'outside-schedule' });
    expect((await free())[0]).toBe('Uwase 11-30T08:00');
    const board = (date: string) => clinic.get('appointments.board', { date }, desk);
    expect((await board('2026-11-24')).columns).toHaveLength(1);
    expect((await board('2026-12-01')).columns).toHaveLength(2);
    await book('2026-12-01T09:00');
  });
});

describe('how far ahead a kind of visit is booked', () => {
  // It is ten in the morning of 23 November in Kigali.
  const soonest = '2026-11-24T10:00';

  it('not sooner than its lead time: booking and free times agree, to the minute', async () => {
    const visitTypeId = await kind({ leadMinutes: 24 * 60 });
    expect(await refusal('09:55', { visitTypeId })).toEqual({
      code: 'too-soon',
      params: { hours: 24 },
    });
    expect(await free({ visitTypeId, limit: 1 })).toEqual([`Uwase ${soonest.slice(5)}`]);
    await book(soonest, { visitTypeId });
  });

  it('not beyond its horizon', async () => {
    const visitTypeId = await kind({ horizonDays: 2 });
    expect(await refusal('2026-11-26T09:00', { visitTypeId })).toEqual({
      code: 'too-far',
      params: { days: 2 },
    });
    await book('2026-11-25T09:00', { visitTypeId });
    const found = await free({ visitTypeId, from: '2026-11-25T13:00:00.000Z', limit: 20 });
    expect(found.every((slot) => slot.includes(' 11-25T'))).toBe(true);
  });

  it('as is set for the site or the clinic where its kind does not say, and a visit of no kind too', async () => {
    const set = (key: SettingKey, value: number, siteId: LocationId | null) =>
      clinic.get('settings.set', { key, value, siteId, seen: null }, admin);
    await set('booking.lead-minutes', 60, null);
    await set('booking.lead-minutes', 24 * 60, locationId);
    await set('booking.horizon-days', 2, null);
    expect(await refusal('09:55')).toEqual({ code: 'too-soon', params: { hours: 24 } });
    expect(await free({ limit: 1 })).toEqual([`Uwase ${soonest.slice(5)}`]);
    expect(await refusal('2026-11-26T09:00')).toEqual({ code: 'too-far', params: { days: 2 } });
    const visitTypeId = await kind({ leadMinutes: 30, horizonDays: 30 });
    await book('09:30', { visitTypeId });
    await book('2026-11-26T09:00', { visitTypeId });
  });

  it('a reason books it anyway, and is kept; it keeps its time when it comes back', async () => {
    const visitTypeId = await kind({ leadMinutes: 24 * 60 });
    const overbook = { reason: 'Bleeding' };
    const shown = await book('09:00', { visitTypeId, overbook });
    expect(shown).toMatchObject({ overbooked: false, overbookReason: 'Bleeding' });
    await clinic.get('appointments.cancel', { id: shown.id, reason: 'Mistake' }, desk);
    const back = await clinic.get('appointments.reinstate', { id: shown.id }, desk);
    expect(back.appointment).toMatchObject({ overbooked: false, overbookReason: 'Bleeding' });
    const to = { id: shown.id, practitionerId: keza, locationId, minutes: 30 };
    const moved = await clinic.ask('appointments.move', { ...to, startLocal: '2026-11-24T09:30' }, desk);
    expect(moved).toMatchObject({ error: { code: 'too-soon' } });
    await clinic.get('appointments.move', { ...to, startLocal: '2026-11-24T11:00' }, desk);
  });
});

describe('a slot another desk is about to book', () => {
  const slot = { practitionerId: keza, locationId, startLocal: '2026-11-24T09:00', minutes: 30 };
  const board = async (connection: Connection) => {
    const { columns } = await clinic.get('appointments.board', { date: '2026-11-24' }, connection);
    return columns.find(({ practitionerId }) => practitionerId === keza)?.held;
  };
  beforeEach(() => {
    clinic.engine.live = true;
  });

  it('is on the board of the others, is offered to nobody else and refused, until it is let go', async () => {
    await clinic.get('appointments.hold', slot, admin);
    expect(await board(desk)).toEqual([
      {
        by: expect.stringContaining('admin'),
        startLocal: slot.startLocal,
        minutes: 30,
        until: '2026-11-23T08:03:00.000Z',
      },
    ]);
    expect(await board(admin)).toEqual([]);
    const from = '2026-11-24T07:00:00.000Z';
    expect((await free({ from }))[0]).toBe('Uwase 11-24T09:30');
    expect(await refusal('09:15')).toMatchObject({ code: 'slot-held' });
    await clinic.get('appointments.release', {}, admin);
    expect((await free({ from }))[0]).toBe('Uwase 11-24T09:00');
    await book('09:00');
  });

  it('can be booked by whoever holds it, and for a reason by another', async () => {
    await clinic.get('appointments.hold', slot, desk);
    await book('09:00');
    await clinic.get('appointments.hold', { ...slot, startLocal: '2026-11-24T11:00' }, admin);
    const shown = await book('11:00', { ...forMutesi, overbook: { reason: 'Agreed on the phone' } });
    expect(shown).toMatchObject({ overbooked: false, overbookReason: 'Agreed on the phone' });
  });

  it('is free again three minutes later, and what claims longer was written by a wrong clock', async () => {
    await clinic.get('appointments.hold', slot, admin);
    clinic.clock.at += 3 * 60_000;
    expect(await board(desk)).toEqual([]);
    await clinic.get('appointments.hold', slot, admin);
    expect(await board(desk)).toHaveLength(1);
    clinic.clock.at -= 13 * 60_000;
    expect(await board(desk)).toEqual([]);
  });

  it('is held for as long as is set for its site', async () => {
    const longer = { key: 'booking.hold-minutes', value: 10, siteId: locationId, seen: null } as const;
    await clinic.get('settings.set', longer, admin);
    await clinic.get('appointments.hold', slot, admin);
    clinic.clock.at += 10 * 60_000 - 1;
    expect(await board(desk)).toHaveLength(1);
    clinic.clock.at += 1;
    expect(await board(desk)).toEqual([]);
  });

  it('is not held while nobody would hear of it', async () => {
    clinic.engine.live = false;
    await clinic.get('appointments.hold', slot, admin);
    expect(await board(desk)).toEqual([]);
    const kinds = (await clinic.get('sync.outbox', {}, desk)).map((entry) => entry.kind);
    expect(new Set(kinds)).toEqual(new Set(['session.sign-in']));
  });
});

describe('the week of one doctor', () => {
  it('has a column for each of its days, those without hours too', async () => {
    await book('09:00');
    await book('2026-11-26T10:00');
    await book('10:00', { ...forMutesi, practitionerId: other });
    const week = await clinic.get('appointments.week', { date: '2026-11-23', practitionerId: keza }, desk);
    expect(
      week.columns.map((column) => [column.date.slice(8), column.blocks.length, column.appointments.length]),
    ).toEqual([
      ['23', 1, 0],
      ['24', 1, 1],
      ['25', 1, 0],
      ['26', 1, 1],
      ['27', 1, 0],
      ['28', 0, 0],
      ['29', 0, 0],
    ]);
    expect(week.counts.booked).toBe(2);
    expect(new Set(week.columns.map((column) => column.practitionerId))).toEqual(new Set([keza]));
  });

  it('of somebody who is not here is not found', async () => {
    const nobody = habimana.id as unknown as PractitionerId;
    expect(
      await clinic.ask('appointments.week', { date: '2026-11-23', practitionerId: nobody }, desk),
    ).toMatchObject({
      error: { code: 'not-found' },
    });
  });
});

describe('a kind of visit', () => {
  it('keeps its practitioner free before and after it, whoever comes first', async () => {
    const visitTypeId = await kind({ bufferBefore: 15, bufferAfter: 30 });
    const shown = await book('10:00', { visitTypeId });
    expect(shown).toMatchObject({ visitTypeName: 'Procedure', bufferBefore: 15, bufferAfter: 30 });
    expect(await refusal('09:30', forMutesi)).toEqual({ code: 'slot-taken' });
    expect(await refusal('10:45', forMutesi)).toEqual({ code: 'slot-taken' });
    await book('09:15', forMutesi);
    await book('11:00', forMutesi);
    // The new one's own buffers against what is held: 12:15 needs the doctor from 12:00 on.
    await book('11:45', { ...forMutesi, minutes: 30 });
    expect(await refusal('12:15', { visitTypeId })).toEqual({ code: 'slot-taken' });
    await book('12:30', { visitTypeId });
    expect(await refusal('13:15', forMutesi)).toEqual({ code: 'slot-taken' });
  });

  it('does not keep the room or the patient longer than it lasts', async () => {
    const visitTypeId = await kind({ bufferBefore: 60, bufferAfter: 60 });
    await book('10:00', { visitTypeId });
    await book('10:30', { practitionerId: other });
  });

  it('is offered only where its buffers fit, and others only outside them', async () => {
    const visitTypeId = await kind({ bufferBefore: 15, bufferAfter: 30 });
    await book('08:30');
    // The visit before ends at nine, the doctor prepares until a quarter past.
    expect((await free({ visitTypeId }))[0]).toBe('Uwase 11-24T09:15');
    await book('09:15', { ...forMutesi, visitTypeId });
    expect((await free({ from: '2026-11-24T06:45:00.000Z' }))[0]).toBe('Uwase 11-24T10:15');
  });

  it('is taken so many times a day by a doctor and not once more', async () => {
    const visitTypeId = await kind({ dailyCap: 1 });
    const first = await book('10:00', { visitTypeId });
    expect(await refusal('12:00', { visitTypeId })).toEqual({
      code: 'visit-type-full',
      params: { name: 'Procedure', count: 1 },
    });
    expect((await free({ visitTypeId, limit: 1 }))[0]).toBe('Uwase 11-25T08:00');
    await book('12:00', { visitTypeId, practitionerId: other });
    // It does not stand in its own way, and cancelled it counts no more.
    const { appointment } = await clinic.get(
      'appointments.move',
      { id: first.id, practitionerId: keza, locationId, startLocal: '2026-11-24T14:00', minutes: 30 },
      desk,
    );
    await clinic.get('appointments.cancel', { id: appointment.id, reason: 'Ill' }, desk);
    await book('12:00', { ...forMutesi, visitTypeId });
  });

  it('counts by the calendar day of the place: an evening at the edge of UTC is not the day after', async () => {
    clinic.temporary.local.db.exec(
      `UPDATE location SET time_zone = 'America/New_York'; UPDATE schedule SET start_time = '08:00', end_time = '24:00'`,
    );
    const visitTypeId = await kind({ dailyCap: 1 });
    await book('21:00', { visitTypeId });
    expect(await refusal('08:00', { visitTypeId })).toMatchObject({ code: 'visit-type-full' });
    await book('2026-11-25T08:00', { visitTypeId });
  });

  it('that needs a room is not had without one', async () => {
    const visitTypeId = await kind({ needsRoom: true });
    expect(await refusal('10:00', { visitTypeId, practitionerId: other })).toEqual({ code: 'room-needed' });
    expect(await free({ visitTypeId, practitionerId: other })).toEqual([
      'Uwase 11-24T08:00',
      'Uwase 11-24T08:30',
      'Uwase 11-24T09:00',
    ]);
    await book('10:00', { visitTypeId });
    clinic.temporary.local.db.exec(
      `UPDATE schedule SET room_id = '${room.id}' WHERE practitioner_id = '${mugabo.id}'`,
    );
    expect(await refusal('10:00', { ...forMutesi, visitTypeId, practitionerId: other })).toEqual({
      code: 'slot-taken',
    });
  });

  it('stays with an appointment that is moved, unless another is named; no longer offered, it cannot be booked anew', async () => {
    const visitTypeId = await kind({ bufferAfter: 15 });
    const { id } = await book('10:00', { visitTypeId });
    const details = await clinic.get('scheduling.visitTypes', {}, desk);
    await clinic.get(
      'scheduling.updateVisitType',
      { ...(details[0] as (typeof details)[number]), active: false },
      admin,
    );
    expect(await refusal('12:00', { visitTypeId })).toEqual({ code: 'not-found' });
    const move = (startLocal: string, more: object = {}) =>
      clinic.get(
        'appointments.move',
        { id, practitionerId: keza, locationId, startLocal, minutes: 30, ...more },
        desk,
      );
    expect((await move('2026-11-24T11:00')).appointment.visitTypeId).toBe(visitTypeId);
    expect((await move('2026-11-24T11:00', { visitTypeId: null })).appointment.visitTypeId).toBeNull();
  });
});

describe('overbooking', () => {
  const overbook = { reason: 'Fever since last night' };

  it('puts a visit beside another one, with its reason, and holds no time itself', async () => {
    await book('10:00');
    expect(await refusal('10:00', forMutesi)).toEqual({ code: 'slot-taken' });
    const beside = await book('10:15', { ...forMutesi, overbook, minutes: 45 });
    expect(beside).toMatchObject({ overbooked: true, overbookReason: overbook.reason });
    await book('10:30', { patientId: habimana.id as PatientId, minutes: 15 });
  });

  it('in a free slot is an ordinary booking', async () => {
    expect(await book('10:00', { overbook })).toMatchObject({ overbooked: false, overbookReason: null });
    expect(await refusal('10:00', forMutesi)).toEqual({ code: 'slot-taken' });
  });

  it('never has one patient at two places at once, overbooked or not', async () => {
    await book('10:00');
    expect(await refusal('10:15', { overbook })).toEqual({ code: 'patient-busy' });
    await book('10:00', { ...forMutesi, overbook });
    expect(await refusal('10:00', { ...forMutesi, practitionerId: other })).toEqual({ code: 'patient-busy' });
    expect(await refusal('10:00', { ...forMutesi, practitionerId: other, overbook })).toEqual({
      code: 'patient-busy',
    });
  });

  it('does not go beyond the hours or a daily cap', async () => {
    const visitTypeId = await kind({ dailyCap: 1 });
    await book('10:00', { visitTypeId });
    expect(await refusal('17:00', { overbook })).toEqual({ code: 'outside-schedule' });
    expect(await refusal('10:00', { ...forMutesi, visitTypeId, overbook })).toMatchObject({
      code: 'visit-type-full',
    });
  });

  it('is for reception and administration, and needs a reason', async () => {
    await book('10:00');
    const nurse = await clinic.signedIn('nurse');
    expect(await refusal('10:00', { ...forMutesi, overbook }, nurse)).toEqual({ code: 'not-permitted' });
    expect(await refusal('10:00', { ...forMutesi, overbook: { reason: ' ' } })).toMatchObject({
      code: 'invalid-input',
    });
    expect((await book('10:00', { ...forMutesi, overbook }, admin)).overbooked).toBe(true);
  });

  it('is over when the visit is moved to a free time, asked anew for a taken one, and kept by putting back a cancelled one', async () => {
    await book('10:00');
    await book('12:00');
    const { id } = await book('10:00', { ...forMutesi, overbook });
    const to = (time: string, more: object = {}) =>
      clinic.ask(
        'appointments.move',
        { id, practitionerId: keza, locationId, startLocal: `2026-11-24T${time}`, minutes: 30, ...more },
        desk,
      );
    expect(await to('12:00')).toMatchObject({ error: { code: 'slot-taken' } });
    expect(await to('12:00', { overbook })).toMatchObject({ value: { appointment: { overbooked: true } } });
    await clinic.get('appointments.cancel', { id, reason: 'Ill' }, desk);
    expect((await clinic.get('appointments.reinstate', { id }, desk)).appointment).toMatchObject({
      overbooked: true,
      overbookReason: overbook.reason,
    });
    expect(await to('14:00')).toMatchObject({
      value: { appointment: { overbooked: false, overbookReason: null } },
    });
  });
});

describe('first free of anybody', () => {
  it('is the soonest of all, of a site or a speciality when they are named', async () => {
    await book('08:00', { minutes: 60 });
    expect(await free({ practitionerId: null, limit: 2 })).toEqual([
      'Mugabo 11-24T08:00',
      'Mugabo 11-24T08:30',
    ]);
    expect(await free({ practitionerId: null, speciality: 'Surgery' })).toEqual([]);
    expect(await free({ practitionerId: null, speciality: 'General practice', limit: 1 })).toHaveLength(1);
    expect(await free({ practitionerId: null, locationId: room.id as LocationId })).toEqual([]);
  });

  it('is looked for sixty days ahead and no further', async () => {
    await except({ kind: 'closed', practitionerId: null, endDate: '2027-01-15', name: 'Moving house' });
    expect((await free({ practitionerId: null, limit: 1 }))[0]).toBe('Uwase 01-18T08:00');
    await except({ kind: 'closed', practitionerId: null, endDate: '2027-01-31', name: 'Still moving' });
    expect(await free({ practitionerId: null })).toEqual([]);
  });
});

describe('what an exception makes impossible', () => {
  const affected = async (id: Awaited<ReturnType<typeof except>>['id']) =>
    (await clinic.get('scheduling.affected', { id }, desk)).map((one) => one.startLocal.slice(5));

  it('are the appointments inside it that can still be moved, until they are', async () => {
    const first = await book('09:00');
    await book('12:45', forMutesi);
    await book('13:15');
    await book('09:00', { ...forMutesi, practitionerId: other });
    const gone = await book('11:00');
    await clinic.get('appointments.cancel', { id: gone.id, reason: 'Ill' }, desk);
    await book('2026-11-25T09:00');
    const leave = await except({ startTime: '08:00', endTime: '13:00' });
    expect(await affected(leave.id)).toEqual(['11-24T09:00', '11-24T12:45']);
    expect(await clinic.get('scheduling.affectedCounts', { from: '2026-11-23' }, desk)).toEqual([
      { id: leave.id, appointments: 2 },
    ]);
    expect((await clinic.get('appointments.get', { id: first.id }, desk)).status).toBe('booked');
    const [shown] = await clinic.get('scheduling.affected', { id: leave.id }, desk);
    expect(shown).toMatchObject({ patientName: 'Habimana Jean', patientPhone: '+250788123456' });
    const wanted = { id: first.id, practitionerId: keza, wantedAt: first.startAt };
    const [slot] = await clinic.get('appointments.rebookingSlots', wanted, desk);
    await clinic.get(
      'appointments.move',
      {
        id: first.id,
        practitionerId: keza,
        locationId,
        startLocal: slot?.startLocal ?? '',
        minutes: 30,
      },
      desk,
    );
    expect(await affected(leave.id)).toEqual(['11-24T12:45']);
    await clinic.get('scheduling.voidException', { id: leave.id }, desk);
    expect(await clinic.get('scheduling.affectedCounts', { from: '2026-11-23' }, desk)).toEqual([]);
  });

  it('is nothing when hours are added, and nothing that is over', async () => {
    await book('2026-11-23T11:00');
    const extra = { startDate: '2026-11-23', endDate: '2026-11-23', locationId };
    const added = await except({ kind: 'extra', startTime: '08:00', endTime: '16:00', ...extra });
    expect(await affected(added.id)).toEqual([]);
    const today = await except({ startDate: '2026-11-23', endDate: '2026-11-23' });
    expect(await affected(today.id)).toEqual(['11-23T11:00']);
    clinic.clock.at += 3 * 3_600_000;
    expect(await affected(today.id)).toEqual([]);
  });
});
