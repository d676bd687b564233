import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localDb } from '#main/data/local/query.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { SettingKey } from '#shared/domain/settings/catalogue.ts';
import type {
  AppointmentId,
  LocationId,
  PatientId,
  PractitionerId,
  VisitTypeId,
} from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { habimana, mugabo, mutesi, now, otherSite, site, uwase } from '#tests/support/core-clinic.ts';
import { openPanelClinic, type PanelClinic } from '#tests/support/core-panel.ts';
import { someAppointment } from '#tests/support/sync-local.ts';

let clinic: PanelClinic;
beforeEach(async () => {
  clinic = await openPanelClinic();
});
afterEach(() => clinic.close());

const write = (change: (writer: Parameters<Parameters<typeof store.mutate>[1]>[0]) => void) =>
  store.mutate({ kind: 'test', user: null }, change);
let store: PanelClinic['temporary']['local']['store'];
beforeEach(() => {
  store = clinic.temporary.local.store;
});

const set = (key: SettingKey, value: unknown, locationId: string | null = null) =>
  write((writer) =>
    writer.insert('setting', {
      ...blank('setting'),
      id: crypto.randomUUID(),
      key,
      location_id: locationId,
      value: JSON.stringify(value),
    }),
  );
/** What is here, as the centre has it. */
const known = () =>
  clinic.temporary.local.db.exec('DELETE FROM outbox_row; DELETE FROM outbox; DELETE FROM sync_base');

const slot = {
  practitionerId: uwase.id as PractitionerId,
  locationId: site.id as LocationId,
  startLocal: '2026-11-25T09:00',
  visitTypeId: null,
};
const me = habimana.id as PatientId;
type Booking = Input<'panel.book'>;
const ask = (more: Partial<Booking> = {}) =>
  clinic.ask('panel.book', { patientId: me, ...slot, ...more }, clinic.patient);
const booked = async (more: Partial<Booking> = {}) => {
  const reply = await ask(more);
  if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  known();
  return reply.value;
};
const row = (id: string) =>
  store.get(localDb.selectFrom('appointment').selectAll().where('id', '=', id)) as RowOf<'appointment'>;
const refused = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } });
const was = { practitionerId: slot.practitionerId, startLocal: slot.startLocal };
const move = (id: AppointmentId, startLocal: string, more: object = {}) =>
  clinic.ask('panel.move', { patientId: me, id, ...slot, startLocal, was, ...more }, clinic.patient);
const cancel = (id: AppointmentId, more: object = {}) =>
  clinic.ask('panel.cancel', { patientId: me, id, was, ...more }, clinic.patient);

const someVisitType = (more: Partial<RowOf<'visit_type'>> = {}): RowOf<'visit_type'> => ({
  ...blank('visit_type'),
  id: crypto.randomUUID(),
  name: 'Consultation',
  minutes: 30,
  buffer_before: 0,
  buffer_after: 0,
  staff_only: 0,
  needs_room: 0,
  active: 1,
  ...more,
});

