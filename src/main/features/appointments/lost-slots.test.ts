import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { AppointmentId, LocationId, PatientId, PractitionerId, TaskId } from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import {
  type Clinic,
  habimana,
  mugabo,
  mutesi,
  openClinic,
  site,
  uwase,
} from '#tests/support/core-clinic.ts';
import { otherDesk, pullRows, someConflict, thisDesk } from '#tests/support/core-conflicts.ts';
import { someAppointment } from '#tests/support/sync-local.ts';

let clinic: Clinic;
let desk: Connection;
beforeEach(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
});
afterEach(() => clinic.close());

const madeAt = '2026-11-23T07:30:00.000Z';
const appointment = (more: Partial<RowOf<'appointment'>> = {}) =>
  someAppointment({
    patient_id: habimana.id,
    practitioner_id: uwase.id,
    location_id: site.id,
    start_at: '2026-11-24T07:00:00.000Z',
    end_at: '2026-11-24T07:30:00.000Z',
    start_local: '2026-11-24T09:00',
    time_zone: 'Africa/Kigali',
    needs_rebooking: 1,
    ...more,
  });
const task = (row: RowOf<'appointment'>, more: Partial<RowOf<'task'>> = {}): RowOf<'task'> => ({
  ...blank('task'),
  id: '01900000-0000-7000-8000-c10000000001',
  code: 'rebook-appointment',
  status: 'requested',
  patient_id: row.patient_id,
  appointment_id: row.id,
  owner_device: thisDesk,
  reason: 'practitioner-busy',
  created_at: madeAt,
  completed_at: null,
  completed_by: null,
  ...more,
});
const slotConflict = (row: RowOf<'appointment'>, more: Partial<RowOf<'conflict'>> = {}) =>
  someConflict({
    kind: 'slot',
    tbl: 'appointment',
    row_id: row.id,
    patient_id: row.patient_id,
    reason: 'practitioner-busy',
    attempted: JSON.stringify({ start_at: row.start_at, practitioner_id: row.practitioner_id }),
    kept: JSON.stringify({ needs_rebooking: 1, taken_by: mutesi.id }),
    created_at: madeAt,
    ...more,
  });
const lose = (row: RowOf<'appointment'>, more: { task?: object; conflict?: object } = {}) =>
  pullRows(clinic, [
    { tbl: 'appointment', row },
    { tbl: 'task', row: task(row, more.task) },
    { tbl: 'conflict', row: slotConflict(row, more.conflict) },
  ]);
const tasks = () => clinic.get('appointments.tasks', {}, desk);
const slots = (id: string, more: object = {}) =>
  clinic.get(
    'appointments.rebookingSlots',
    {
      id: id as AppointmentId,
      practitionerId: uwase.id as PractitionerId,
      wantedAt: '2026-11-24T07:00:00.000Z',
      ...more,
    },
    desk,
  );
const words = async (id: string, more: object = {}) =>
  (await slots(id, more)).map((slot) => `${slot.practitionerName} ${slot.startLocal.slice(8)}`);
const conflictNow = () =>
  clinic.temporary.local.store.get(localDb.selectFrom('conflict').select(['status', 'resolution']));
const held = (more: Partial<RowOf<'appointment'>>) =>
  pullRows(clinic, [{ tbl: 'appointment', row: appointment({ needs_rebooking: 0, ...more }) }]);

