import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { VisitStep } from '#shared/domain/visits/steps.ts';
import type { AppointmentId, LocationId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
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
let admin: Connection;
let desk: Connection;
beforeEach(async () => {
  clinic = openClinic();
  admin = await clinic.signedIn('admin');
  desk = await clinic.signedIn('reception');
});
afterEach(() => clinic.close());

const day = '2026-11-23';
const book = async (more: object = {}) => {
  const { appointment } = await clinic.get(
    'appointments.book',
    {
      patientId: habimana.id as PatientId,
      practitionerId: uwase.id as PractitionerId,
      locationId: site.id as LocationId,
      startLocal: `${day}T11:00`,
      minutes: 30,
      ...more,
    },
    desk,
  );
  return appointment.id;
};
type Step = VisitStep;
const step = async (id: AppointmentId, ...steps: readonly Step[]) => {
  for (const one of steps) {
    const { status, stage } = await clinic.get('appointments.get', { id }, desk);
    await clinic.get('visits.step', { id, step: one, was: { status, stage } }, desk);
  }
};
const later = (minutes: number) => {
  clinic.clock.at += minutes * 60_000;
};
const today = (locationId: LocationId | null = null) => clinic.get('overview.today', { locationId }, admin);

it('a day without appointments has the hours of everybody who works, all of them free', async () => {
  const { doctors, all, requests } = await today();
  expect(doctors.map(({ name, workMinutes, freeMinutes }) => [name, workMinutes, freeMinutes])).toEqual([
    [expect.stringContaining('Mugabo'), 480, 480],
    [expect.stringContaining('Uwase'), 480, 480],
  ]);
  expect([all.booked, requests]).toEqual([0, 0]);
});

it('counts what was booked, who is here, and what is free, by doctor and site', async () => {
  const here = await book();
  await book({ patientId: mutesi.id, startLocal: `${day}T12:00` });
  await book({ patientId: mutesi.id, practitionerId: mugabo.id, startLocal: `${day}T15:00`, minutes: 60 });
  await step(here, 'arrive');
  const { doctors, sites, all } = await today();
  expect(doctors.find(({ practitionerId }) => practitionerId === uwase.id)).toMatchObject({
    booked: 2,
    here: 1,
    waiting: 1,
    freeMinutes: 420,
  });
  expect(doctors.find(({ practitionerId }) => practitionerId === mugabo.id)?.freeMinutes).toBe(420);
  expect(sites).toMatchObject([{ name: site.name, booked: 3, here: 1 }]);
  expect(all).toMatchObject({ booked: 3, here: 1 });
});

it('a cancelled appointment is counted apart and gives its time back', async () => {
  const id = await book();
  await clinic.get('appointments.cancel', { id, reason: 'away' }, desk);
  const { all, doctors } = await today();
  expect(all).toMatchObject({ booked: 0, cancelled: 1 });
  expect(doctors.find(({ practitionerId }) => practitionerId === uwase.id)?.freeMinutes).toBe(480);
});

it('waits are from arriving until with the nurse, until called and until done, however many steps come after', async () => {
  const id = await book({ startLocal: `${day}T10:15` });
  await step(id, 'arrive', 'check-in');
  later(8);
  await step(id, 'to-nurse');
  later(4);
  await step(id, 'to-doctor-queue');
  later(3);
  // Back to the nurse for a moment: the first time counts.
  await step(id, 'to-nurse');
  later(5);
  await step(id, 'call');
  later(10);
  await step(id, 'checkout', 'done');
  const unseen = await book({ patientId: mutesi.id, startLocal: `${day}T10:45` });
  await step(unseen, 'arrive');
  later(50);
  await step(unseen, 'leave-unseen');
  const { waits } = await today();
  const one = (stage: string, minutes: number) => ({ stage, visits: 1, median: minutes, ninetieth: minutes });
  expect(waits).toEqual([
    one('until-nurse', 8),
    one('until-called', 20),
    one('past-time', 5),
    one('whole-visit', 30),
  ]);
});

it('another site has none of it', async () => {
  await book();
  const other = '01900000-0000-7000-8000-a00000000003' as LocationId;
  const { all, doctors } = await today(other);
  expect([all.booked, doctors.length]).toEqual([0, 0]);
});

it('the last 30 days stand against the 30 before', async () => {
  await book();
  await book({ patientId: mutesi.id, startLocal: `${day}T13:00` });
  later(24 * 60);
  expect(await clinic.get('overview.trend', {}, admin)).toMatchObject({
    recent: { booked: 2 },
    before: { booked: 0 },
  });
  later(30 * 24 * 60);
  expect(await clinic.get('overview.trend', {}, admin)).toMatchObject({
    recent: { booked: 0 },
    before: { booked: 2 },
  });
});