describe('a booking of a patient', () => {
  it('asks the doctor, is from the panel by the account, and to be confirmed while the centre is out of reach', async () => {
    const reply = await ask({ reason: 'Cough for a week' });
    expect(reply).toMatchObject({
      ok: true,
      value: {
        state: 'to-be-confirmed',
        startLocal: slot.startLocal,
        minutes: 30,
        reason: 'Cough for a week',
      },
    });
    if (!reply.ok) return;
    expect(row(reply.value.id)).toMatchObject({
      source: `panel ${reply.value.id}`,
      created_by: clinic.patient.user?.id,
      status: 'proposed',
      participant_status: 'needs-action',
      description: 'Cough for a week',
      patient_id: habimana.id,
    });
    known();
    const { appointment } = await clinic.get(
      'panel.appointment',
      { patientId: me, id: reply.value.id },
      clinic.patient,
    );
    expect(appointment.state).toBe('pending');
  });

  it('is confirmed at once where the site lets patients book, when the centre says so', async () => {
    set('panel.booking', 'direct', site.id);
    clinic.engine.live = true;
    clinic.engine.answer = (n) => ({ n, status: 'applied', sqlstate: null, message: null });
    expect(await ask()).toMatchObject({ ok: true, value: { state: 'confirmed' } });
  });

  it.each([
    ['needs_review', 'lost-its-time'],
    ['merged', 'to-be-confirmed'],
  ] as const)('while live is %s: %s', async (status, state) => {
    set('panel.booking', 'direct', site.id);
    clinic.engine.live = true;
    clinic.engine.answer = (n) => ({ n, status, sqlstate: null, message: null });
    expect(await ask()).toMatchObject({ ok: true, value: { state } });
  });

  it('is in the doctor\u2019s requests, and follows what the doctor says', async () => {
    const doctor = await clinic.signedIn('doctor');
    const { id } = await booked();
    const { requests } = await clinic.get('appointments.myDay', { date: '2026-11-23' }, doctor);
    expect(requests.map((one) => one.id)).toEqual([id]);
    const state = async () => {
      known();
      return (await clinic.get('panel.appointment', { patientId: me, id }, clinic.patient)).appointment;
    };
    await clinic.get('appointments.propose', { id, startLocal: '2026-11-25T11:05' }, doctor);
    expect(await state()).toMatchObject({
      state: 'reschedule-proposed',
      proposed: { startLocal: '2026-11-25T11:05' },
    });
    // Off the grid of what is offered, and agreed by both.
    expect(await move(id, '2026-11-25T11:05')).toMatchObject({ ok: true });
    expect(await state()).toMatchObject({ state: 'confirmed', startLocal: '2026-11-25T11:05' });
  });

  it('that is rejected says so without the words for the desk, and finds another time', async () => {
    const doctor = await clinic.signedIn('doctor');
    const { id } = await booked();
    await clinic.get('appointments.reject', { id, reason: 'Difficult patient' }, doctor);
    known();
    const reply = await clinic.get('panel.appointment', { patientId: me, id }, clinic.patient);
    expect(reply.appointment).toMatchObject({ state: 'rejected', move: 'allowed', cancel: 'allowed' });
    expect(JSON.stringify(reply)).not.toContain('Difficult');
    await move(id, '2026-11-26T09:00');
    known();
    expect(row(id)).toMatchObject({
      status: 'proposed',
      participant_status: 'needs-action',
      needs_rebooking: 0,
    });
    const desk = await clinic.signedIn('reception');
    expect(await clinic.get('appointments.tasks', {}, desk)).toEqual([]);
  });

  it.each([
    ['slot-taken', 'off the grid', { startLocal: '2026-11-25T09:05' }],
    ['slot-taken', 'outside the hours', { startLocal: '2026-11-25T19:00' }],
    ['slot-taken', 'on a free day', { startLocal: '2026-11-28T09:00' }],
    ['invalid-input', 'over', { startLocal: '2026-11-23T08:00' }],
    ['invalid-input', 'no time at all', { startLocal: '2026-13-45T09:00' }],
    ['slot-taken', 'ten years ahead', { startLocal: '2036-11-25T09:00' }],
    ['slot-taken', 'where the doctor never is', { locationId: otherSite.id as LocationId }],
    ['not-found', 'with nobody', { practitionerId: crypto.randomUUID() as PractitionerId }],
    ['not-found', 'nowhere', { locationId: crypto.randomUUID() as LocationId }],
    ['not-found', 'of a kind that is not there', { visitTypeId: crypto.randomUUID() as VisitTypeId }],
    ['not-found', 'for a stranger', { patientId: crypto.randomUUID() as PatientId }],
    ['invalid-input', 'with characters no centre keeps', { reason: 'a\u0000b' }],
    ['invalid-input', 'with a long story', { reason: 'x'.repeat(301) }],
  ] as const)('is refused (%s): %s', async (code, _what, more) => {
    const reply = await ask(more);
    expect(reply).toMatchObject(refused(code));
    expect(store.all(localDb.selectFrom('appointment').select('id'))).toEqual([]);
  });

  it('keeps SQL and script as the text they are', async () => {
    const reason = `'); DROP TABLE appointment; -- <script>alert(1)</script>`;
    const { id } = await booked({ reason });
    expect(row(id).description).toBe(reason);
  });

  it('does not tell what others have, why a doctor is away, or who keeps a time', async () => {
    write((writer) => {
      writer.insert(
        'appointment',
        someAppointment({
          patient_id: mutesi.id,
          practitioner_id: uwase.id,
          location_id: site.id,
          start_at: '2026-11-25T07:00:00.000Z',
          end_at: '2026-11-25T07:30:00.000Z',
          start_local: '2026-11-25T09:00',
        }),
      );
      writer.insert('schedule_exception', {
        ...blank('schedule_exception'),
        id: crypto.randomUUID(),
        kind: 'leave',
        practitioner_id: uwase.id,
        start_date: '2026-11-26',
        end_date: '2026-11-26',
        name: 'Chemotherapy',
        created_at: new Date(now).toISOString(),
      });
      writer.insert('slot_hold', {
        id: crypto.randomUUID(),
        device: crypto.randomUUID(),
        device_name: 'Desk B',
        account_id: clinic.accountId('reception'),
        practitioner_id: uwase.id,
        location_id: site.id,
        start_at: '2026-11-25T08:00:00.000Z',
        end_at: '2026-11-25T08:30:00.000Z',
        expires_at: new Date(now + 120_000).toISOString(),
      });
    });
    for (const startLocal of ['2026-11-25T09:00', '2026-11-25T10:00', '2026-11-26T09:00'])
      expect(await ask({ startLocal })).toEqual(refused('slot-taken'));
  });

  it('is one a day with a doctor, at no time twice, and no more ahead than the clinic lets patients have', async () => {
    await booked();
    expect(await ask({ startLocal: '2026-11-25T14:00' })).toEqual(refused('booked-that-day'));
    expect(await ask({ practitionerId: mugabo.id as PractitionerId })).toEqual(refused('patient-busy'));
    await booked({ startLocal: '2026-11-26T09:00' });
    await booked({ startLocal: '2026-11-27T09:00' });
    expect(await ask({ startLocal: '2026-11-30T09:00' })).toEqual(
      refused('most-booked', { params: { count: 3 } }),
    );
  });

  it('a thousand in a row make no more than that, and the account waits', async () => {
    const replies: string[] = [];
    for (let n = 0; n < 1000; n += 1) {
      const day = `2026-12-${String((n % 28) + 1).padStart(2, '0')}`;
      const reply = await ask({ startLocal: `${day}T${String(8 + (n % 8)).padStart(2, '0')}:00` });
      replies.push(reply.ok ? 'booked' : reply.error.code);
    }
    expect(replies.filter((code) => code === 'booked')).toHaveLength(3);
    expect(replies.at(-1)).toBe('too-many-tries');
    expect(store.all(localDb.selectFrom('appointment').select('id'))).toHaveLength(3);
    clinic.clock.at += 60_000;
    expect(await ask({ startLocal: '2026-12-01T09:00' })).toMatchObject({ error: { code: 'most-booked' } });
  });

  it('two at once of one time: one stands', async () => {
    const replies = await Promise.all([ask(), ask(), ask({ patientId: mutesi.id as PatientId })]);
    expect(replies.map((reply) => reply.ok)).toEqual([true, false, false]);
  });

  it('is not taken where the site lets nobody book here, nor offered', async () => {
    set('panel.booking', 'off', site.id);
    expect(await ask()).toEqual(refused('booking-off'));
    const { sites, doctors } = await clinic.get('panel.bookable', {}, clinic.patient);
    expect(sites.map(({ id }) => id)).toEqual([otherSite.id]);
    expect(doctors).toEqual([]);
    const found = await clinic.get('panel.doctors', { visitTypeId: null }, clinic.patient);
    expect(found.doctors).toEqual([]);
  });

  it('does not tell through a record that nobody has approved when the one it is merged with is busy', async () => {
    write((writer) => {
      writer.update('patient', mutesi.id, { merged_into: habimana.id });
      writer.insert(
        'appointment',
        someAppointment({
          patient_id: habimana.id,
          practitioner_id: mugabo.id,
          location_id: site.id,
          start_at: '2026-11-25T07:00:00.000Z',
          end_at: '2026-11-25T07:30:00.000Z',
          start_local: '2026-11-25T09:00',
        }),
      );
    });
    expect(await ask({ patientId: mutesi.id as PatientId })).toEqual(refused('slot-taken'));
    expect(await ask()).toEqual(refused('patient-busy'));
  });
});

