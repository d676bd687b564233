import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import type { PanelState } from '#shared/domain/panel-booking/state.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import type { AppointmentId, LocationId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import { accountLink, patientAccount, patientAccountId } from '#tests/support/core-panel.ts';
import { type LivePanel, livePanel } from '#tests/support/live-panel.ts';
import { type OfflineDesk, offlineDesk, seedDoctor, seedReception } from '#tests/support/offline-desk.ts';
import { somePatient } from '#tests/support/sync-local.ts';
import { expectConverged, type TwoWorkstations, twoWorkstations } from '#tests/support/two-workstations.ts';

/*
 * The panel at one workstation, the clinic's people at another, and a real centre between them: what the patient is told is what the
 * centre has, whatever becomes of the way there.
 */

const date = addDays(dayAt(Date.now(), 'Europe/Paris'), 7);
const email = 'marie@example.org';
const other = somePatient({ mrn: 'SHARED-2' });

let clinic: TwoWorkstations;
let panel: LivePanel;
let doctor: OfflineDesk;
let desk: OfflineDesk;
let isCut: boolean;

beforeEach(async () => {
  clinic = await twoWorkstations();
  const { a, b, patient } = clinic;
  isCut = false;
  seedReception(a, clinic, [other]);
  seedDoctor(a, clinic);
  a.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    writer.insert('patient_account', patientAccount(patientAccountId, email));
    writer.insert('patient_account_link', accountLink(patientAccountId, patient.id));
  });
  await a.settled();
  await b.settled();
  panel = await livePanel(a, email, () => isCut);
  doctor = await offlineDesk(b, 'doctor');
  desk = await offlineDesk(b);
});
afterEach(() => clinic.end());

const me = () => clinic.patient.id as PatientId;
const slotAt = (time: string) => ({
  practitionerId: clinic.practitioner.id as PractitionerId,
  locationId: clinic.location.id as LocationId,
  startLocal: `${date}T${time}`,
});
const book = (time = '09:00') =>
  panel.get('panel.book', { patientId: me(), ...slotAt(time), visitTypeId: null, reason: 'Cough' });
const shown = async (id: string) =>
  (await panel.get('panel.appointment', { patientId: me(), id: id as AppointmentId })).appointment;
const becomes = async (id: string, state: PanelState) => {
  await expect.poll(async () => (await shown(id)).state, { timeout: 60_000 }).toBe(state);
};
const cut = async () => {
  isCut = true;
  await clinic.a.offline();
};
const restore = async () => {
  await clinic.a.online();
  isCut = false;
  await clinic.a.settled();
};
const was = (time = '09:00') => ({
  practitionerId: clinic.practitioner.id as PractitionerId,
  startLocal: `${date}T${time}`,
});

