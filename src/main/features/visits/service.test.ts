import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import { permissionsOf } from '#shared/contract/permissions.ts';
import type { VisitView } from '#shared/contract/visits.ts';
import type { VisitStep } from '#shared/domain/visits/steps.ts';
import { nextSteps } from '#shared/domain/visits/steps.ts';
import type { AppointmentId, LocationId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import { blank } from '#shared/sync/catalogue.ts';
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
import { pullRows, someConflict } from '#tests/support/core-conflicts.ts';
import { visitOf } from './view.ts';

let clinic: Clinic;
let desk: Connection;
let doctor: Connection;
beforeEach(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
  doctor = await clinic.signedIn('doctor');
});
afterEach(() => clinic.close());

const today = '2026-11-23';
const later = (minutes: number) => {
  clinic.clock.at += minutes * 60_000;
};
const code = (reply: { ok: boolean; error?: { code: string } }) => (reply.ok ? 'ok' : reply.error?.code);
const book = async (more: object = {}) => {
  const wanted = {
    patientId: habimana.id as PatientId,
    practitionerId: uwase.id as PractitionerId,
    locationId: site.id as LocationId,
    startLocal: `${today}T10:00`,
    minutes: 30,
    ...more,
  };
  return (await clinic.get('appointments.book', wanted, desk)).appointment.id;
};
const row = (id: string) => {
  const found = clinic.temporary.local.store.get(
    localDb.selectFrom('appointment').selectAll().where('id', '=', id),
  );
  if (found === undefined) throw new Error('no such appointment');
  return found;
};
const seenAs = (id: string) => {
  const { status, stage } = visitOf(row(id));
  return { status, stage };
};
const ask = (id: AppointmentId, step: VisitStep, who = desk, was = seenAs(id)) =>
  clinic.ask('visits.step', { id, step, was }, who);
const take = async (id: AppointmentId, ...steps: readonly VisitStep[]) => {
  let undo = '';
  for (const step of steps) ({ undo } = await clinic.get('visits.step', { id, step, was: seenAs(id) }, desk));
  return undo;
};
const takeBack = (undo: string, who = desk) => clinic.ask('visits.undo', { undo }, who);
const walkIn = (more: object = {}, who = desk) =>
  clinic.ask(
    'visits.walkIn',
    {
      patientId: mutesi.id as PatientId,
      practitionerId: uwase.id as PractitionerId,
      locationId: site.id as LocationId,
      reason: 'Fever',
      ...more,
    },
    who,
  );
const walkedIn = async (more: object = {}): Promise<VisitView> => {
  const reply = await walkIn(more);
  if (!reply.ok) throw new Error(reply.error.code);
  return reply.value.visit;
};
const queue = (more: object = {}) => clinic.get('visits.queue', { date: today, ...more }, desk);

describe('a visit', () => {
  it('goes from the booking to its end; each step writes status, stage and when', async () => {
    const id = await book();
    await take(id, 'arrive');
    later(5);
    await take(id, 'check-in', 'to-nurse', 'to-doctor-queue');
    later(7);
    await take(id, 'call');
    expect(row(id)).toMatchObject({
      status: 'checked-in',
      stage: 'with-doctor',
      arrived_at: '2026-11-23T08:00:00.000Z',
      stage_at: '2026-11-23T08:12:00.000Z',
      called_at: '2026-11-23T08:12:00.000Z',
    });
    await take(id, 'checkout');
    expect(row(id)).toMatchObject({ status: 'fulfilled', stage: 'checkout' });
    await take(id, 'done');
    expect((await queue()).visits).toEqual([]);
    expect((await queue()).done).toBe(1);
  });

  it('is not changed unseen, nor by a step it cannot take, nor twice by the same', async () => {
    const id = await book();
    const before = seenAs(id);
    expect(code(await ask(id, 'checkout'))).toBe('invalid-input');
    expect(code(await ask(id, 'check-in'))).toBe('ok');
    expect(code(await ask(id, 'check-in', desk, before))).toBe('changed-meanwhile');
    await take(id, 'call', 'done');
    expect(code(await ask(id, 'arrive'))).toBe('invalid-input');
  });

  it('of another day cannot arrive, one that is cancelled takes no step', async () => {
    const tomorrow = await book({ startLocal: '2026-11-24T10:00' });
    expect(code(await ask(tomorrow, 'arrive'))).toBe('invalid-input');
    const id = await book();
    await clinic.get('appointments.cancel', { id, reason: 'Ill' }, desk);
    for (const step of ['arrive', 'check-in', 'call', 'no-show'] as const)
      expect(code(await ask(id, step)), step).toBe('invalid-input');
  });

  it('is a doctor\u2019s own', async () => {
    const [own, other] = [await book(), await book({ patientId: mutesi.id, practitionerId: mugabo.id })];
    await take(own, 'check-in');
    await take(other, 'check-in');
    expect(code(await ask(own, 'call', doctor))).toBe('ok');
    expect(code(await ask(other, 'call', doctor))).toBe('not-permitted');
  });

  it('of who came after the no-show goes on top of whoever has the time now', async () => {
    const id = await book();
    await take(id, 'no-show');
    await book({ patientId: mutesi.id });
    await take(id, 'arrive');
    expect(row(id)).toMatchObject({ status: 'arrived', overbooked: 1, overbook_reason: 'came late' });
  });
});

