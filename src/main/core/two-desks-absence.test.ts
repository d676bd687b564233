import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { settingsOf } from '#main/core/settings.ts';
import { absenceHandlers } from '#main/features/appointments/absence/service.ts';
import { appointmentCommands } from '#main/features/appointments/booking.ts';
import { oversightHandlers } from '#main/features/appointments/oversight/service.ts';
import { appointmentQueries } from '#main/features/appointments/service.ts';
import type { AbsenceChoice, AbsenceDetails } from '#shared/contract/absence.ts';
import { permissionsOf } from '#shared/contract/permissions.ts';
import { dayAt, resolveWallTime } from '#shared/domain/appointments/wall-time.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { instant, systemClock } from '#shared/kernel/clock.ts';
import type {
  AppointmentId,
  LocationId,
  PatientId,
  PractitionerId,
  ScheduleExceptionId,
} from '#shared/kernel/ids.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { someAppointment, somePatient, somePractitioner } from '#tests/support/sync-local.ts';
import {
  type Desk,
  expectConverged,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';
import type { Connection } from './dispatch.ts';

const zone = 'Europe/Paris';
const date = addDays(dayAt(Date.now(), zone), 7);
const connection = {
  id: 'test',
  user: {
    id: '01900000-0000-7000-8000-e0000000000a',
    role: 'reception',
    permissions: permissionsOf('reception'),
  },
} as Connection;

let clinic: TwoWorkstations;
const substitute = somePractitioner({ family: 'Substitute', given: 'Sam' });
const people = [1, 2, 3].map((n) => somePatient({ mrn: `SHARED-${n + 1}`, family: `Patient ${n}` }));
let visits: readonly RowOf<'appointment'>[];

const hours = (practitioner: string, weekday: number): RowOf<'schedule'> => ({
  id: v7(),
  practitioner_id: practitioner,
  location_id: clinic.location.id,
  room_id: null,
  weekday,
  start_time: '08:00',
  end_time: '12:00',
  valid_from: null,
  valid_to: null,
  active: 1,
  interval_weeks: null,
});

const visit = (patient: string, time: string, practitioner = clinic.practitioner.id) => {
  const start = resolveWallTime(`${date}T${time}`, zone);
  if (!start.ok) throw new Error(time);
  return someAppointment({
    patient_id: patient,
    practitioner_id: practitioner,
    location_id: clinic.location.id,
    start_at: instant(start.value),
    end_at: instant(start.value + 30 * 60_000),
    start_local: `${date}T${time}`,
    time_zone: zone,
  });
};

beforeEach(async () => {
  clinic = await twoWorkstations();
  const { a, b, practitioner } = clinic;
  visits = people.map(({ id }, n) => visit(id, `${String(9 + n).padStart(2, '0')}:00`));
  a.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    writer.insert('practitioner', substitute);
    for (const one of people) writer.insert('patient', one);
    for (let weekday = 1; weekday <= 7; weekday += 1)
      for (const one of [practitioner, substitute]) writer.insert('schedule', hours(one.id, weekday));
    for (const one of visits) writer.insert('appointment', one);
  });
  await a.settled();
  await b.settled();
});
afterEach(() => clinic.end());

