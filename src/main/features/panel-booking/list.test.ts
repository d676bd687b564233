import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppointmentId, PatientId } from '#shared/kernel/ids.ts';
import type { RowOf } from '#shared/sync/catalogue.ts';
import { habimana, mugabo, mutesi, now, site, uwase } from '#tests/support/core-clinic.ts';
import {
  openPanelClinic,
  type PanelClinic,
  signInPatient,
  strangerEmail,
} from '#tests/support/core-panel.ts';
import { someAppointment } from '#tests/support/sync-local.ts';

let clinic: PanelClinic;
beforeEach(async () => {
  clinic = await openPanelClinic();
});
afterEach(() => clinic.close());

const minute = 60_000;
const ids = Array.from({ length: 99 }, (_, n) => `01900000-0000-7000-8000-f2${String(n).padStart(10, '0')}`);
/** An appointment `minutes` from now, half an hour long; as the centre has it unless it is `here` alone. */
const add = (minutes: number, more: Partial<RowOf<'appointment'>> = {}, here = false): string => {
  const start = now + minutes * minute;
  const id = ids.shift() ?? '';
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.insert('appointment', {
      ...someAppointment({
        patient_id: habimana.id,
        practitioner_id: uwase.id,
        location_id: site.id,
        time_zone: 'Africa/Kigali',
        start_at: new Date(start).toISOString(),
        end_at: new Date(start + 30 * minute).toISOString(),
      }),
      id,
      ...more,
    }),
  );
  if (!here) known();
  return id;
};
const known = () =>
  clinic.temporary.local.db.exec('DELETE FROM outbox_row; DELETE FROM outbox; DELETE FROM sync_base');

const list = (when: 'upcoming' | 'past' = 'upcoming', more: object = {}) =>
  clinic.get('panel.appointments', { patientId: habimana.id as PatientId, when, ...more }, clinic.patient);
const one = (id: string, patientId = habimana.id) =>
  clinic.ask(
    'panel.appointment',
    { patientId: patientId as PatientId, id: id as AppointmentId },
    clinic.patient,
  );

