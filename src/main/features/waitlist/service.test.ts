import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb, readPayload } from '#main/data/local/query.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { WaitlistWish } from '#shared/contract/waitlist.ts';
import type { LocationId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import {
  type Clinic,
  habimana,
  mugabo,
  mutesi,
  now,
  openClinic,
  site,
  uwase,
} from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let desk: Connection;
beforeEach(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
});
afterEach(() => clinic.close());

const wish: WaitlistWish = {
  practitionerId: null,
  speciality: null,
  locationId: null,
  visitTypeId: null,
  minutes: 30,
  startDate: '2026-11-23',
  endDate: null,
  startTime: null,
  endTime: null,
  weekdays: [],
  priority: 'routine',
  note: '',
};
/** Tomorrow at nine. */
const slot = {
  practitionerId: uwase.id as PractitionerId,
  locationId: site.id as LocationId,
  startLocal: '2026-11-24T09:00',
};
const add = (patient: { readonly id: string }, more: Partial<WaitlistWish> = {}) =>
  clinic.get('waitlist.add', { patientId: patient.id as PatientId, wish: { ...wish, ...more } }, desk);
const list = async (view: 'open' | 'closed' = 'open') =>
  (await clinic.get('waitlist.list', { view }, desk)).entries;
const matches = (more: Partial<Input<'waitlist.matches'>> = {}) =>
  clinic.get('waitlist.matches', { ...slot, minutes: 30, ...more }, desk);
const book = (patient: { readonly id: string }, more: object = {}) =>
  clinic.ask(
    'appointments.book',
    { ...slot, minutes: 30, patientId: patient.id as PatientId, ...more },
    desk,
  );
const booked = async (...given: Parameters<typeof book>) => {
  const reply = await book(...given);
  if (!reply.ok) throw new Error(reply.error.code);
  return reply.value.appointment;
};
const lastMutation = () => {
  const entry = clinic.temporary.local.store.get(
    localDb.selectFrom('outbox').selectAll().orderBy('n', 'desc').limit(1),
  );
  return readPayload(entry?.payload ?? '{}').changes.map(({ tbl, op }) => `${op} ${tbl}`);
};

describe('the list', () => {
  it('has who waits with names, the urgent and then the longest waiting first', async () => {
    await add(habimana, {
      practitionerId: uwase.id as PractitionerId,
      speciality: 'Surgery',
      note: 'Mornings',
    });
    clinic.clock.at += 60_000;
    await add(mutesi, { weekdays: [3, 1, 3], locationId: site.id as LocationId });
    await add(mutesi, { priority: 'urgent' });
    expect(await list()).toMatchObject([
      { patientName: 'Mutesi Chantal', priority: 'urgent', state: 'waiting' },
      {
        patientName: 'Habimana Jean',
        practitionerName: 'Dr Aline Uwase',
        speciality: null,
        note: 'Mornings',
        certainty: 'provisional',
      },
      { patientName: 'Mutesi Chantal', locationName: 'Ruhengeri', weekdays: [1, 3] },
    ]);
    expect(await clinic.get('waitlist.ofPatient', { patientId: mutesi.id as PatientId }, desk)).toHaveLength(
      2,
    );
  });

  it('is changed and cancelled with a reason, and the cancelled entry put back', async () => {
    const { id } = await add(habimana);
    const changed = await clinic.get('waitlist.change', { id, wish: { ...wish, minutes: 45 } }, desk);
    expect(changed.minutes).toBe(45);
    await clinic.get('waitlist.cancel', { id, reason: 'Went elsewhere' }, desk);
    expect(await list()).toEqual([]);
    expect(await list('closed')).toMatchObject([{ id, state: 'cancelled', closeReason: 'Went elsewhere' }]);
    expect(await clinic.ask('waitlist.cancel', { id, reason: 'Twice' }, desk)).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
    await clinic.get('waitlist.release', { id }, desk);
    expect(await list()).toMatchObject([{ id, state: 'waiting', closeReason: null }]);
  });

  it('refuses a window out of order and writes nothing', async () => {
    const bad = { patientId: habimana.id as PatientId, wish: { ...wish, endDate: '2026-11-01' } };
    expect(await clinic.ask('waitlist.add', bad, desk)).toMatchObject({
      error: { code: 'invalid-input', fields: { endDate: 'order' } },
    });
    expect(await list()).toEqual([]);
  });

  it('shows an entry past its window as expired, and says nothing else about it', async () => {
    const { id } = await add(habimana, { endDate: '2026-11-24' });
    clinic.clock.at += 2 * 86_400_000;
    expect(await list()).toMatchObject([{ id, state: 'expired' }]);
    expect((await matches({ startLocal: '2026-11-25T09:00' })).matches).toEqual([]);
  });
});