/** The services of a desk that does not wait for the centre's word. */
const at = ({ local }: Desk) => {
  const deps = {
    store: local.store,
    engine: {
      wake: () => undefined,
      status: () => ({ connection: 'offline' }) as never,
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
    home: () => ({ name: null, timeZone: zone, country: 'FR' }),
  };
  const value = async <T>(reply: Result<T> | Promise<Result<T>>): Promise<T> => {
    const done = await reply;
    if (!done.ok) throw new Error(JSON.stringify(done.error));
    return done.value;
  };
  const absences = absenceHandlers(deps);
  const oversight = oversightHandlers(deps);
  const absence: AbsenceDetails = {
    practitionerId: clinic.practitioner.id as PractitionerId,
    startDate: date,
    endDate: date,
    startTime: null,
    endTime: null,
    name: 'Flu',
  };
  const plan = () => value(absences['absence.plan']({ absence, choices: [], leaves: false }, connection));
  return {
    plan,
    /** A time of one of the affected visits with the doctor who is away. */
    ownTime: async (planned: Awaited<ReturnType<typeof plan>>, n: number): Promise<AbsenceChoice> => {
      const id = planned.visits[n]?.appointment.id;
      if (id === undefined) throw new Error('there is no such visit');
      const choices = planned.visits.map(({ choice }) => choice);
      const slots = await value(
        absences['absence.slots']({ absence, choices, leaves: false, id }, connection),
      );
      const slot = slots.find((one) => one.practitionerId === clinic.practitioner.id);
      if (slot === undefined) throw new Error('the doctor has no time');
      return { kind: 'move', id, practitionerId: slot.practitionerId, startLocal: slot.startLocal };
    },
    apply: async (given?: Awaited<ReturnType<typeof plan>>) => {
      const choices = (given ?? (await plan())).visits.map(({ choice }) => choice);
      return value(absences['absence.apply']({ absence, choices }, connection));
    },
    known: () => value(absences['absence.known']({}, connection)),
    takeBack: (id: ScheduleExceptionId) => value(absences['absence.takeBack']({ id }, connection)),
    /** All the visits to the substitute at their time, as this desk sees them. */
    moveAll: async () => {
      const change = { kind: 'move', practitionerId: substitute.id as PractitionerId, days: 0 } as const;
      const ids = visits.map(({ id }) => id as AppointmentId);
      const lines = await value(oversight['oversight.preview']({ change, ids }, connection));
      const chosen = lines.flatMap(({ becomes, appointment: { id, practitionerId, startAt, status } }) =>
        becomes === null ? [] : [{ id, was: { practitionerId, startAt, status } }],
      );
      return value(oversight['oversight.apply']({ change, chosen }, connection));
    },
    knownBulk: () => value(oversight['oversight.known']({}, connection)),
    takeBackBulk: (change: { readonly id: string; readonly at: string }) =>
      value(oversight['oversight.takeBack'](change, connection)),
    tasks: () => value(appointmentQueries(deps)['appointments.tasks']({}, connection)),
    book: (patientId: string, time: string) =>
      value(
        appointmentCommands(deps)['appointments.book'](
          {
            patientId: patientId as PatientId,
            practitionerId: substitute.id as PractitionerId,
            locationId: clinic.location.id as LocationId,
            startLocal: `${date}T${time}`,
            minutes: 30,
            visitTypeId: null,
            description: '',
            request: false,
          },
          connection,
        ),
      ),
  };
};

const meet = async (...desks: readonly Desk[]) => {
  for (const desk of desks) {
    await desk.online();
    await desk.settled();
  }
  for (const desk of desks) await desk.settled();
};

const apart = async () => {
  await clinic.a.offline();
  await clinic.b.offline();
};

/** Who has each visit at the centre, when, and whether its patient is to be told. */
const standing = () =>
  clinic.query<{ who: string; time: string; told: string | null }>(
    `select d.family as who, substr(a.start_local, 12) as time, a.patient_status as told
     from clinichub.appointment a join clinichub.practitioner d on d.id = a.practitioner_id
     where a.id = any($1) order by array_position($1, a.id)`,
    [visits.map(({ id }) => id)],
  );
const moved = ['09:00', '10:00', '11:00'].map((time) => ({ who: 'Substitute', time, told: 'needs-action' }));
const original = ['09:00', '10:00', '11:00'].map((time) => ({ who: 'Okafor', time, told: null }));

it('planned without a centre, killed before it is sent: all of it is there afterwards, and the other desk takes it back', async () => {
  const { a, b } = clinic;
  await a.offline();
  const done = await at(a).apply();
  expect(done).toMatchObject({ moved: 3, outcome: 'provisional' });
  // What a kill leaves is what is on the disk.
  a.temporary.reopen();
  expect(await at(a).known()).toMatchObject([{ id: done.id, changed: 3 }]);
  await meet(a, b);
  expect(await standing()).toEqual(moved);
  const taken = await at(b).takeBack(done.id);
  expect(taken).toEqual({ restored: 3, stays: [] });
  await meet(b, a);
  expect(await standing()).toEqual(original);
  expect(await at(a).known()).toEqual([]);
  expect(
    await clinic.query(
      `select from clinichub.task where status = 'requested' union all
       select from clinichub.schedule_exception where voided_at is null`,
    ),
  ).toEqual([]);
  await expectConverged(a, b);
});

it('both desks plan the same doctor without a centre: nobody has two times, nobody is told of one that does not hold', async () => {
  const { a, b } = clinic;
  await apart();
  const first = await at(a).apply();
  // The other desk gives one of them to the same doctor another day.
  const plan = await at(b).plan();
  const own = await at(b).ownTime(plan, 1);
  await at(b).apply({
    ...plan,
    visits: plan.visits.map((one, n) => (n === 1 ? { ...one, choice: own } : one)),
  });
  await meet(a, b);
  expect(await standing()).toEqual(moved);
  // Where both did the same there is nothing to decide; what the second did otherwise waits at its desk.
  expect(await at(b).tasks()).toMatchObject([{ code: 'move-refused', appointment: { id: visits[1]?.id } }]);
  expect(await at(a).tasks()).toEqual([]);
  expect(await at(a).known()).toHaveLength(2);
  // The first desk's absence can be taken back, but the other's stands: the doctor is away all the same.
  const back = await at(a).takeBack(first.id);
  expect(back.restored).toBe(0);
  expect(back.stays.map(({ because }) => because)).toEqual(['on-leave', 'on-leave', 'on-leave']);
  await meet(a, b);
  expect(await standing()).toEqual(moved);
  await expectConverged(a, b);
});

it('a proposed time that another desk gave away meanwhile: that one waits with the desk, the rest stands', async () => {
  const { a, b } = clinic;
  await apart();
  await at(b).book(clinic.patient.id, '10:00');
  await meet(b);
  const { id } = await at(a).apply();
  await meet(a, b);
  expect(await standing()).toEqual([moved[0], original[1], moved[2]]);
  expect(await at(a).tasks()).toMatchObject([
    { code: 'move-refused', reason: 'practitioner-busy', appointment: { id: visits[1]?.id } },
  ]);
  // Online the desk sees it before: the plan goes round it.
  const again = await at(b).plan();
  expect(again.visits.map(({ slot }) => slot?.startLocal)).toEqual([`${date}T10:30`]);
  expect(await at(b).takeBack(id)).toEqual({ restored: 2, stays: [] });
  await meet(b, a);
  expect(await standing()).toEqual(original);
  await expectConverged(a, b);
});

it('many moved without a centre, one into a time given away meanwhile: that one waits with the desk, the rest stands and is taken back elsewhere', async () => {
  const { a, b } = clinic;
  await apart();
  await at(b).book(clinic.patient.id, '10:00');
  await meet(b);
  const done = await at(a).moveAll();
  expect(done).toMatchObject({ changed: 3, toTell: 3, outcome: 'provisional' });
  a.temporary.reopen();
  await meet(a, b);
  expect(await standing()).toEqual([moved[0], original[1], moved[2]]);
  expect(await at(a).tasks()).toMatchObject([
    { code: 'move-refused', reason: 'practitioner-busy', appointment: { id: visits[1]?.id } },
  ]);
  expect(await at(b).knownBulk()).toMatchObject([{ id: done.id, kind: 'move', changed: 3 }]);
  expect(await at(b).takeBackBulk(done)).toEqual({ restored: 2, stays: [] });
  await meet(b, a);
  expect(await standing()).toEqual(original);
  expect(await at(a).knownBulk()).toEqual([]);
  await expectConverged(a, b);
});

it('both desks move the same without a centre: what they did alike stands, and either takes it back once', async () => {
  const { a, b } = clinic;
  await apart();
  const first = await at(a).moveAll();
  const second = await at(b).moveAll();
  await meet(a, b);
  expect(await standing()).toEqual(moved);
  expect([...(await at(a).tasks()), ...(await at(b).tasks())]).toEqual([]);
  expect(await at(a).takeBackBulk(first)).toEqual({ restored: 3, stays: [] });
  await meet(a, b);
  expect(await at(b).takeBackBulk(second)).toEqual({ restored: 0, stays: [] });
  await meet(b, a);
  expect(await standing()).toEqual(original);
  await expectConverged(a, b);
});