describe('the appointments of a patient', () => {
  it('are those still to come soonest first, and those that are over or cancelled latest first', async () => {
    const ids = {
      later: add(2 * 1440),
      sooner: add(60),
      going: add(-15, { status: 'checked-in' }),
      over: add(-1440, { status: 'fulfilled' }),
      cancelled: add(3 * 1440, { status: 'cancelled' }),
    };
    add(90, { status: 'entered-in-error' });
    add(90, { patient_id: mutesi.id, practitioner_id: mugabo.id });
    const order = async (when: 'upcoming' | 'past') =>
      (await list(when)).appointments.map(({ id, state }) => [id, state]);
    expect(await order('upcoming')).toEqual([
      [ids.going, 'arrived'],
      [ids.sooner, 'confirmed'],
      [ids.later, 'confirmed'],
    ]);
    expect(await order('past')).toEqual([
      [ids.cancelled, 'cancelled'],
      [ids.over, 'fulfilled'],
    ]);
  });

  it.each(['upcoming', 'past'] as const)('%s: come page by page, each once', async (when) => {
    const sign = when === 'upcoming' ? 1 : -1;
    const ids = [1, 2, 3, 4, 5].map((n) => add(sign * (1440 + Math.ceil(n / 2) * 60)));
    const found: string[] = [];
    let after = null as Awaited<ReturnType<typeof list>>['next'];
    for (let page = 0; page < 5; page += 1) {
      const { appointments, next } = await list(when, { after, limit: 2 });
      found.push(...appointments.map(({ id }) => id));
      after = next;
      if (next === null) break;
    }
    expect(after).toBeNull();
    expect(found.toSorted()).toEqual(ids.toSorted());
    expect(found).toHaveLength(5);
  });

  it('are shown as the centre has them, and without what was written for the clinic', async () => {
    add(2 * 1440, { description: 'Rude last time', cancel_reason: 'Internal' });
    add(3 * 1440, { description: 'Fever', source: 'panel x' }, true);
    const { appointments, live } = await list();
    expect(live).toBe(false);
    expect(appointments).toMatchObject([
      {
        state: 'confirmed',
        reason: null,
        practitionerName: 'Dr Aline Uwase',
        address: 'Musanze',
        phone: '+250788000000',
        cancel: 'allowed',
        cancelHours: 24,
      },
      { state: 'to-be-confirmed', reason: 'Fever' },
    ]);
    expect(JSON.stringify(appointments)).not.toMatch(/Rude|Internal/);
  });

  it('are told apart by how late it is to change them', async () => {
    add(23 * 60);
    add(25 * 60);
    expect((await list()).appointments.map(({ cancel, move }) => [cancel, move])).toEqual([
      ['late', 'late'],
      ['allowed', 'allowed'],
    ]);
  });

  it('say on the day what is said at the kiosk and from when, of what the clinic has confirmed', async () => {
    const number = 'OLD-1';
    const [soon, later, tomorrow] = [add(60), add(180), add(1440)];
    const others = [
      add(70, { status: 'proposed' }),
      add(80, { needs_rebooking: 1 }),
      add(90, { participant_status: 'tentative', proposed_start_at: new Date(now).toISOString() }),
      add(110, { status: 'cancelled' }),
      // The centre has still to hear of it.
      add(100, {}, true),
    ];
    const said = new Map(
      [...(await list()).appointments, ...(await list('past')).appointments].map((one) => [
        one.id,
        one.checkIn,
      ]),
    );
    expect(said.get(soon as AppointmentId)).toEqual({ number, from: null });
    // Two hours before.
    expect(said.get(later as AppointmentId)).toEqual({ number, from: '11:00' });
    for (const id of [tomorrow, ...others]) expect(said.get(id as AppointmentId)).toBeNull();
  });

  it('say no record number of somebody the desk has not approved', async () => {
    const id = add(60, { patient_id: mutesi.id });
    expect(await one(id, mutesi.id)).toMatchObject({ ok: true, value: { appointment: { checkIn: null } } });
  });

  it('say the number of the record that goes on', async () => {
    const id = add(60);
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', habimana.id, { merged_into: mutesi.id }),
    );
    known();
    const found = await one(id);
    expect(found).toMatchObject({ ok: true, value: { appointment: { checkIn: { number: 'OLD-2' } } } });
  });

  it('of somebody else are not there, as those that do not exist', async () => {
    const theirs = add(60, { patient_id: mutesi.id });
    const own = add(120);
    const unknown = { ok: false, error: { code: 'not-found' } };
    expect(await one(theirs)).toEqual(unknown);
    expect(await one(crypto.randomUUID())).toEqual(unknown);
    expect(await one(own, crypto.randomUUID())).toEqual(unknown);
    expect(await one(own)).toMatchObject({ ok: true, value: { appointment: { id: own } } });
    const stranger = await signInPatient(clinic, strangerEmail);
    expect(
      await clinic.ask('panel.appointments', { patientId: habimana.id as PatientId, when: 'past' }, stranger),
    ).toEqual(unknown);
  });

  it('of a record merged into another are read once the desk has said who it is, not before', async () => {
    const approved = add(60, { patient_id: mutesi.id });
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', mutesi.id, { merged_into: habimana.id }),
    );
    expect((await list()).appointments.map(({ id }) => id)).toEqual([approved]);
    const own = add(120);
    const asked = await clinic.get(
      'panel.appointments',
      { patientId: mutesi.id as PatientId, when: 'upcoming' },
      clinic.patient,
    );
    expect(asked.appointments.map(({ id }) => id)).toEqual([approved]);
    expect(await one(own, mutesi.id)).toMatchObject({ ok: false });
  });
});