describe('a change by the patient', () => {
  it('of a confirmed appointment asks the doctor again, where the doctor is asked', async () => {
    const { id } = await booked();
    await clinic.get('appointments.accept', { id }, await clinic.signedIn('doctor'));
    known();
    expect(await move(id, '2026-11-26T10:00')).toMatchObject({ ok: true });
    expect(row(id)).toMatchObject({
      status: 'proposed',
      participant_status: 'needs-action',
      start_local: '2026-11-26T10:00',
    });
    set('panel.booking', 'direct');
    await move(id, '2026-11-27T10:00', { was: { ...was, startLocal: '2026-11-26T10:00' } });
    expect(row(id)).toMatchObject({ status: 'booked', participant_status: 'accepted' });
  });

  it('to where it is already with the doctor on that day is no second one', async () => {
    const { id } = await booked();
    expect(await move(id, '2026-11-25T09:15')).toMatchObject({ ok: true });
  });

  it('of what a desk has moved meanwhile overwrites nothing', async () => {
    const { id } = await booked();
    const desk = await clinic.signedIn('reception');
    await clinic.get('appointments.move', { id, ...slot, startLocal: '2026-11-25T15:00', minutes: 30 }, desk);
    expect(await move(id, '2026-11-26T10:00')).toEqual(refused('changed-meanwhile'));
    expect(await cancel(id)).toEqual(refused('changed-meanwhile'));
    expect(row(id)).toMatchObject({ start_local: '2026-11-25T15:00', status: 'proposed' });
  });

  it('comes too late within the hours that the clinic says, of what is confirmed', async () => {
    const { id } = await booked();
    clinic.clock.at = Date.parse('2026-11-24T09:00:00.000Z');
    expect(await move(id, '2026-11-26T10:00')).toMatchObject({ ok: true });
    await clinic.get('appointments.accept', { id }, await clinic.signedIn('doctor'));
    known();
    clinic.clock.at = Date.parse('2026-11-25T09:00:00.000Z');
    const late = refused('too-late', { params: { hours: 24 } });
    const seen = { was: { ...was, startLocal: '2026-11-26T10:00' } };
    expect(await move(id, '2026-11-27T10:00', seen)).toEqual(late);
    expect(await cancel(id, seen)).toEqual(late);
    set('panel.cancel-hours', 2, site.id);
    expect(await cancel(id, { ...seen, reason: 'Feeling better' })).toMatchObject({ ok: true });
    expect(row(id)).toMatchObject({ status: 'cancelled', cancel_reason: 'Feeling better' });
  });

  it('that cancels says so once the centre knows', async () => {
    const { id } = await booked();
    expect(await cancel(id)).toMatchObject({ ok: true, value: { state: 'cancelling' } });
    known();
    const past = await clinic.get('panel.appointments', { patientId: me, when: 'past' }, clinic.patient);
    expect(past.appointments).toMatchObject([{ id, state: 'cancelled', cancel: 'none', move: 'none' }]);
    expect(await cancel(id)).toEqual(refused('changed-meanwhile'));
  });

  it('need not be told to the patient by a call any more', async () => {
    const { id } = await booked();
    write((writer) => writer.update('appointment', id, { patient_status: 'needs-action' }));
    known();
    await move(id, '2026-11-26T10:00');
    expect(row(id).patient_status).toBeNull();
  });

  it('of a visit that patients do not choose is the desk\u2019s to make', async () => {
    const operation = someVisitType({ name: 'Operation', staff_only: 1 });
    write((writer) => writer.insert('visit_type', operation));
    const own = someAppointment({
      patient_id: me,
      practitioner_id: uwase.id,
      location_id: site.id,
      visit_type_id: operation.id,
      start_at: '2026-11-25T07:00:00.000Z',
      end_at: '2026-11-25T07:30:00.000Z',
      start_local: slot.startLocal,
    });
    write((writer) => writer.insert('appointment', own));
    known();
    expect(await move(own.id as AppointmentId, '2026-11-26T10:00')).toMatchObject(refused('too-late'));
    expect(await cancel(own.id as AppointmentId)).toMatchObject({ ok: true });
  });
});

