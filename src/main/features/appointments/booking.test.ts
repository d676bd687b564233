import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb, readPayload } from '#main/data/local/query.ts';
import type { AppointmentView } from '#shared/contract/appointments.ts';
import type { AppointmentId, LocationId, PatientId, PractitionerId, TaskId } from '#shared/kernel/ids.ts';
import { blank } from '#shared/sync/catalogue.ts';
import {
  type Clinic,
  habimana,
  mugabo,
  mutesi,
  now,
  openClinic,
  room,
  site,
  uwase,
} from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let desk: Connection;
let doctor: Connection;
beforeEach(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
  doctor = await clinic.signedIn('doctor');
});
afterEach(() => clinic.close());

const wanted = {
  patientId: habimana.id as PatientId,
  practitionerId: uwase.id as PractitionerId,
  locationId: site.id as LocationId,
  startLocal: '2026-11-24T09:00',
  minutes: 30,
};
const book = (more: object = {}) => clinic.ask('appointments.book', { ...wanted, ...more }, desk);
const booked = async (more: object = {}): Promise<AppointmentView> =>
  (await clinic.get('appointments.book', { ...wanted, ...more }, desk)).appointment;
const get = (id: AppointmentId) => clinic.get('appointments.get', { id }, desk);
const code = (reply: { ok: boolean; error?: { code: string } }) => (reply.ok ? 'ok' : reply.error?.code);
const tasks = () => clinic.get('appointments.tasks', {}, desk);
const lastMutation = () => {
  const entry = clinic.temporary.local.store.get(
    localDb.selectFrom('outbox').selectAll().orderBy('n', 'desc').limit(1),
  );
  const changes = readPayload(entry?.payload ?? '{}').changes;
  return {
    kind: entry?.kind,
    user: entry?.account_id,
    touches: changes.map(({ tbl, op }) => `${op} ${tbl}`),
  };
};
const reject = async () => {
  const { id } = await booked({ request: true });
  await clinic.get('appointments.reject', { id, reason: 'On leave' }, doctor);
  return id;
};