describe('who could have a time', () => {
  it('is who suits it, fits into it and is free then', async () => {
    const { id } = await add(mutesi, { practitionerId: uwase.id as PractitionerId, weekdays: [2] });
    await add(habimana, { practitionerId: mugabo.id as PractitionerId });
    const appointment = await booked(habimana);
    expect((await matches()).matches, 'taken').toEqual([]);
    await clinic.get('appointments.cancel', { id: appointment.id, reason: 'Ill' }, desk);
    expect((await matches()).matches).toMatchObject([
      { entry: { id }, startLocal: slot.startLocal, reasons: ['practitioner', 'weekday'] },
    ]);
    await booked(mutesi, { practitionerId: mugabo.id, startLocal: '2026-11-24T09:15' });
    expect((await matches()).matches, 'with somebody else then').toEqual([]);
  });

  it('finds a longer visit where the doctor stays free, and none beyond the hours', async () => {
    const { id } = await add(mutesi, { minutes: 60 });
    expect((await matches()).matches).toMatchObject([{ entry: { id } }]);
    expect((await matches({ startLocal: '2026-11-24T15:30' })).matches).toEqual([]);
  });
});

describe('an offer', () => {
  it('stands for half an hour, is shown with the time, and then waits again without anybody writing', async () => {
    const { id } = await add(mutesi);
    const offered = await clinic.get('waitlist.offer', { id, ...slot }, desk);
    expect(offered).toMatchObject({
      state: 'offered',
      offer: {
        practitionerName: 'Dr Aline Uwase',
        locationName: 'Ruhengeri',
        startLocal: slot.startLocal,
        until: new Date(now + 30 * 60_000).toISOString(),
      },
    });
    expect(await matches()).toMatchObject({ matches: [], offered: [{ id }] });
    expect((await matches({ startLocal: '2026-11-24T10:00' })).offered).toEqual([]);
    clinic.clock.at += 30 * 60_000;
    expect(await matches()).toMatchObject({
      matches: [{ entry: { id, state: 'waiting', offer: null } }],
      offered: [],
    });
  });

  it('is not made of a time somebody has, and goes back to waiting when it is declined', async () => {
    const { id } = await add(mutesi);
    await clinic.get('waitlist.offer', { id, ...slot }, desk);
    await clinic.get('waitlist.release', { id }, desk);
    expect(await list()).toMatchObject([{ id, state: 'waiting', offer: null }]);
    await booked(habimana);
    expect(await clinic.ask('waitlist.offer', { id, ...slot }, desk)).toMatchObject({
      error: { code: 'slot-taken' },
    });
  });
});

describe('a booking', () => {
  it('takes its entry with it in one piece of work', async () => {
    const { id } = await add(mutesi);
    await clinic.get('waitlist.offer', { id, ...slot }, desk);
    const appointment = await booked(mutesi, { waitlistEntryId: id });
    expect(lastMutation()).toEqual(['insert appointment', 'update waitlist_entry']);
    expect(await list()).toEqual([]);
    expect(await list('closed')).toMatchObject([
      { id, state: 'booked', appointmentId: appointment.id, offer: null },
    ]);
    expect(await clinic.ask('waitlist.release', { id }, desk)).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
  });

  it('of an entry somebody has answered, or of somebody else, is refused', async () => {
    const { id } = await add(mutesi);
    expect(await book(habimana, { waitlistEntryId: id })).toMatchObject({ error: { code: 'not-found' } });
    await booked(mutesi, { waitlistEntryId: id });
    const again = { waitlistEntryId: id, startLocal: '2026-11-24T11:00' };
    expect(await book(mutesi, again)).toMatchObject({ error: { code: 'changed-meanwhile' } });
  });

  it('whose doctor says no is waited for again, and the next one takes its place', async () => {
    const { id } = await add(mutesi);
    const first = await booked(mutesi, { waitlistEntryId: id, request: true });
    const doctor = await clinic.signedIn('doctor');
    await clinic.get('appointments.reject', { id: first.id, reason: 'Not mine' }, doctor);
    expect(await list()).toMatchObject([{ id, state: 'waiting', lost: true }]);
    expect((await matches()).matches, 'its own lost time is no obstacle').toMatchObject([{ entry: { id } }]);
    await clinic.get('waitlist.offer', { id, ...slot }, desk);
    const second = await booked(mutesi, { waitlistEntryId: id });
    expect(await list()).toEqual([]);
    expect(await list('closed')).toMatchObject([{ id, appointmentId: second.id, lost: false }]);
    expect(await clinic.get('appointments.tasks', {}, desk)).toEqual([]);
    expect((await clinic.get('appointments.get', { id: first.id }, desk)).status).toBe('cancelled');
  });
});
