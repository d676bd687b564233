import { setTimeout as pause } from 'node:timers/promises';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { settingsOf } from '#main/core/settings.ts';
import { localDb } from '#main/data/local/query.ts';
import { conflictHandlers } from '#main/features/conflicts/service.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import { permissionsOf } from '#shared/contract/permissions.ts';
import { wallTimeAt } from '#shared/domain/appointments/wall-time.ts';
import { instant, systemClock } from '#shared/kernel/clock.ts';
import type { AppointmentId, LocationId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import type { Result } from '#shared/kernel/result.ts';
import { someAppointment, somePatient } from '#tests/support/sync-local.ts';
import {
  type Desk,
  expectConverged,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';
import { visitCommands } from './commands.ts';
import { visitQueries } from './service.ts';

let clinic: TwoWorkstations;
let id: AppointmentId;
beforeEach(async () => {
  clinic = await twoWorkstations();
  const now = Date.now();
  const start = Math.floor(now / 300_000) * 300_000;
  const row = someAppointment({
    patient_id: clinic.patient.id,
    practitioner_id: clinic.practitioner.id,
    location_id: clinic.location.id,
    start_at: instant(start),
    end_at: instant(start + 900_000),
    start_local: wallTimeAt(start, clinic.location.time_zone),
    time_zone: clinic.location.time_zone,
  });
  id = row.id as AppointmentId;
  clinic.a.local.store.mutate({ kind: 'appointment.book', user: null }, (writer) =>
    writer.insert('appointment', row),
  );
  await clinic.a.settled();
  await clinic.b.settled();
});
afterEach(() => clinic.end());

const value = async <T>(reply: Result<T> | Promise<Result<T>>): Promise<T> => {
  const done = await reply;
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  return done.value;
};

/** The visits of a workstation without the rest of it. */
const visitsOf = (desk: Desk) => {
  const deps = {
    store: desk.local.store,
    engine: {
      wake: () => undefined,
      status: () => desk.engine.status(),
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
    settings: settingsOf(desk.local.store),
    home: () => ({ name: null, timeZone: clinic.location.time_zone, country: 'FR' }),
  };
  const who = {
    id: desk.name,
    user: {
      id: '01900000-0000-7000-8000-e0000000000a',
      role: 'reception',
      permissions: permissionsOf('reception'),
    },
  } as Connection;
  const commands = visitCommands(deps);
  const queries = visitQueries(deps);
  const conflicts = conflictHandlers(deps);
  const seen = () => {
    const row = desk.local.store.get(localDb.selectFrom('appointment').selectAll().where('id', '=', id));
    if (row === undefined) throw new Error('no such appointment');
    return row;
  };
  return {
    seen,
    step: (step: Parsed<'visits.step'>['step']) => {
      const { status, stage } = seen();
      const was = { status, stage } as Parsed<'visits.step'>['was'];
      return value(commands['visits.step']({ id, step, was }, who));
    },
    undo: (undo: string) => value(commands['visits.undo']({ undo }, who)),
    walkIn: (patientId: string) =>
      value(
        commands['visits.walkIn'](
          {
            patientId: patientId as PatientId,
            practitionerId: clinic.practitioner.id as PractitionerId,
            locationId: clinic.location.id as LocationId,
            reason: '',
            priority: 'routine',
          },
          who,
        ),
      ),
    queue: () => {
      const date = seen().start_local.slice(0, 10);
      return value(queries['visits.queue']({ date, locationId: null, practitionerId: null }, who));
    },
    toDecide: () => value(conflicts['conflicts.open']({}, who)),
  };
};

const openTasks = () =>
  clinic.query<{ code: string }>("select code from clinichub.task where status = 'requested'");

const meet = async () => {
  const { a, b } = clinic;
  await a.online();
  await a.settled();
  await b.online();
  await b.settled();
  await a.settled();
};

it('a step at one desk is seen at the other, and cannot be taken back once the other went on', async () => {
  const { a, b } = clinic;
  const [first, second] = [visitsOf(a), visitsOf(b)];
  const { undo } = await first.step('check-in');
  await a.settled();
  await b.settled();
  expect((await second.queue()).visits).toMatchObject([{ id, stage: 'checked-in', certainty: 'confirmed' }]);
  const called = await second.step('call');
  await b.settled();
  await a.settled();
  expect(first.seen()).toMatchObject({ status: 'checked-in', stage: 'with-doctor' });
  await expect(first.undo(undo)).rejects.toThrow('changed-meanwhile');
  await second.undo(called.undo);
  await b.settled();
  await a.settled();
  expect(first.seen()).toMatchObject({ status: 'checked-in', stage: 'checked-in', called_at: null });
  await first.undo(undo);
  await a.settled();
  await b.settled();
  expect(second.seen()).toMatchObject({ status: 'booked', stage: null, stage_at: null, arrived_at: null });
  await expectConverged(a, b);
});

it('both check in the same patient offline: one course, nothing to decide, nothing lost', async () => {
  const { a, b } = clinic;
  await a.offline();
  await b.offline();
  await visitsOf(a).step('check-in');
  const first = visitsOf(a).seen().stage_at;
  await pause(5);
  await visitsOf(b).step('check-in');
  const second = visitsOf(b).seen().stage_at;
  expect(second).not.toBe(first);
  await meet();
  for (const desk of [a, b]) {
    expect(visitsOf(desk).seen(), desk.name).toMatchObject({
      status: 'checked-in',
      stage: 'checked-in',
      stage_at: first,
    });
    expect(await visitsOf(desk).toDecide(), desk.name).toEqual([]);
  }
  expect(await openTasks()).toEqual([]);
  // The moment that does not stand is kept at the centre all the same.
  const kept = await clinic.query<{ attempted: string }>('select attempted from clinichub.conflict');
  expect(kept.map(({ attempted }) => JSON.parse(attempted))).toEqual([
    { stage_at: second, arrived_at: second },
  ]);
  await expectConverged(a, b);
});

it('a step that lost to another desk\u2019s waits at its own desk until somebody takes the next one', async () => {
  const { a, b } = clinic;
  await a.offline();
  await b.offline();
  await visitsOf(a).step('check-in');
  await visitsOf(b).step('arrive');
  await meet();
  for (const desk of [a, b]) {
    expect(visitsOf(desk).seen(), desk.name).toMatchObject({ status: 'checked-in', stage: 'checked-in' });
    expect(await visitsOf(desk).toDecide(), desk.name).toEqual([]);
  }
  expect(await openTasks()).toEqual([{ code: 'move-refused' }]);
  await visitsOf(b).step('call');
  await b.settled();
  await a.settled();
  expect(await openTasks()).toEqual([]);
  expect(visitsOf(a).seen()).toMatchObject({ stage: 'with-doctor' });
  await expectConverged(a, b);
});

it('two desks without a network give different tickets, and both visits stand', async () => {
  const { a, b } = clinic;
  const other = somePatient({ mrn: 'SHARED-2' });
  a.local.store.mutate({ kind: 'patient.register', user: null }, (writer) => writer.insert('patient', other));
  await a.settled();
  await b.settled();
  await a.offline();
  await b.offline();
  const mine = await visitsOf(a).walkIn(clinic.patient.id);
  const theirs = await visitsOf(b).walkIn(other.id);
  expect(mine.visit.ticket).not.toBe(theirs.visit.ticket);
  await meet();
  for (const desk of [a, b]) {
    const { visits } = await visitsOf(desk).queue();
    expect(visits.map(({ ticket }) => ticket).toSorted(), desk.name).toEqual(
      [mine.visit.ticket, theirs.visit.ticket].toSorted(),
    );
    expect(await visitsOf(desk).toDecide(), desk.name).toEqual([]);
  }
  expect(
    await clinic.query("select from clinichub.sync_mutation where status not in ('applied', 'merged')"),
  ).toEqual([]);
  await expectConverged(a, b);
});