describe('a booking that lost its slot', () => {
  it('says who was first, and is asked about once: the conflict is not among the others', async () => {
    const row = appointment();
    lose(row);
    expect(await tasks()).toMatchObject([
      {
        appointment: { id: row.id, patientPhone: '+250788123456' },
        wanted: { startAt: row.start_at, startLocal: row.start_local, practitionerId: uwase.id },
        winner: { by: 'nurse', device: 'Desk B', at: '2026-11-23T06:59:00.000Z' },
      },
    ]);
    expect(await clinic.get('conflicts.open', {}, desk)).toEqual([]);
    expect(await clinic.get('sync.status', {}, desk)).toMatchObject({ tasks: 0 });
  });

  it('of a refused move tells where it was to go', async () => {
    const row = appointment({ needs_rebooking: 0 });
    lose(row, {
      task: { code: 'move-refused' },
      conflict: {
        attempted: JSON.stringify({
          practitioner_id: mugabo.id,
          start_at: '2026-11-25T07:00:00.000Z',
          start_local: '2026-11-25T09:00',
        }),
      },
    });
    expect(await tasks()).toMatchObject([
      {
        wanted: {
          practitionerId: mugabo.id,
          practitionerName: 'Dr Eric Mugabo',
          startAt: '2026-11-25T07:00:00.000Z',
          startLocal: '2026-11-25T09:00',
        },
      },
    ]);
  });

  it('without a conflict of its own is asked about all the same', async () => {
    const row = appointment();
    pullRows(clinic, [
      { tbl: 'appointment', row },
      { tbl: 'task', row: task(row, { reason: 'On leave' }) },
    ]);
    expect(await tasks()).toMatchObject([{ winner: null, wanted: { startLocal: row.start_local } }]);
  });

  it('placed anew settles the conflict, closed settles it otherwise', async () => {
    const row = appointment();
    lose(row);
    const [first] = await slots(row.id);
    if (first === undefined) throw new Error('no free slot');
    const { practitionerId, locationId, startLocal, minutes } = first;
    const place = { practitionerId, locationId, startLocal, minutes };
    await clinic.get('appointments.move', { id: row.id as AppointmentId, ...place }, desk);
    expect(await tasks()).toEqual([]);
    expect(conflictNow()).toEqual({ status: 'settled', resolution: 'rebooked' });
    expect(await clinic.get('conflicts.history', {}, desk)).toMatchObject([
      { kind: 'slot', name: 'Habimana Jean', resolution: 'rebooked', resolvedBy: 'reception' },
    ]);
  });

  it.each([
    [1, 'superseded'],
    [0, 'kept'],
  ] as const)('whose task is closed (needs rebooking: %i) ends %s', async (needs_rebooking, resolution) => {
    const row = appointment({ needs_rebooking });
    lose(row);
    await clinic.get('appointments.closeTask', { id: task(row).id as TaskId }, desk);
    expect(conflictNow()).toEqual({ status: 'settled', resolution });
  });

  it('leaves a conflict about its note alone', async () => {
    const row = appointment();
    lose(row, {
      conflict: { kind: 'field', attempted: '{"description":"Fever"}', kept: '{"description":"Cough"}' },
    });
    await clinic.get('appointments.closeTask', { id: task(row).id as TaskId }, desk);
    expect(conflictNow()).toMatchObject({ status: 'open' });
  });
});

describe('where it can go', () => {
  it('is the same doctor nearest to the wanted time, before or after it, then a colleague', async () => {
    const row = appointment();
    lose(row);
    held({ patient_id: mutesi.id });
    expect(await words(row.id)).toEqual([
      'Dr Aline Uwase 24T08:30',
      'Dr Aline Uwase 24T09:30',
      'Dr Aline Uwase 24T08:00',
      'Dr Eric Mugabo 24T09:00',
      'Dr Eric Mugabo 24T08:30',
    ]);
  });

  it('is nowhere the patient is elsewhere, and its own slot is no obstacle', async () => {
    const row = appointment({ needs_rebooking: 0 });
    lose(row, { task: { code: 'move-refused' } });
    held({
      practitioner_id: mugabo.id,
      start_at: '2026-11-24T07:30:00.000Z',
      end_at: '2026-11-24T08:00:00.000Z',
      start_local: '2026-11-24T09:30',
    });
    const found = await words(row.id, { limit: 10 });
    expect(found).toContain('Dr Aline Uwase 24T09:00');
    expect(found.filter((word) => /24T09:(15|30|45)/.test(word))).toEqual([]);
  });

  it('is never in the past, though the wanted time is', async () => {
    const row = appointment();
    lose(row);
    expect((await words(row.id, { wantedAt: '2026-11-20T07:00:00.000Z' }))[0]).toBe(
      'Dr Aline Uwase 23T10:00',
    );
  });

  it('can each be booked', async () => {
    const row = appointment();
    lose(row);
    held({ patient_id: mutesi.id });
    for (const { practitionerId, locationId, startLocal, minutes } of await slots(row.id)) {
      const booking = {
        patientId: habimana.id as PatientId,
        practitionerId,
        locationId,
        startLocal,
        minutes,
      };
      const booked = await clinic.get('appointments.book', booking, desk);
      await clinic.get('appointments.cancel', { id: booked.appointment.id, reason: 'Only tried' }, desk);
    }
  });

  it('is unknown of an appointment that is not here, and nowhere without anybody\u2019s hours', async () => {
    expect(
      await clinic.ask(
        'appointments.rebookingSlots',
        {
          id: habimana.id as AppointmentId,
          practitionerId: uwase.id as PractitionerId,
          wantedAt: '2026-11-24T07:00:00.000Z',
        },
        desk,
      ),
    ).toMatchObject({ error: { code: 'not-found' } });
    const row = appointment();
    lose(row);
    const nobody = otherDesk as PractitionerId;
    expect((await slots(row.id, { practitionerId: nobody })).length).toBeGreaterThan(0);
    expect(site.id as LocationId).toBe((await slots(row.id))[0]?.locationId);
  });
});