describe('a request from the panel', () => {
  it('is on the board and with the doctor of another workstation, and confirmed once they accept', async () => {
    const { a, b } = clinic;
    const { id } = await book();
    await becomes(id, 'pending');
    await b.settled();
    const board = await desk.get('appointments.board', { date });
    expect(board.columns.flatMap((column) => column.appointments)).toMatchObject([
      { id, status: 'proposed', description: 'Cough', patientId: me() },
    ]);
    const { requests } = await doctor.get('appointments.myDay', { date });
    expect(requests.map((one) => one.id)).toEqual([id]);
    await doctor.get('appointments.accept', { id });
    // What the doctor's workstation has not brought to the centre yet is not told.
    expect((await shown(id)).state).toBe('pending');
    await b.settled();
    await becomes(id, 'confirmed');
    await a.settled();
    await expectConverged(a, b);
  });

  it('that is answered with another time is confirmed by taking it, at the doctor\u2019s workstation too', async () => {
    const { b } = clinic;
    const { id } = await book();
    await b.settled();
    await doctor.get('appointments.propose', { id, startLocal: `${date}T11:00` });
    await b.settled();
    await becomes(id, 'reschedule-proposed');
    expect((await shown(id)).proposed?.startLocal).toBe(`${date}T11:00`);
    await panel.get('panel.move', { patientId: me(), id, ...slotAt('11:00'), was: was() });
    await becomes(id, 'confirmed');
    await b.settled();
    const { appointments } = await doctor.get('appointments.myDay', { date });
    expect(appointments).toMatchObject([{ id, status: 'booked', startLocal: `${date}T11:00` }]);
  });

  it('that is rejected says so, and nothing of the reason', async () => {
    const { b } = clinic;
    const { id } = await book();
    await b.settled();
    await doctor.get('appointments.reject', { id, reason: 'Secret' });
    await b.settled();
    await becomes(id, 'rejected');
    expect(JSON.stringify(await shown(id))).not.toContain('Secret');
  });

  it('is taken again at the time of one that was cancelled', async () => {
    const first = await book();
    await becomes(first.id, 'pending');
    await panel.get('panel.cancel', { patientId: me(), id: first.id, was: was() });
    await becomes(first.id, 'cancelled');
    const { id } = await book();
    await becomes(id, 'pending');
  });

  it('that a desk has moved meanwhile is not moved or cancelled unseen', async () => {
    const { b } = clinic;
    const { id } = await book();
    await b.settled();
    await desk.get('appointments.move', { id, ...slotAt('10:30'), minutes: 30 });
    await b.settled();
    await clinic.a.settled();
    const changed = { ok: false, error: { code: 'changed-meanwhile' } };
    expect(await panel.ask('panel.move', { patientId: me(), id, ...slotAt('11:00'), was: was() })).toEqual(
      changed,
    );
    expect(await panel.ask('panel.cancel', { patientId: me(), id, was: was() })).toEqual(changed);
    expect((await shown(id)).startLocal).toBe(`${date}T10:30`);
  });

  it('keeps its time for a moment before the desks see it, and a desk cannot take it', async () => {
    const { b } = clinic;
    const held = await panel.get('panel.hold', { patientId: me(), ...slotAt('09:00'), visitTypeId: null });
    expect(held.seconds).toBeGreaterThan(100);
    await clinic.a.settled();
    await b.settled();
    const board = await desk.get('appointments.board', { date });
    expect(board.columns.flatMap((column) => column.held)).toMatchObject([{ startLocal: `${date}T09:00` }]);
    const taking = { ...slotAt('09:00'), patientId: other.id as PatientId, minutes: 30 };
    expect(await desk.get('appointments.book', taking).catch(String)).toContain('slot-held');
    await panel.get('panel.release', {});
    await clinic.a.settled();
    await b.settled();
    const after = await desk.get('appointments.board', { date });
    expect(after.columns.flatMap((column) => column.held)).toEqual([]);
  });
});

describe('while the centre cannot be reached', () => {
  it('a request is to be confirmed, and follows when it can be', async () => {
    const { a, b } = clinic;
    await cut();
    const { id, state } = await book();
    expect(state).toBe('to-be-confirmed');
    const list = await panel.get('panel.appointments', { patientId: me(), when: 'upcoming' });
    expect(list).toMatchObject({ live: false, appointments: [{ id, state: 'to-be-confirmed' }] });
    expect(
      await panel.get('panel.hold', { patientId: me(), ...slotAt('11:00'), visitTypeId: null }).catch(String),
    ).toContain('booked-that-day');
    await restore();
    await becomes(id, 'pending');
    await b.settled();
    expect((await doctor.get('appointments.myDay', { date })).requests.map((one) => one.id)).toEqual([id]);
    await expectConverged(a, b);
  });

  it('and somebody else takes the time meanwhile, the request needs another, and can have it', async () => {
    const { a, b } = clinic;
    await cut();
    const { id } = await book();
    await desk.get('appointments.book', {
      ...slotAt('09:00'),
      patientId: other.id as PatientId,
      minutes: 30,
    });
    await b.settled();
    expect((await shown(id)).state).toBe('to-be-confirmed');
    await restore();
    await becomes(id, 'lost-its-time');
    const { slots } = await panel.get('panel.times', {
      practitionerId: clinic.practitioner.id as PractitionerId,
      visitTypeId: null,
      from: date,
      moving: { patientId: me(), id },
    });
    const times = slots.map(({ startLocal }) => startLocal);
    expect(times).not.toContain(`${date}T09:00`);
    expect(times).toContain(`${date}T09:30`);
    await panel.get('panel.move', { patientId: me(), id, ...slotAt('09:30'), was: was() });
    await becomes(id, 'pending');
    await b.settled();
    expect((await doctor.get('appointments.myDay', { date })).requests).toMatchObject([
      { id, startLocal: `${date}T09:30` },
    ]);
    await a.settled();
    await expectConverged(a, b);
  });

  it('a cancellation is on its way, and no more, until the centre has it', async () => {
    const { b } = clinic;
    const { id } = await book();
    await becomes(id, 'pending');
    await cut();
    await panel.get('panel.cancel', { patientId: me(), id, was: was() });
    expect((await shown(id)).state).toBe('cancelling');
    await restore();
    await becomes(id, 'cancelled');
    await b.settled();
    expect((await doctor.get('appointments.myDay', { date })).requests).toEqual([]);
  });
});