describe('booking', () => {
  it('writes the appointment with its instant, room and zone, and is provisional while offline without waiting', async () => {
    const reply = await book({ description: 'Fever' });
    expect(reply).toMatchObject({
      ok: true,
      value: {
        outcome: 'provisional',
        appointment: {
          patientName: 'Habimana Jean',
          practitionerName: 'Dr Aline Uwase',
          status: 'booked',
          participantStatus: 'accepted',
          startAt: '2026-11-24T07:00:00.000Z',
          endAt: '2026-11-24T07:30:00.000Z',
          timeZone: 'Africa/Kigali',
          minutes: 30,
          description: 'Fever',
          certainty: 'provisional',
        },
      },
    });
    expect(clinic.engine.asked).toEqual([]);
    expect(clinic.engine.wakes).toBeGreaterThan(0);
    expect(lastMutation()).toEqual({
      kind: 'appointment.book',
      user: desk.user?.id,
      touches: ['insert appointment'],
    });
    const row = clinic.temporary.local.store.get(localDb.selectFrom('appointment').select('room_id'));
    expect(row?.room_id).toBe(room.id);
  });

  it.each([
    ['applied', 'confirmed', 'confirmed', false],
    ['merged', 'provisional', 'provisional', false],
    ['needs_review', 'needs-rebooking', 'provisional', true],
    ['rejected', 'refused', 'parked', false],
  ] as const)(
    'while live waits 800 ms for the verdict: %s is %s',
    async (status, outcome, certainty, lost) => {
      clinic.engine.live = true;
      clinic.engine.answer = (n) => ({ n, status, sqlstate: null, message: null });
      expect(await book()).toMatchObject({
        ok: true,
        value: { outcome, appointment: { certainty, needsRebooking: lost } },
      });
      expect(clinic.engine.asked).toMatchObject([{ milliseconds: 800 }]);
    },
  );

  it('a change that lost to another desk is told with what the centre has, never as it was wished', async () => {
    const { id } = await booked();
    const { replica } = clinic.temporary.local;
    const landsAt = (from: number, n: number, startLocal: string, startAt: string) => {
      replica.recordVerdicts([{ n, status: 'merged', sqlstate: null, message: null }]);
      const values = { start_local: startLocal, start_at: startAt };
      setTimeout(() => {
        replica.applyPull({
          from,
          to: from + 1,
          head: from + 1,
          chain: 'c',
          txs: 1,
          changes: [{ seq: from + 1, tbl: 'appointment', op: 'update', pk: id, v: 3, values }],
        });
      }, 100);
      return replica.verdict(n);
    };
    clinic.engine.live = true;
    clinic.engine.answer = (n) => landsAt(0, n, '2026-11-24T14:00', '2026-11-24T12:00:00.000Z');
    const { temporary } = clinic;
    temporary.local.db.exec(`DELETE FROM outbox_row; DELETE FROM outbox; DELETE FROM sync_base;
      UPDATE appointment SET row_version = 1`);
    const reply = await clinic.get(
      'appointments.move',
      { ...wanted, id, startLocal: '2026-11-24T11:00' },
      desk,
    );
    expect(reply).toMatchObject({
      outcome: 'confirmed',
      appointment: { startLocal: '2026-11-24T14:00', certainty: 'confirmed' },
    });
  });

  it('is provisional when the centre says nothing in time', async () => {
    clinic.engine.live = true;
    expect(await book()).toMatchObject({ value: { outcome: 'provisional' } });
  });

  it('still shows a booking that the centre refused and that fell back meanwhile', async () => {
    clinic.engine.live = true;
    clinic.engine.answer = (n) => {
      const verdict = { n, status: 'rejected' as const, sqlstate: '23514', message: 'no' };
      clinic.temporary.local.replica.recordVerdicts([verdict]);
      return verdict;
    };
    expect(await book()).toMatchObject({
      value: { outcome: 'refused', appointment: { patientName: 'Habimana Jean', certainty: 'parked' } },
    });
  });

  it.each([
    ['outside-schedule', { startLocal: '2026-11-24T07:45' }],
    ['outside-schedule', { startLocal: '2026-11-24T15:45' }],
    ['outside-schedule', { startLocal: '2026-11-28T09:00' }],
    ['outside-schedule', { startLocal: '2026-11-24T23:45', minutes: 30 }],
    ['not-found', { patientId: '01900000-0000-7000-8000-ffffffffffff' }],
    ['not-found', { locationId: '01900000-0000-7000-8000-ffffffffffff' }],
    ['outside-schedule', { practitionerId: '01900000-0000-7000-8000-ffffffffffff' }],
    ['invalid-input', { startLocal: '2026-11-23T09:00' }],
    ['invalid-input', { startLocal: '2026-02-30T09:00' }],
    ['outside-schedule', { startLocal: '9999-12-31T10:00' }],
    ['invalid-input', { description: 'a\u0000b' }],
    ['invalid-input', { description: 'a\ud800b' }],
    ['invalid-input', { minutes: 17 }],
  ])('is refused as %s: %j, and nothing is written', async (expected, more) => {
    const before = clinic.temporary.local.replica.state().last_n;
    expect(code(await book(more))).toBe(expected);
    expect(clinic.temporary.local.replica.state().last_n).toBe(before);
  });

  it('names the field of a time that is over, and takes a slot that is running', async () => {
    expect(await book({ startLocal: '2026-11-23T09:00' })).toEqual({
      ok: false,
      error: { code: 'invalid-input', fields: { startLocal: 'in-the-past' } },
    });
    clinic.clock.at = now + 10 * 60_000;
    expect(code(await book({ startLocal: '2026-11-23T10:00' }))).toBe('ok');
  });

  it('names the field of a time the clocks jump over, and books neither that nor one that ends on the next day', async () => {
    // A clinic that is open all night; the clocks of Paris go from 02:00 to 03:00.
    clinic.temporary.local.db.exec(`UPDATE location SET time_zone = 'Europe/Paris';
      UPDATE schedule SET weekday = 7, start_time = '00:00', end_time = '24:00' WHERE weekday = 5`);
    const before = clinic.temporary.local.replica.state().last_n;
    expect(await book({ startLocal: '2027-03-28T02:30' })).toEqual({
      ok: false,
      error: { code: 'invalid-input', fields: { startLocal: 'clock-change' } },
    });
    expect(code(await book({ startLocal: '2027-03-28T23:45' }))).toBe('outside-schedule');
    expect(clinic.temporary.local.replica.state().last_n).toBe(before);
    // The hour that is missing is no part of a visit around it.
    const { startAt, endAt } = await booked({ startLocal: '2027-03-28T01:45' });
    expect([startAt, endAt]).toEqual(['2027-03-28T00:45:00.000Z', '2027-03-28T01:15:00.000Z']);
  });

  it('keeps practitioner and patient from being in two places', async () => {
    await booked();
    expect(code(await book({ patientId: mutesi.id, startLocal: '2026-11-24T09:15' }))).toBe('slot-taken');
    expect(code(await book({ practitionerId: mugabo.id, startLocal: '2026-11-24T08:45' }))).toBe(
      'patient-busy',
    );
    expect(code(await book({ patientId: mutesi.id, startLocal: '2026-11-24T09:30' }))).toBe('ok');
    expect(code(await book({ patientId: mutesi.id, startLocal: '2026-11-24T08:30' }))).toBe('ok');
  });
});