describe('an undo', () => {
  it('gives exactly the row before, wherever the visit was', async () => {
    const id = await book();
    const moment = () => ({ now: clinic.clock.at, today });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 6 }), async (choices) => {
        const start = row(id);
        const undos: string[] = [];
        for (const choice of choices) {
          const steps = nextSteps(visitOf(row(id)), permissionsOf('reception'), moment());
          const step = steps[choice % steps.length];
          if (step === undefined) break;
          const before = row(id);
          later(1);
          const undo = await take(id, step);
          expect(code(await takeBack(undo))).toBe('ok');
          expect({ ...row(id), row_version: 0 }).toEqual({ ...before, row_version: 0 });
          undos.unshift(await take(id, step));
        }
        for (const undo of undos) expect(code(await takeBack(undo))).toBe('ok');
        expect(row(id)).toEqual(start);
      }),
      { numRuns: 25 },
    );
  });

  it('is refused once somebody took another step, to another person, and a second time', async () => {
    const id = await book();
    const arrived = await take(id, 'arrive');
    const checkedIn = await take(id, 'check-in');
    expect(code(await takeBack(arrived))).toBe('changed-meanwhile');
    expect(code(await takeBack(checkedIn, doctor))).toBe('not-permitted');
    expect(code(await takeBack(checkedIn))).toBe('ok');
    expect(code(await takeBack(checkedIn))).toBe('not-found');
  });

  it('is refused when something clinical was written since, not when it was written before', async () => {
    const id = await book();
    await take(id, 'check-in', 'to-nurse');
    later(1);
    const observe = (at: number) =>
      clinic.temporary.local.store.mutate({ kind: 'observe', user: null }, (writer) =>
        writer.insert('observation', {
          ...blank('observation'),
          id: `01900000-0000-7000-8000-f${String(at).padStart(11, '0')}`,
          patient_id: habimana.id,
          code: '8867-4',
          value: '72',
          unit: '/min',
          status: 'final',
          effective_at: new Date(clinic.clock.at).toISOString(),
          recorded_by: null,
          recorded_at: new Date(clinic.clock.at).toISOString(),
          corrects: null,
          note: null,
        }),
      );
    observe(1);
    later(1);
    const queued = await take(id, 'to-doctor-queue');
    expect(code(await takeBack(queued))).toBe('ok');
    const called = await take(id, 'call');
    later(1);
    observe(2);
    expect(code(await takeBack(called))).toBe('clinical-since');
    expect(seenAs(id).stage).toBe('with-doctor');
  });

  it('of a checkout is refused while somebody else has the time', async () => {
    const id = await book();
    const undo = await take(id, 'check-in', 'call', 'checkout');
    await book({ patientId: mutesi.id });
    expect(code(await takeBack(undo))).toBe('slot-taken');
  });

  it('of a walk-in voids it, and its ticket is not given again', async () => {
    const reply = await walkIn();
    if (!reply.ok) throw new Error(reply.error.code);
    expect(code(await takeBack(reply.value.undo))).toBe('ok');
    expect(row(reply.value.visit.id)).toMatchObject({
      status: 'entered-in-error',
      voided_by: '01900000-0000-7000-8000-e00000000001',
      void_reason: 'walk-in taken back',
    });
    expect((await queue()).visits).toEqual([]);
    expect((await walkedIn()).ticket).toBe('G02');
  });
});