describe('a time that is kept while it is confirmed', () => {
  const hold = (more: Partial<Input<'panel.hold'>> = {}) =>
    clinic.ask('panel.hold', { patientId: me, ...slot, ...more }, clinic.patient);
  const holds = () => store.all(localDb.selectFrom('slot_hold').selectAll());

  it('is held for the account as a desk holds it, seen at the desks without a name, and given back', async () => {
    clinic.engine.live = true;
    const reply = await hold();
    expect(reply).toEqual({
      ok: true,
      value: { seconds: 180, fee: null },
    });
    expect(holds()).toMatchObject([{ account_id: clinic.patient.user?.id, practitioner_id: uwase.id }]);
    const desk = await clinic.signedIn('reception');
    const { columns } = await clinic.get('appointments.board', { date: '2026-11-25' }, desk);
    const held = columns.flatMap((column) => column.held);
    expect(held).toMatchObject([{ startLocal: slot.startLocal, minutes: 30 }]);
    expect(JSON.stringify(held)).not.toMatch(/Habimana|Jean|example\.org/);
    await clinic.get('panel.release', {}, clinic.patient);
    expect(holds()).toMatchObject([{ start_at: null, practitioner_id: null }]);
  });

  it('of what is moved may be on the same day, and beside its own time', async () => {
    clinic.engine.live = true;
    const { id } = await booked();
    expect(await hold({ startLocal: '2026-11-25T09:15' })).toEqual(refused('patient-busy'));
    expect(await hold({ startLocal: '2026-11-25T11:00' })).toEqual(refused('booked-that-day'));
    for (const startLocal of ['2026-11-25T09:15', '2026-11-25T11:00'])
      expect(await hold({ startLocal, moving: id })).toMatchObject({ ok: true, value: { seconds: 180 } });
  });

  it('is given back by what is booked', async () => {
    clinic.engine.live = true;
    await hold();
    await ask();
    expect(holds()).toMatchObject([{ start_at: null }]);
  });

  it('is not held while the centre is out of reach, and not where it cannot be had', async () => {
    expect(await hold()).toEqual({ ok: true, value: { seconds: null, fee: null } });
    clinic.engine.live = true;
    expect(await hold({ startLocal: '2026-11-25T09:05' })).toEqual(refused('slot-taken'));
    expect(holds()).toEqual([]);
  });

  it('says what the visit costs there', async () => {
    const visit = someVisitType();
    const id = crypto.randomUUID();
    write((writer) => {
      writer.insert('visit_type', visit);
      writer.insert('charge_item_definition', {
        ...blank('charge_item_definition'),
        id,
        code: 'C',
        title: 'Consultation',
        visit_type_id: visit.id,
        active: 1,
      });
      writer.insert('charge_item_price', {
        ...blank('charge_item_price'),
        id: crypto.randomUUID(),
        definition_id: id,
        valid_from: '2026-01-01',
        amount: 5000,
        currency: 'RWF',
      });
    });
    const fee = { amount: 5000, currency: 'RWF' };
    expect(await hold({ visitTypeId: visit.id as VisitTypeId })).toMatchObject({ value: { fee } });
    const { visitTypes } = await clinic.get('panel.bookable', {}, clinic.patient);
    expect(visitTypes).toEqual([{ id: visit.id, name: 'Consultation', minutes: 30, fee }]);
  });
});
