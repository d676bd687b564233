import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { settingsOf } from '#main/core/settings.ts';
import { affectedHandlers } from '#main/features/appointments/affected.ts';
import { appointmentCommands } from '#main/features/appointments/booking.ts';
import { holdCommands } from '#main/features/appointments/holds.ts';
import { schedulingHandlers } from '#main/features/scheduling/service.ts';
import { permissionsOf } from '#shared/contract/permissions.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import type { LocationId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import type { Result } from '#shared/kernel/result.ts';
import { somePatient } from '#tests/support/sync-local.ts';
import {
  type Desk,
  expectConverged,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';
import type { Connection } from './dispatch.ts';

const date = addDays(dayAt(Date.now(), 'Europe/Paris'), 7);
const account = '01900000-0000-7000-8000-e0000000000a';
const connection = {
  id: 'test',
  user: { id: account, role: 'reception', permissions: permissionsOf('reception') },
} as Connection;

let clinic: TwoWorkstations;
const other = somePatient({ mrn: 'SHARED-2' });
beforeEach(async () => {
  clinic = await twoWorkstations();
  const { a, b, practitioner, location } = clinic;
  a.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    writer.insert('patient', other);
    for (let weekday = 1; weekday <= 7; weekday += 1)
      writer.insert('schedule', {
        id: v7(),
        practitioner_id: practitioner.id,
        location_id: location.id,
        room_id: null,
        weekday,
        start_time: '08:00',
        end_time: '12:00',
        valid_from: null,
        valid_to: null,
        active: 1,
        interval_weeks: null,
      });
  });
  await a.settled();
  await b.settled();
  await a.offline();
  await b.offline();
});
afterEach(() => clinic.end());

/** The services of a desk, without a centre when it is so. */
const at = (desk: Desk, isLive = false) => {
  const { local } = desk;
  const deps = {
    store: local.store,
    engine: {
      wake: () => isLive && desk.engine.wake(),
      status: () => ({ connection: isLive ? 'live' : 'offline' }) as never,
      onStatus: () => () => undefined,
      verdict: async () => null,
      stop: async () => undefined,
      check: () => undefined,
      openPatient: async () => false,
      findPatients: async () => [],
      workstations: async () => [],
      setWorkstation: async () => [],
      enrolWorkstation: () => Promise.reject(new Error('nobody enrols here')),
      audit: () => Promise.reject(new Error('no centre')),
      auditRecord: () => Promise.reject(new Error('no centre')),
      fetchFile: async () => 'out-of-reach' as const,
    },
    clock: systemClock,
    log: { info: () => undefined, error: () => undefined },
    newId: () => v7(),
    settings: settingsOf(local.store),
    home: () => ({ name: null, timeZone: 'Europe/Paris', country: 'FR' }),
  };
  const value = async <T>(reply: Result<T> | Promise<Result<T>>): Promise<T> => {
    const done = await reply;
    if (!done.ok) throw new Error(JSON.stringify(done.error));
    return done.value;
  };
  const practitionerId = clinic.practitioner.id as PractitionerId;
  const locationId = clinic.location.id as LocationId;
  const { 'appointments.book': book } = appointmentCommands(deps);
  const { 'appointments.hold': hold, 'appointments.release': release } = holdCommands(deps);
  const { 'scheduling.addException': add } = schedulingHandlers(deps);
  const { 'scheduling.affected': affected } = affectedHandlers(deps);
  return {
    book: (patientId: string, time: string, overbook?: { readonly reason: string }) =>
      value(
        book(
          {
            patientId: patientId as PatientId,
            practitionerId,
            locationId,
            startLocal: `${date}T${time}`,
            minutes: 30,
            visitTypeId: null,
            description: '',
            request: false,
            overbook,
          },
          connection,
        ),
      ),
    hold: (time: string) =>
      value(hold({ practitionerId, locationId, startLocal: `${date}T${time}`, minutes: 30 }, connection)),
    release: () => value(release({}, connection)),
    leave: () =>
      value(
        add(
          {
            kind: 'leave',
            practitionerId,
            locationId: null,
            startDate: date,
            endDate: date,
            startTime: null,
            endTime: null,
            name: 'Training',
          },
          connection,
        ),
      ),
    affected: (id: Awaited<ReturnType<typeof leaveId>>) => value(affected({ id }, connection)),
  };
};
const leaveId = async () => (await at(clinic.a).leave()).id;

const meet = async () => {
  const { a, b } = clinic;
  for (const desk of [a, b]) {
    await desk.online();
    await desk.settled();
  }
  await a.settled();
};

it('leave given at one desk and a booking into it at the other, both without a centre: both stand, and both desks have whom to ring', async () => {
  const { a, b, patient } = clinic;
  const id = await leaveId();
  await at(b).book(patient.id, '09:00');
  expect(await at(a).affected(id)).toEqual([]);
  await meet();
  for (const desk of [a, b])
    expect(await at(desk).affected(id), desk.name).toMatchObject([
      { patientId: patient.id, startLocal: `${date}T09:00`, needsRebooking: false },
    ]);
  await expect(at(b).book(other.id, '10:00')).rejects.toThrow('on-leave');
  await expectConverged(a, b);
});

it('a time booked at one desk and overbooked at the other, both without a centre: nobody loses it', async () => {
  const { a, b, patient } = clinic;
  await at(a).book(patient.id, '09:00');
  await a.online();
  await a.settled();
  await b.online();
  await b.settled();
  await a.offline();
  await b.offline();
  const beside = await at(b).book(other.id, '09:00', { reason: 'Fever' });
  expect(beside.appointment).toMatchObject({ overbooked: true, overbookReason: 'Fever' });
  await meet();
  expect(
    await clinic.query(
      'select overbooked, overbook_reason, needs_rebooking from clinichub.appointment order by overbooked',
    ),
  ).toEqual([
    { overbooked: false, overbook_reason: null, needs_rebooking: false },
    { overbooked: true, overbook_reason: 'Fever', needs_rebooking: false },
  ]);
  await expectConverged(a, b);
});

it('a time one desk is about to book is refused at the other, until it is let go', async () => {
  await meet();
  const [a, b] = [at(clinic.a, true), at(clinic.b, true)];
  const heard = async () => {
    await clinic.b.settled();
    await clinic.a.settled();
  };
  await b.hold('09:00');
  await heard();
  await expect(a.book(clinic.patient.id, '09:15')).rejects.toThrow('slot-held');
  await b.release();
  await heard();
  await a.book(clinic.patient.id, '09:15');
  // The same slot is held again and again by one row.
  await b.hold('10:00');
  await b.hold('10:30');
  await heard();
  await expect(a.book(other.id, '10:30')).rejects.toThrow('slot-held');
  await a.book(other.id, '10:00');
  expect(await clinic.query('select count(*)::int as held from clinichub.slot_hold')).toEqual([{ held: 1 }]);
  await heard();
  await expectConverged(clinic.a, clinic.b);
});