it('a step answers a step that was lost, and leaves a lost move to whoever told the patient of another time', async () => {
  const id = await book();
  const lost = (n: number, attempted: object) => {
    const created_at = `2026-11-23T07:0${n}:00.000Z`;
    const key = `01900000-0000-7000-8000-f0000000000${n}`;
    const task = { id: key, code: 'move-refused', status: 'requested', patient_id: habimana.id };
    const more = { owner_device: null, reason: 'changed-elsewhere', completed_at: null, completed_by: null };
    return [
      {
        tbl: 'conflict' as const,
        row: someConflict({
          id: key,
          tbl: 'appointment',
          row_id: id,
          attempted: JSON.stringify(attempted),
          kept: JSON.stringify({ status: 'arrived' }),
          created_at,
        }),
      },
      { tbl: 'task' as const, row: { ...task, ...more, appointment_id: id, created_at } },
    ];
  };
  pullRows(clinic, [
    ...lost(1, { status: 'checked-in' }),
    ...lost(2, {
      start_at: '2026-11-23T12:00:00.000Z',
      end_at: '2026-11-23T12:30:00.000Z',
      status: 'booked',
    }),
  ]);
  await take(id, 'arrive');
  const { db } = clinic.temporary.local;
  expect(db.prepare('SELECT status FROM task ORDER BY id').pluck().all()).toEqual(['completed', 'requested']);
  expect(db.prepare('SELECT status FROM conflict ORDER BY id').pluck().all()).toEqual(['settled', 'open']);
});

describe('a walk-in', () => {
  it('arrives now, on top of whoever is booked, in the doctor\u2019s room, with a ticket of this workstation', async () => {
    await book();
    later(3);
    const visit = await walkedIn({ priority: 'urgent' });
    expect(visit).toMatchObject({
      ticket: 'G01',
      number: 'G01',
      walkIn: true,
      priority: 'urgent',
      roomName: 'Room 2',
    });
    expect(row(visit.id)).toMatchObject({
      status: 'arrived',
      stage: 'arrived',
      start_at: '2026-11-23T08:00:00.000Z',
      end_at: '2026-11-23T08:15:00.000Z',
      start_local: `${today}T10:00`,
      room_id: room.id,
      overbooked: 1,
      overbook_reason: 'walk-in',
      arrived_at: '2026-11-23T08:03:00.000Z',
      description: 'Fever',
    });
  });

  it('has no room in a week its doctor has none', async () => {
    clinic.temporary.local.db.exec(`UPDATE schedule SET valid_from = '2026-11-16', interval_weeks = 2`);
    expect(await walkedIn()).toMatchObject({ roomName: null });
    clinic.temporary.local.db.exec(`UPDATE schedule SET valid_from = '2026-11-09'`);
    later(3);
    expect(await walkedIn({ patientId: habimana.id })).toMatchObject({ roomName: 'Room 2' });
  });

  it('is refused for somebody who is here already, who is not known, and to a doctor who does not exist', async () => {
    await walkedIn();
    expect(code(await walkIn())).toBe('duplicate');
    const nobody = '01900000-0000-7000-8000-ffffffffffff';
    expect(code(await walkIn({ patientId: nobody }))).toBe('not-found');
    expect(code(await walkIn({ practitionerId: nobody }))).toBe('not-found');
    expect(code(await walkIn({ locationId: room.id }))).toBe('not-found');
    expect(code(await walkIn({ patientId: habimana.id }, doctor))).toBe('not-permitted');
  });

  it('starts the numbers anew with the clinic\u2019s day, not with that of UTC', async () => {
    await walkedIn();
    clinic.clock.at = Date.parse('2026-11-23T22:30:00.000Z');
    const visit = await walkedIn({ patientId: habimana.id });
    expect(visit).toMatchObject({ ticket: 'G01', startLocal: '2026-11-24T00:30' });
  });
});