describe('moving and cancelling', () => {
  it('moves to another time and practitioner, with the room of the new hours', async () => {
    const { id } = await booked();
    const move = { ...wanted, id, startLocal: '2026-11-24T09:15', minutes: 45 };
    expect(await clinic.get('appointments.move', move, desk)).toMatchObject({
      appointment: { startLocal: '2026-11-24T09:15', minutes: 45, status: 'booked' },
    });
    await clinic.get('appointments.move', { ...move, practitionerId: mugabo.id as PractitionerId }, desk);
    expect(await get(id)).toMatchObject({ practitionerName: 'Dr Eric Mugabo' });
    expect(lastMutation()).toMatchObject({ kind: 'appointment.move', touches: ['update appointment'] });
  });

  it('cancels with the reason, frees the slot, and comes back while it is free', async () => {
    const { id } = await booked();
    await clinic.get('appointments.cancel', { id, reason: 'Ill' }, desk);
    expect(await get(id)).toMatchObject({ status: 'cancelled', cancelReason: 'Ill' });
    expect(code(await clinic.ask('appointments.cancel', { id, reason: 'x' }, desk))).toBe(
      'changed-meanwhile',
    );
    await clinic.get('appointments.reinstate', { id }, desk);
    expect(await get(id)).toMatchObject({ status: 'booked', cancelReason: null });
    await clinic.get('appointments.cancel', { id, reason: 'Ill' }, desk);
    await booked({ patientId: mutesi.id });
    expect(code(await clinic.ask('appointments.reinstate', { id }, desk))).toBe('slot-taken');
  });

  it('is not moved from a place the person never saw', async () => {
    const { id } = await booked();
    const was = { practitionerId: wanted.practitionerId, startLocal: wanted.startLocal };
    const later = { ...wanted, id, startLocal: '2026-11-25T10:00' };
    await clinic.get('appointments.move', { ...later, was }, desk);
    const again = { ...wanted, id, startLocal: '2026-11-25T11:00' };
    expect(code(await clinic.ask('appointments.move', { ...again, was }, desk))).toBe('changed-meanwhile');
    expect(await get(id)).toMatchObject({ startLocal: '2026-11-25T10:00' });
  });

  it('finds no new place for a patient whose record was voided', async () => {
    const { id } = await booked();
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', wanted.patientId, { voided_at: '2026-11-23T08:00:00.000Z' }),
    );
    const later = { ...wanted, id, startLocal: '2026-11-25T10:00' };
    expect(code(await clinic.ask('appointments.move', later, desk))).toBe('not-found');
    await clinic.get('appointments.cancel', { id, reason: 'Voided' }, desk);
    expect(code(await clinic.ask('appointments.reinstate', { id }, desk))).toBe('not-found');
  });

  it('of what is over is refused', async () => {
    const { id } = await booked();
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('appointment', id, { status: 'fulfilled' }),
    );
    expect(code(await clinic.ask('appointments.move', { ...wanted, id }, desk))).toBe('changed-meanwhile');
    expect(code(await clinic.ask('appointments.cancel', { id, reason: 'x' }, desk))).toBe(
      'changed-meanwhile',
    );
  });
});

