import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
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

let clinic: Clinic;
let doctor: Connection;
let nurse: Connection;
const id = habimana.id as PatientId;
const iso = (at: number) => new Date(at).toISOString();
const daysAgo = (days: number) => now - days * 86_400_000;
const store = () => clinic.temporary.local.store;

const restrict = (more: Partial<RowOf<'flag'>> = {}) =>
  store().mutate({ kind: 'test', user: null }, (writer) =>
    writer.insert('flag', {
      ...blank('flag'),
      id: '01900000-0000-7000-8000-f10000000001',
      patient_id: id,
      category: 'restricted',
      text: 'Colleague',
      created_at: iso(now),
      ...more,
    }),
  );
const visit = (at: number, more: Partial<RowOf<'appointment'>> = {}) =>
  store().mutate({ kind: 'test', user: null }, (writer) =>
    writer.insert(
      'appointment',
      someAppointment({
        patient_id: id,
        practitioner_id: uwase.id,
        location_id: site.id,
        status: 'fulfilled',
        start_at: iso(at),
        end_at: iso(at + 900_000),
        start_local: iso(at + 7_200_000).slice(0, 16),
        time_zone: 'Africa/Kigali',
        ...more,
      }),
    ),
  );
const encounter = (at: number, more: Partial<RowOf<'encounter'>>) =>
  store().mutate({ kind: 'test', user: null }, (writer) =>
    writer.insert('encounter', {
      ...blank('encounter'),
      id: '01900000-0000-7000-8000-f20000000001',
      patient_id: id,
      status: 'finished',
      class: 'AMB',
      start_at: iso(at),
      created_at: iso(at),
      ...more,
    }),
  );
const access = async (who: Connection, patient = id) =>
  (await clinic.get('chart.open', { id: patient }, who)).access;

beforeEach(async () => {
  clinic = openClinic();
  doctor = await clinic.signedIn('doctor');
  nurse = await clinic.signedIn('nurse');
});
afterEach(() => clinic.close());

describe('a restricted chart', () => {
  it('is closed to who has nothing to do with the patient, and shows nothing clinical', async () => {
    restrict();
    const chart = await clinic.get('chart.open', { id }, doctor);
    expect(Object.keys(chart).toSorted()).toEqual(['access', 'patient']);
    expect(await access(nurse)).toBe('restricted');
  });

  it.each([
    { voided_at: iso(now), voided_by: null, void_reason: 'over' },
    { end_date: '2026-11-22' },
    { start_date: '2026-11-24' },
  ])('is open when the restriction does not hold: %j', async (more) => {
    restrict(more);
    expect(await access(doctor)).toBe('open');
  });

  it.each([
    ['had a visit a year ago', daysAgo(364), {}, 'open'],
    ['had a visit before', daysAgo(370), {}, 'restricted'],
    ['will have one', daysAgo(-5), { status: 'booked' }, 'open'],
    ['had one cancelled', daysAgo(5), { status: 'cancelled' }, 'restricted'],
    ['was waited for', daysAgo(5), { status: 'noshow' }, 'restricted'],
    ['is only asked for one', daysAgo(-5), { status: 'proposed' }, 'restricted'],
    ['had one voided', daysAgo(5), { voided_at: iso(now), void_reason: 'x' }, 'restricted'],
    ['only a colleague had one', daysAgo(5), { practitioner_id: mugabo.id }, 'restricted'],
  ] as const)('to the doctor who %s', async (_name, at, more, expected) => {
    restrict();
    visit(at, more);
    expect(await access(doctor)).toBe(expected);
  });

  it('is open to a nurse while the patient is in the clinic', async () => {
    restrict();
    visit(now, { status: 'checked-in', stage: 'checked-in', practitioner_id: mugabo.id });
    expect(await access(nurse)).toBe('open');
    expect(await access(doctor)).toBe('restricted');
  });

  it('is open to who has part in an encounter of the last year', async () => {
    restrict();
    encounter(daysAgo(30), { created_by: nurse.user?.id ?? null, practitioner_id: mugabo.id });
    expect(await access(nurse)).toBe('open');
    expect(await access(doctor)).toBe('restricted');
  });

  it('is restricted under every record of the person', async () => {
    restrict();
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', id, { merged_into: mutesi.id }),
    );
    expect(await access(doctor, mutesi.id as PatientId)).toBe('restricted');
  });

  it('takes no alert and no end of the restriction from who is outside', async () => {
    restrict();
    for (const reply of [
      await clinic.ask('chart.addAlert', { id, category: 'drug', text: 'x' }, doctor),
      await clinic.ask('chart.restrict', { id, reason: 'x' }, doctor),
      await clinic.ask('chart.endFlag', { id: '01900000-0000-7000-8000-f10000000001', reason: 'x' }, doctor),
    ])
      expect(reply).toMatchObject({ ok: false, error: { code: 'restricted' } });
  });

  it('writes down who found it closed', async () => {
    restrict();
    await access(doctor);
    const event = store().get(
      localDb.selectFrom('audit_event').selectAll().where('event', '=', 'chart-open'),
    );
    expect(event).toMatchObject({ outcome: 'refused', entity_id: id, account_id: doctor.user?.id });
  });

  it('is restricted by a doctor who treats the patient', async () => {
    visit(daysAgo(1));
    await clinic.get('chart.restrict', { id, reason: 'at the wish of the patient' }, doctor);
    const chart = await clinic.get('chart.open', { id }, doctor);
    expect(chart).toMatchObject({ access: 'open', restriction: { until: null } });
    expect(await access(nurse)).toBe('restricted');
  });
});

