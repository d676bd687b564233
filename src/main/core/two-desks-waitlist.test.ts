import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Input, Output } from '#shared/contract/contract.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import type { LocationId, PatientId, PractitionerId, WaitlistEntryId } from '#shared/kernel/ids.ts';
import { type OfflineDesk, offlineDesk, seedReception } from '#tests/support/offline-desk.ts';
import { somePatient } from '#tests/support/sync-local.ts';
import {
  type Desk,
  expectConverged,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';

const date = addDays(dayAt(Date.now(), 'Europe/Paris'), 7);
const other = somePatient({ mrn: 'SHARED-2' });

let clinic: TwoWorkstations;
let atA: OfflineDesk;
let atB: OfflineDesk;
let entryId: WaitlistEntryId;

const slotAt = (time: string) => ({
  practitionerId: clinic.practitioner.id as PractitionerId,
  locationId: clinic.location.id as LocationId,
  startLocal: `${date}T${time}`,
});
const meet = async (...order: readonly Desk[]) => {
  for (const desk of order) {
    await desk.online();
    await desk.settled();
  }
  for (const desk of order) await desk.settled();
};

beforeEach(async () => {
  clinic = await twoWorkstations();
  const { a, b } = clinic;
  seedReception(a, clinic, [other]);
  await a.settled();
  await b.settled();
  atA = await offlineDesk(a);
  atB = await offlineDesk(b);
  const wish = {
    practitionerId: null,
    speciality: null,
    locationId: null,
    visitTypeId: null,
    minutes: 30,
    startDate: date,
    endDate: null,
    startTime: null,
    endTime: null,
    weekdays: [],
    priority: 'routine',
    note: '',
  } as const;
  const { id } = await atA.get('waitlist.add', {
    patientId: clinic.patient.id as PatientId,
    wish: { ...wish, weekdays: [] },
  });
  entryId = id;
  await a.settled();
  await b.settled();
  await a.offline();
  await b.offline();
});
afterEach(() => clinic.end());

const list = async (desk: OfflineDesk, view: 'open' | 'closed' = 'open') =>
  (await desk.get('waitlist.list', { view })).entries;
const book = (
  desk: OfflineDesk,
  time: string,
  patientId: string,
  more: Partial<Input<'appointments.book'>> = {},
) =>
  desk.get('appointments.book', {
    ...slotAt(time),
    patientId: patientId as PatientId,
    minutes: 30,
    ...more,
  } as Input<'appointments.book'>);

it('a booking from the list that lost its time at the centre is waited for again at both desks, until it has another', async () => {
  const { a, b, patient } = clinic;
  await book(atA, '09:00', other.id);
  await book(atB, '09:00', patient.id, { waitlistEntryId: entryId });
  expect(await list(atB)).toEqual([]);
  await meet(a, b);
  for (const desk of [atA, atB])
    expect(await list(desk)).toMatchObject([{ id: entryId, state: 'waiting', lost: true }]);
  await a.offline();
  const again = await book(atA, '10:00', patient.id, { waitlistEntryId: entryId });
  await meet(a, b);
  for (const desk of [atA, atB]) {
    expect(await list(desk)).toEqual([]);
    expect(await list(desk, 'closed')).toMatchObject([
      { id: entryId, state: 'booked', appointmentId: again.appointment.id, lost: false },
    ]);
    expect(await desk.get('appointments.tasks', {})).toEqual([]);
  }
  await expectConverged(a, b);
});

it('one entry booked at two desks without a centre: both bookings stand, and the desk whose entry lost is told and decides which one it is', async () => {
  const { a, b, patient } = clinic;
  const first = await book(atA, '09:00', patient.id, { waitlistEntryId: entryId });
  const second = await book(atB, '10:00', patient.id, { waitlistEntryId: entryId });
  await meet(a, b);
  for (const desk of [atA, atB])
    expect(await list(desk, 'closed')).toMatchObject([{ id: entryId, appointmentId: first.appointment.id }]);
  const [conflict] = await atB.get('conflicts.open', {});
  expect(conflict).toMatchObject({
    table: 'waitlist_entry',
    mine: true,
    mayDecide: true,
    fields: [{ column: 'appointment_id', kept: `${date}T09:00`, attempted: `${date}T10:00` }],
  });
  if (!conflict) return;
  await b.offline();
  await atB.get('conflicts.settle', { id: conflict.id, resolution: 'attempted', seen: conflict.seen });
  await meet(b, a);
  for (const desk of [atA, atB])
    expect(await list(desk, 'closed')).toMatchObject([{ id: entryId, appointmentId: second.appointment.id }]);
  await expectConverged(a, b);
});

it('one entry offered two times at two desks: the first offer at the centre holds whole, the other is a conflict with its time', async () => {
  const { a, b } = clinic;
  await atA.get('waitlist.offer', { id: entryId, ...slotAt('09:00') });
  await atB.get('waitlist.offer', { id: entryId, ...slotAt('11:00') });
  await meet(a, b);
  for (const desk of [atA, atB])
    expect(await list(desk)).toMatchObject([
      { id: entryId, state: 'offered', offer: { startLocal: `${date}T09:00` } },
    ]);
  const fields: Output<'conflicts.open'>[number]['fields'] = (await atB.get('conflicts.open', {})).flatMap(
    (conflict) => conflict.fields,
  );
  expect(fields.map(({ column }) => column)).toContain('offered_start_at');
  await expectConverged(a, b);
});

it('an entry taken off the list at one desk and booked at the other: the booking stands, and what became of the entry is asked', async () => {
  const { a, b, patient } = clinic;
  await atA.get('waitlist.cancel', { id: entryId, reason: 'Went elsewhere' });
  const { appointment } = await book(atB, '09:00', patient.id, { waitlistEntryId: entryId });
  await meet(a, b);
  expect((await atA.get('appointments.get', { id: appointment.id })).status).toBe('booked');
  for (const desk of [atA, atB])
    expect(await list(desk, 'closed')).toMatchObject([{ id: entryId, state: 'cancelled' }]);
  expect(await atB.get('conflicts.open', {})).toMatchObject([{ table: 'waitlist_entry', mine: true }]);
  await expectConverged(a, b);
});