describe('a request', () => {
  it('waits on its doctor, who accepts it', async () => {
    const { id, status, participantStatus } = await booked({ request: true });
    expect([status, participantStatus]).toEqual(['proposed', 'needs-action']);
    const day = () => clinic.get('appointments.myDay', { date: '2026-11-24' }, doctor);
    expect((await day()).requests.map((request) => request.id)).toEqual([id]);
    await clinic.get('appointments.accept', { id }, doctor);
    expect(await get(id)).toMatchObject({ status: 'booked', participantStatus: 'accepted' });
    expect((await day()).requests).toEqual([]);
    expect((await day()).appointments.map((one) => one.id)).toEqual([id]);
    expect(code(await clinic.ask('appointments.accept', { id }, doctor))).toBe('changed-meanwhile');
  });

  it('is not on a nurse\u2019s day, who has whoever is still to be seen at the site', async () => {
    const nurse = await clinic.signedIn('nurse');
    const day = async () =>
      (await clinic.get('appointments.myDay', { date: '2026-11-24' }, nurse)).appointments.map(
        ({ id }) => id,
      );
    await booked({ request: true });
    const { id } = await booked({
      startLocal: '2026-11-24T11:00',
      practitionerId: mugabo.id as PractitionerId,
      patientId: mutesi.id as PatientId,
    });
    expect(await day()).toEqual([id]);
    await clinic.get('appointments.cancel', { id, reason: 'x' }, desk);
    expect(await day()).toEqual([]);
  });

  it('rejected goes back to the desk as a task and frees the slot; the move that places it ends the task', async () => {
    const id = await reject();
    expect(lastMutation().touches).toEqual(['update appointment', 'insert task']);
    expect(await get(id)).toMatchObject({ participantStatus: 'declined', needsRebooking: true });
    expect(await tasks()).toMatchObject([
      { code: 'rebook-appointment', reason: 'On leave', appointment: { id } },
    ]);
    expect((await clinic.get('appointments.myDay', { date: '2026-11-24' }, doctor)).appointments).toEqual([]);
    await booked({ patientId: mutesi.id });
    const move = { ...wanted, id, practitionerId: mugabo.id as PractitionerId };
    await clinic.get('appointments.move', move, desk);
    expect(lastMutation().touches).toEqual(['update appointment', 'update task']);
    expect(await get(id)).toMatchObject({ needsRebooking: false, status: 'proposed', cancelReason: null });
    expect(await tasks()).toEqual([]);
  });

  it('with another time proposed becomes a booking when the desk moves it there', async () => {
    const { id } = await booked({ request: true });
    await clinic.get('appointments.propose', { id, startLocal: '2026-11-25T10:00' }, doctor);
    expect(await get(id)).toMatchObject({
      status: 'proposed',
      participantStatus: 'tentative',
      proposedStartAt: '2026-11-25T08:00:00.000Z',
    });
    await clinic.get('appointments.move', { ...wanted, id, startLocal: '2026-11-25T10:00' }, desk);
    expect(await get(id)).toMatchObject({
      status: 'booked',
      participantStatus: 'accepted',
      proposedStartAt: null,
    });
  });

  it('of another doctor is none of this doctor\u2019s business', async () => {
    const { id } = await booked({ request: true, practitionerId: mugabo.id });
    for (const [name, more] of [
      ['appointments.accept', {}],
      ['appointments.reject', { reason: 'x' }],
      ['appointments.propose', { startLocal: '2026-11-25T10:00' }],
      ['appointments.cancel', { reason: 'x' }],
      ['appointments.reinstate', {}],
    ] as const)
      expect(code((await clinic.core.dispatch(name, { id, ...more }, doctor)) as never)).toBe(
        'not-permitted',
      );
    expect(await get(id)).toMatchObject({ participantStatus: 'needs-action' });
  });
});

describe('a task', () => {
  it('closed without a booking cancels what nobody will place any more', async () => {
    const id = await reject();
    const [task] = await tasks();
    await clinic.get('appointments.closeTask', { id: task?.id as TaskId }, desk);
    expect(await tasks()).toEqual([]);
    expect(await get(id)).toMatchObject({ status: 'cancelled' });
    const again = await clinic.ask('appointments.closeTask', { id: task?.id as TaskId }, desk);
    expect(code(again)).toBe('changed-meanwhile');
  });

  it('of another desk does not show here', async () => {
    const { id } = await booked();
    const task = (owner: string | null, n: number) => ({
      ...blank('task'),
      id: `01900000-0000-7000-8000-0000000000f${n}`,
      code: 'move-refused',
      status: 'requested',
      patient_id: null,
      appointment_id: id,
      owner_device: owner,
      reason: 'room-busy',
      created_at: new Date(now + n).toISOString(),
      completed_at: null,
      completed_by: null,
    });
    const here = clinic.temporary.local.store.workstation()?.deviceId ?? null;
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) => {
      writer.insert('task', task('01900000-0000-7000-8000-0000000000ff', 1));
      writer.insert('task', task(here, 2));
      writer.insert('task', task(null, 3));
    });
    expect((await tasks()).map((one) => one.id.slice(-1))).toEqual(['2', '3']);
  });
});
