import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localDb } from '#main/data/local/query.ts';
import { visitStages } from '#shared/domain/appointments/stage.ts';
import { isInClinic, statusOfStage } from '#shared/domain/visits/course.ts';
import type { LocationId, PractitionerId, StaffAccountId } from '#shared/kernel/ids.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import {
  type Clinic,
  habimana,
  mugabo,
  mutesi,
  now,
  openClinic,
  site,
  uwase,
} from '#tests/support/core-clinic.ts';
import { someAppointment } from '#tests/support/sync-local.ts';
import { encounterOf } from './encounter.ts';

let clinic: Clinic;
beforeEach(() => {
  clinic = openClinic();
});
afterEach(() => clinic.close());

const hour = 3_600_000;
const someone = (role: 'doctor' | 'nurse', practitioner: string | null, n = 1) => ({
  id: `01900000-0000-7000-8000-e0000000000${n}` as StaffAccountId,
  role,
  practitionerId: practitioner as PractitionerId | null,
  locationId: site.id as LocationId,
});
const doctor = someone('doctor', uwase.id, 3);
const nurse = someone('nurse', null, 2);

const store = () => clinic.temporary.local.store;
const begin = (user = doctor, patientId: string = habimana.id): string => {
  const deps = {
    store: store(),
    clock: clinic.clock,
    newId: () => v7(),
    home: () => ({ name: null, timeZone: 'Africa/Kigali', country: null }),
  };
  return store().mutate({ kind: 'test', user: user.id }, (writer) =>
    encounterOf(deps, writer, { patientId, user }),
  ).value;
};
const encounter = (id: string) =>
  store().get(localDb.selectFrom('encounter').selectAll().where('id', '=', id));

const visit = (more: Partial<RowOf<'appointment'>> = {}) => {
  const row = someAppointment({
    patient_id: habimana.id,
    practitioner_id: uwase.id,
    location_id: site.id,
    start_at: '2026-11-23T08:00:00.000Z',
    end_at: '2026-11-23T08:15:00.000Z',
    start_local: '2026-11-23T10:00',
    time_zone: 'Africa/Kigali',
    status: 'checked-in',
    stage: 'waiting-doctor',
    description: 'cough',
    ...more,
  });
  store().mutate({ kind: 'test', user: null }, (writer) => writer.insert('appointment', row));
  return row.id;
};
const change = (id: string, patch: Partial<RowOf<'encounter'>>) =>
  store().mutate({ kind: 'test', user: null }, (writer) => writer.update('encounter', id, patch));

describe('the encounter of today', () => {
  it('begins with the first thing written, from the visit that is in the clinic', () => {
    const appointment = visit();
    const id = begin();
    expect(encounter(id)).toMatchObject({
      patient_id: habimana.id,
      appointment_id: appointment,
      practitioner_id: uwase.id,
      location_id: site.id,
      status: 'in-progress',
      class: 'AMB',
      reason: 'cough',
      start_at: new Date(now).toISOString(),
      created_by: doctor.id,
    });
    expect(begin()).toBe(id);
  });

  it.each(visitStages)('of a visit that is %s', (stage) => {
    const appointment = visit({ stage, status: statusOfStage[stage] });
    expect(encounter(begin())?.appointment_id).toBe(isInClinic(stage) ? appointment : null);
  });

  it('a nurse begins it and the doctor goes on with it', () => {
    visit();
    const id = begin(nurse);
    expect(encounter(id)).toMatchObject({ status: 'triaged', practitioner_id: uwase.id });
    expect(begin(doctor)).toBe(id);
    expect(encounter(id)?.status).toBe('in-progress');
    begin(nurse);
    expect(encounter(id)?.status).toBe('in-progress');
  });

  it('one begun before the patient was checked in is of that visit', () => {
    const id = begin();
    expect(encounter(id)).toMatchObject({ appointment_id: null, location_id: site.id, reason: null });
    const appointment = visit();
    expect(begin()).toBe(id);
    expect(encounter(id)?.appointment_id).toBe(appointment);
  });

  it('two visits of one day are two encounters', () => {
    const first = visit();
    const id = begin();
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('appointment', first, { status: 'fulfilled', stage: 'done' }),
    );
    visit({
      start_at: '2026-11-23T13:00:00.000Z',
      start_local: '2026-11-23T15:00',
      end_at: '2026-11-23T13:15:00.000Z',
    });
    expect(begin()).not.toBe(id);
  });

  it("the doctor's own visit comes before that with somebody else", () => {
    visit({ practitioner_id: mugabo.id, stage: 'with-doctor', overbooked: 1 });
    const own = visit({ overbooked: 1 });
    expect(encounter(begin())?.appointment_id).toBe(own);
  });

  it('without a visit each practitioner has one of their own', () => {
    const id = begin();
    expect(begin(someone('doctor', mugabo.id, 5))).not.toBe(id);
    const ofNurse = begin(nurse);
    expect(ofNurse).not.toBe(id);
    expect(begin(nurse)).toBe(ofNurse);
    expect(begin()).toBe(id);
  });

  it.each([
    { status: 'finished' },
    { status: 'cancelled' },
    { status: 'entered-in-error' },
    { voided_at: new Date(now).toISOString(), voided_by: doctor.id, void_reason: 'wrong patient' },
  ])('one that is over is left alone: %j', (patch) => {
    const id = begin();
    change(id, patch);
    expect(begin()).not.toBe(id);
  });

  it("yesterday's is not today's, and the day is the clinic's", () => {
    // 23:30 in Kigali, still the 23rd in UTC an hour later.
    clinic.clock.at = Date.parse('2026-11-23T21:30:00.000Z');
    const late = begin();
    clinic.clock.at += hour;
    expect(begin()).not.toBe(late);
  });

  it('records that were made one have one encounter', () => {
    const id = begin();
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', habimana.id, { merged_into: mutesi.id }),
    );
    expect(begin(doctor, mutesi.id)).toBe(id);
  });

  it('a reason longer than the column is cut, not refused by the centre', () => {
    visit({ description: 'é'.repeat(3000) });
    expect(encounter(begin())?.reason).toHaveLength(1000);
  });
});