describe('the queue', () => {
  it('has who is in the clinic, the more urgent first, then who waits longer, with the minutes', async () => {
    const booked = await book();
    const waits = await walkedIn();
    later(10);
    await take(booked, 'check-in');
    later(2);
    expect((await queue()).visits).toMatchObject([
      { id: waits.id, minutes: 12, minutesHere: 12 },
      { id: booked, minutes: 2, minutesHere: 2 },
    ]);
    const { undo } = await clinic.get(
      'visits.setPriority',
      { id: booked, priority: 'asap', was: seenAs(booked) },
      desk,
    );
    expect((await queue()).visits.map(({ id }) => id)).toEqual([booked, waits.id]);
    await takeBack(undo);
    expect((await queue()).visits.map(({ id }) => id)).toEqual([waits.id, booked]);
    expect((await queue({ practitionerId: mugabo.id })).visits).toEqual([]);
    expect((await queue({ date: '2026-11-24' })).visits).toEqual([]);
  });

  it('never counts less than no minute when another desk\u2019s clock is ahead', async () => {
    const visit = await walkedIn();
    later(-20);
    expect((await queue()).visits).toMatchObject([{ id: visit.id, minutes: 0, minutesHere: 0 }]);
  });

  it('takes somebody back to its end, who was called too, and to another doctor\u2019s', async () => {
    const first = await walkedIn();
    later(1);
    const second = await walkedIn({ patientId: habimana.id });
    later(1);
    const requeue = (id: AppointmentId, more: object = {}) =>
      clinic.get('visits.requeue', { id, was: seenAs(id), ...more }, desk);
    await requeue(first.id);
    expect((await queue()).visits.map(({ id }) => id)).toEqual([second.id, first.id]);
    later(1);
    await take(second.id, 'call');
    await requeue(second.id);
    expect(seenAs(second.id)).toEqual({ status: 'checked-in', stage: 'waiting-doctor' });
    const before = row(first.id);
    const { visit, undo } = await requeue(first.id, { practitionerId: mugabo.id });
    expect(visit).toMatchObject({ practitionerName: 'Dr Eric Mugabo', roomName: null });
    expect(row(first.id)).toMatchObject({ overbooked: 1, overbook_reason: 'requeued' });
    await takeBack(undo);
    expect(row(first.id)).toEqual(before);
  });
});

describe('the board of the waiting room', () => {
  it('has numbers and rooms and nothing that says who somebody is', async () => {
    const waits = await walkedIn();
    const called = await book();
    await take(called, 'check-in', 'call');
    const answer = await clinic.get('visits.board', {}, desk);
    expect(answer).toMatchObject({
      called: [{ room: 'Room 2' }],
      waiting: [waits.ticket],
      waitingCount: 1,
      timeZone: 'Africa/Kigali',
    });
    expect(answer.called[0]?.number).toMatch(/^[2-9A-Z]{4}$/);
    const told = JSON.stringify(answer);
    for (const { id, family, given, mrn } of [habimana, mutesi, uwase].map((one) => ({
      mrn: 'Fever',
      ...one,
    })))
      for (const text of [id, family, given, mrn]) expect(told).not.toContain(text);
  });

  it('calls nobody any more after five minutes', async () => {
    const id = await book();
    await take(id, 'check-in', 'call');
    later(4);
    expect((await clinic.get('visits.board', {}, desk)).called).toHaveLength(1);
    later(1);
    expect((await clinic.get('visits.board', {}, desk)).called).toEqual([]);
  });
});

it('a cancellation tells when it was, so that a late one is known', async () => {
  const id = await book();
  await clinic.get('appointments.cancel', { id, reason: 'Ill' }, desk);
  expect(row(id).stage_at).toBe('2026-11-23T08:00:00.000Z');
});