describe('breaking the glass', () => {
  const breakIt = (who = doctor, reason = 'Emergency') => clinic.ask('chart.breakGlass', { id, reason }, who);

  it('opens the chart for an hour to who gave the reason, and to nobody else', async () => {
    restrict();
    const until = iso(now + 3_600_000);
    expect(await breakIt()).toEqual({ ok: true, value: { until } });
    expect(await clinic.get('chart.open', { id }, doctor)).toMatchObject({
      access: 'open',
      restriction: { until },
    });
    expect(await access(nurse)).toBe('restricted');
    clinic.clock.at = now + 3_599_999;
    expect(await access(doctor)).toBe('open');
    clinic.clock.at = now + 3_600_000;
    expect(await access(doctor)).toBe('restricted');
  });

  it('leaves a row with the reason', async () => {
    restrict();
    await breakIt(doctor, '  stands in  ');
    expect(store().all(localDb.selectFrom('break_glass').selectAll())).toMatchObject([
      { patient_id: id, account_id: doctor.user?.id, reason: 'stands in', reviewed_at: null },
    ]);
  });

  it('needs a reason, and something in the way', async () => {
    expect(await breakIt()).toMatchObject({ ok: false, error: { code: 'changed-meanwhile' } });
    restrict();
    expect(await breakIt(doctor, '  ')).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    await breakIt();
    expect(await breakIt()).toMatchObject({ ok: false, error: { code: 'changed-meanwhile' } });
  });

  it('is looked at by an administrator, once, with what came of it', async () => {
    restrict();
    await breakIt();
    const admin = await clinic.signedIn('admin');
    const list = async (reviewed: boolean) =>
      (await clinic.get('chart.openings', { reviewed }, admin)).openings;
    const [opening] = await list(false);
    expect(opening).toMatchObject({
      patientName: 'Habimana Jean',
      patientMrn: 'OLD-1',
      accountName: 'doctor',
      role: 'doctor',
      reason: 'Emergency',
      review: null,
      certainty: 'provisional',
    });
    const looked = { id: opening?.id ?? '', note: 'asked her' };
    clinic.clock.at += 60_000;
    const after = await clinic.get('chart.review', looked, admin);
    expect(after.review).toEqual({ at: iso(now + 60_000), by: 'admin', note: 'asked her' });
    expect(await list(false)).toEqual([]);
    expect(await list(true)).toEqual([after]);
    expect(await clinic.ask('chart.review', looked, admin)).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
    expect(await clinic.ask('chart.review', looked, doctor)).toMatchObject({
      error: { code: 'not-permitted' },
    });
  });

  it('a clock set back does not make the hour longer', async () => {
    restrict();
    await breakIt();
    clinic.clock.at = now - 60_000;
    expect(await access(doctor)).toBe('restricted');
  });

  it('what is written meanwhile does not open the chart for a year', async () => {
    restrict();
    await breakIt();
    encounter(now + 60_000, { created_by: doctor.user?.id ?? null, practitioner_id: uwase.id });
    clinic.clock.at = now + 2 * 3_600_000;
    expect(await access(doctor)).toBe('restricted');
  });
});
