import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Input } from '#shared/contract/contract.ts';
import { dayAt, weekdayOf } from '#shared/domain/appointments/wall-time.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import type { AppointmentSeriesId, LocationId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import { type OfflineDesk, offlineDesk, seedReception } from '#tests/support/offline-desk.ts';
import { somePatient } from '#tests/support/sync-local.ts';
import {
  type Desk,
  expectConverged,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';

const first = addDays(dayAt(Date.now(), 'Europe/Paris'), 7);
const days = [0, 7, 14, 21].map((ahead) => addDays(first, ahead));
const other = somePatient({ mrn: 'SHARED-2' });
const rule: Input<'series.book'>['rule'] = {
  frequency: 'weekly',
  interval: 1,
  weekdays: [weekdayOf(first)],
  monthly: null,
  end: { by: 'count', count: 4 },
};

let clinic: TwoWorkstations;
let atA: OfflineDesk;
let atB: OfflineDesk;
beforeEach(async () => {
  clinic = await twoWorkstations();
  const { a, b } = clinic;
  seedReception(a, clinic, [other]);
  await a.settled();
  await b.settled();
  [atA, atB] = [await offlineDesk(a), await offlineDesk(b)];
  await a.offline();
  await b.offline();
});
afterEach(() => clinic.end());

const place = () => ({
  practitionerId: clinic.practitioner.id as PractitionerId,
  locationId: clinic.location.id as LocationId,
  minutes: 30,
});
const meet = async (...order: readonly Desk[]) => {
  for (const desk of order) {
    await desk.online();
    await desk.settled();
  }
  for (const desk of order) await desk.settled();
  for (const desk of order) await desk.offline();
};
const bookSeries = async (desk: OfflineDesk) => {
  const { appointments } = await desk.get('series.book', {
    ...place(),
    patientId: clinic.patient.id as PatientId,
    startLocal: `${first}T09:00`,
    rule,
    times: days.map((day) => `${day}T09:00`),
  });
  return appointments;
};
const following = async (desk: OfflineDesk, id: (typeof ids)[number], startLocal: string) => {
  const input = { ...place(), id, startLocal };
  const times = await desk.get('series.previewChange', input);
  return desk.get('series.change', { ...input, times });
};
let ids: Awaited<ReturnType<typeof bookSeries>>[number]['id'][] = [];
const shownAt = async (desk: OfflineDesk) =>
  Promise.all(
    ids.map(async (id) => {
      const { startLocal, status, needsRebooking } = await desk.get('appointments.get', { id });
      return `${startLocal.slice(11)} ${needsRebooking ? 'lost' : status}`;
    }),
  );

it('a series booked while another desk has one of its times: the rest stands, and that one has a task', async () => {
  const { a, b } = clinic;
  ids = (await bookSeries(atA)).map(({ id }) => id);
  await atB.get('appointments.book', {
    ...place(),
    patientId: other.id as PatientId,
    startLocal: `${days[2]}T09:00`,
  });
  await meet(b, a);
  expect(await shownAt(atB)).toEqual(['09:00 booked', '09:00 booked', '09:00 lost', '09:00 booked']);
  expect(await atA.get('appointments.tasks', {})).toMatchObject([{ appointment: { id: ids[2] } }]);
  await expectConverged(a, b);
});

it('this and the following moved at one desk while the other cancels one of them: the cancelled one stays so, with a task for the desk whose move it missed', async () => {
  const { a, b } = clinic;
  const booked = await bookSeries(atA);
  ids = booked.map(({ id }) => id);
  await meet(a, b);
  const [, second, third] = ids;
  if (!second || !third) throw new Error('there are four');
  await following(atA, second, `${days[1]}T10:00`);
  await atB.get('appointments.cancel', { id: third, reason: 'Away' });
  await meet(b, a);
  for (const desk of [atA, atB])
    expect(await shownAt(desk)).toEqual(['09:00 booked', '10:00 booked', '09:00 cancelled', '10:00 booked']);
  expect(await atA.get('appointments.tasks', {})).toMatchObject([
    { code: 'move-refused', appointment: { id: third } },
  ]);
  await expectConverged(a, b);
});

it('this and the following moved a week on, each to where the next one was: the centre takes it whole', async () => {
  const { a, b } = clinic;
  ids = (await bookSeries(atA)).map(({ id }) => id);
  await meet(a, b);
  const [one] = ids;
  if (!one) throw new Error('there are four');
  const { appointments } = await following(atA, one, `${days[1]}T09:00`);
  await meet(a, b);
  expect(await atA.get('appointments.tasks', {})).toEqual([]);
  const seriesId = appointments[0]?.seriesId as AppointmentSeriesId;
  for (const desk of [atA, atB]) {
    const { occurrences } = await desk.get('series.get', { id: seriesId });
    expect(occurrences.map(({ startLocal }) => startLocal.slice(0, 10))).toEqual(
      days.map((day) => addDays(day, 7)),
    );
  }
  await expectConverged(a, b);
});

it('the following moved at both desks, each otherwise: the first at the centre holds for all of them, and the other desk has a task for each', async () => {
  const { a, b } = clinic;
  ids = (await bookSeries(atA)).map(({ id }) => id);
  await meet(a, b);
  const [, second, third] = ids;
  if (!second || !third) throw new Error('there are four');
  await following(atA, second, `${days[1]}T10:00`);
  await following(atB, third, `${days[2]}T11:00`);
  await meet(a, b);
  for (const desk of [atA, atB])
    expect(await shownAt(desk)).toEqual(['09:00 booked', '10:00 booked', '10:00 booked', '10:00 booked']);
  expect(await atB.get('appointments.tasks', {})).toHaveLength(2);
  expect(
    (await atA.get('series.get', { id: (await seriesAt(atA, second)) ?? ('' as never) })).occurrences,
  ).toHaveLength(3);
  await expectConverged(a, b);
});

const seriesAt = async (desk: OfflineDesk, id: (typeof ids)[number]) =>
  (await desk.get('appointments.get', { id })).seriesId;
