import ICAL from 'ical.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { settingsOf } from '#main/core/settings.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { AppointmentId, PatientId } from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import {
  type Clinic,
  clinicRows,
  habimana,
  load,
  mutesi,
  now,
  openClinic,
  site,
  uwase,
} from '#tests/support/core-clinic.ts';
import { someAppointment, somePatient } from '#tests/support/sync-local.ts';
import { panelCalendarHandlers } from './service.ts';

const account = '01900000-0000-7000-8000-00000000ac01';
const other = '01900000-0000-7000-8000-00000000ac02';
const at = new Date(now).toISOString();
const day = 86_400_000;

const accountRow = (id: string, language: string): RowOf<'patient_account'> => ({
  ...blank('patient_account'),
  id,
  email: `${id}@example.org`,
  password_hash: 'x',
  display_name: 'Jean',
  language,
  active: 1,
  verified_at: at,
  created_at: at,
});
const linkRow = (n: number, more: Partial<RowOf<'patient_account_link'>>): RowOf<'patient_account_link'> => ({
  ...blank('patient_account_link'),
  id: `01900000-0000-7000-8000-0000000011${String(n).padStart(2, '0')}`,
  account_id: account,
  patient_id: habimana.id,
  relationship: 'self',
  status: 'approved',
  account_name: 'Jean',
  account_email: 'jean@example.org',
  requested_at: at,
  ...more,
});
const visit = (n: number, more: Partial<RowOf<'appointment'>> = {}) =>
  someAppointment({
    id: `01900000-0000-7000-8000-0000000022${String(n).padStart(2, '0')}`,
    patient_id: habimana.id,
    practitioner_id: uwase.id,
    location_id: site.id,
    time_zone: 'Africa/Kigali',
    start_at: new Date(now + n * day).toISOString(),
    end_at: new Date(now + n * day + 1_800_000).toISOString(),
    description: 'Chest pain',
    ...more,
  });

let clinic: Clinic;
beforeEach(() => {
  clinic = openClinic({ empty: true });
});
afterEach(() => clinic.close());

/** What the centre has sent. */
const given = (rows: {
  readonly links?: readonly RowOf<'patient_account_link'>[];
  readonly visits?: readonly RowOf<'appointment'>[];
  readonly patients?: readonly RowOf<'patient'>[];
}) =>
  load(clinic.temporary, {
    ...clinicRows(),
    patient: [habimana, mutesi, ...(rows.patients ?? [])],
    patient_account: [accountRow(account, 'en'), accountRow(other, 'fr')],
    patient_account_link: rows.links ?? [linkRow(1, {})],
    appointment: rows.visits ?? [visit(1)],
  });

const asPatient = (id = account) => ({ id: 'c', user: { id, role: 'patient' } }) as unknown as Connection;
const calls = () => {
  const { store } = clinic.temporary.local;
  const deps: FeatureDeps = {
    store,
    engine: clinic.engine,
    clock: clinic.clock,
    log: { info: () => undefined, error: () => undefined },
    newId: () => crypto.randomUUID(),
    home: () => ({ name: 'Ruhengeri', timeZone: 'Africa/Kigali', country: 'RW' }),
    settings: settingsOf(store),
  };
  return panelCalendarHandlers(deps);
};

const newFeed = async (id = account): Promise<string> => {
  const made = await calls()['panelCalendar.create']({}, asPatient(id));
  if (!made.ok) throw new Error(made.error.code);
  return made.value.path;
};
const read = (path: string) =>
  clinic.core.programs(({ calendars }) => calendars.read(path.replace('/calendar/', '').replace('.ics', '')));
const entriesAt = async (path: string) => {
  const feed = await read(path);
  if (feed === null) throw new Error('there is no such calendar');
  return new ICAL.Component(ICAL.parse(feed.text())).getAllSubcomponents('vevent').map((component) => ({
    uid: component.getFirstPropertyValue('uid'),
    status: component.getFirstPropertyValue('status'),
    sequence: component.getFirstPropertyValue('sequence'),
    summary: component.getFirstPropertyValue('summary'),
    start: (component.getFirstPropertyValue('dtstart') as ICAL.Time).toString(),
  }));
};
const uid = (n: number) => `${visit(n).id}@clinichub`;
const uids = async (path: string) => (await entriesAt(path)).map((entry) => entry.uid);

describe('the secret address', () => {
  it('is told once, and only its digest is kept', async () => {
    given({});
    const path = await newFeed();
    expect(path).toMatch(/^\/calendar\/[A-Za-z0-9_-]{43}\.ics$/);
    const { db } = clinic.temporary.local;
    const token = path.slice('/calendar/'.length, -'.ics'.length);
    expect(JSON.stringify(db.prepare('SELECT * FROM calendar_feed').all())).not.toContain(token);
    expect(JSON.stringify(db.prepare('SELECT payload FROM outbox').all())).not.toContain(token);
    expect(db.prepare('SELECT token_hash FROM calendar_feed').pluck().get()).toMatch(/^[0-9a-f]{64}$/);
    expect(await calls()['panelCalendar.feed']({}, asPatient())).toEqual({
      ok: true,
      value: { createdAt: at, certainty: 'provisional' },
    });
    expect(await calls()['panelCalendar.feed']({}, asPatient(other))).toEqual({ ok: true, value: null });
  });

  it('ends when it is revoked, when another takes its place, and with its account', async () => {
    given({});
    const first = await newFeed();
    const second = await newFeed();
    expect(second).not.toBe(first);
    expect(await read(first)).toBeNull();
    expect(await read(second)).not.toBeNull();
    await calls()['panelCalendar.revoke']({}, asPatient(other));
    expect(await read(second)).not.toBeNull();
    await calls()['panelCalendar.revoke']({}, asPatient());
    expect(await read(second)).toBeNull();
    expect(await calls()['panelCalendar.feed']({}, asPatient())).toEqual({ ok: true, value: null });
    const third = await newFeed();
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient_account', account, { active: 0 }),
    );
    expect(await read(third)).toBeNull();
  });

  it('is one row of an account, however often it makes one, and two that were made apart end together', async () => {
    given({});
    for (let n = 0; n < 5; n += 1) await newFeed();
    await calls()['panelCalendar.revoke']({}, asPatient());
    await newFeed();
    const { store, db } = clinic.temporary.local;
    const rows = () => db.prepare('SELECT count(*) FROM calendar_feed').pluck().get();
    expect(rows()).toBe(1);
    store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.insert('calendar_feed', {
        id: '01900000-0000-7000-8000-000000003399',
        account_id: account,
        token_hash: 'f'.repeat(64),
        created_at: at,
        revoked_at: null,
      }),
    );
    await calls()['panelCalendar.revoke']({}, asPatient());
    expect(db.prepare('SELECT count(*) FROM calendar_feed WHERE revoked_at IS NULL').pluck().get()).toBe(0);
  });

  it('is nothing that is not one', async () => {
    given({});
    await newFeed();
    for (const token of ['', 'x', "' OR 1=1 --", 'A'.repeat(43)])
      expect(await clinic.core.programs(({ calendars }) => calendars.read(token))).toBeNull();
  });
});

describe('what is in the calendar', () => {
  it('is the appointments of everybody the account looks after, and of nobody else', async () => {
    const stranger = somePatient({ id: '01900000-0000-7000-8000-0000000000f1' });
    given({
      patients: [stranger],
      links: [linkRow(1, {}), linkRow(2, { patient_id: mutesi.id, relationship: 'child' })],
      visits: [
        visit(1),
        visit(2, { patient_id: mutesi.id }),
        visit(3, { patient_id: stranger.id }),
        visit(-89),
        visit(-91),
        visit(399),
        visit(401),
      ].map((row, n) => ({ ...row, id: visit(n + 1).id })),
    });
    const path = await newFeed();
    expect(await uids(path)).toEqual([uid(4), uid(1), uid(2), uid(6)]);
    expect(await uids(await newFeed(other))).toEqual([]);
  });

  it('is of a record that is only asked for what was made for it alone, not for one it was merged into', async () => {
    const merged = { ...habimana, merged_into: mutesi.id };
    const rows = { visits: [visit(1), visit(2, { patient_id: mutesi.id })] };
    given({ ...rows, links: [linkRow(1, { status: 'requested' })] });
    const { store } = clinic.temporary.local;
    store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', habimana.id, { merged_into: merged.merged_into }),
    );
    const path = await newFeed();
    expect(await uids(path)).toEqual([uid(1)]);
    store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient_account_link', linkRow(1, {}).id, { status: 'approved' }),
    );
    expect(await uids(path)).toEqual([uid(1), uid(2)]);
    store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient_account_link', linkRow(1, {}).id, { status: 'ended' }),
    );
    expect(await uids(path)).toEqual([]);
  });

  it('is confirmed only when the clinic has agreed and the centre has confirmed', async () => {
    given({
      visits: [
        visit(1),
        visit(2, { status: 'pending', participant_status: 'needs-action' }),
        visit(3, { participant_status: 'tentative' }),
        visit(4, { status: 'cancelled' }),
        visit(5, { participant_status: 'declined' }),
        visit(6, { needs_rebooking: 1 }),
        visit(7, { voided_at: at }),
        visit(8),
      ],
    });
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('appointment', visit(8).id, { room_id: null, ticket: 'A1' }),
    );
    const statuses = (await entriesAt(await newFeed())).map(({ status }) => status);
    expect(statuses).toEqual([
      'CONFIRMED',
      'TENTATIVE',
      'TENTATIVE',
      'CANCELLED',
      'CANCELLED',
      'TENTATIVE',
      'CANCELLED',
      'TENTATIVE',
    ]);
  });

  it('says when and where, and nothing of why or with whom', async () => {
    given({});
    const text = (await read(await newFeed()))?.text() ?? '';
    expect(text).toContain('SUMMARY:Appointment at Ruhengeri');
    expect(text).toContain('LOCATION:Ruhengeri\\, Musanze');
    for (const secret of ['Chest', 'Uwase', 'Aline', 'Habimana', 'general', 'practitioner', 'GP'])
      expect(text, secret).not.toContain(secret);
  });

  it('is in the language of the account, and called as the clinic', async () => {
    given({ links: [linkRow(1, { account_id: other })] });
    const text = (await read(await newFeed(other)))?.text() ?? '';
    expect(text).toContain('SUMMARY:Rendez-vous à Ruhengeri');
    expect(text).toContain('NAME:Rendez-vous à Ruhengeri');
  });

  it('changes its version with what is in it, and not with the time', async () => {
    given({});
    const path = await newFeed();
    const before = await read(path);
    const text = before?.text();
    clinic.clock.at += 60_000;
    const later = await read(path);
    expect(later?.version).toBe(before?.version);
    expect(later?.text()).not.toBe(text);
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('appointment', visit(1).id, { status: 'cancelled' }),
    );
    expect((await read(path))?.version).not.toBe(before?.version);
  });
});

it('a booking cancelled at the desk reaches the subscribed calendar, and so does what another desk cancels', async () => {
  given({ visits: [visit(1), visit(2)] });
  const path = await newFeed();
  const before = await entriesAt(path);
  expect(before).toMatchObject([
    { uid: uid(1), status: 'CONFIRMED', sequence: 1, summary: 'Appointment at Ruhengeri' },
    { uid: uid(2), status: 'CONFIRMED', sequence: 1 },
  ]);
  const desk = await clinic.signedIn('reception');
  await clinic.get('appointments.cancel', { id: visit(1).id as AppointmentId, reason: 'Ill' }, desk);
  const { cursor } = clinic.temporary.local.replica.state();
  clinic.temporary.local.replica.applyPull({
    from: cursor,
    to: cursor + 1,
    head: cursor + 1,
    chain: 'c1',
    txs: 1,
    changes: [
      {
        seq: cursor + 1,
        tbl: 'appointment',
        op: 'update',
        pk: visit(2).id,
        v: 2,
        values: { status: 'cancelled' },
      },
    ],
  });
  expect(await entriesAt(path)).toEqual([
    { ...before[0], status: 'CANCELLED', summary: 'Cancelled: Appointment at Ruhengeri' },
    { ...before[1], status: 'CANCELLED', summary: 'Cancelled: Appointment at Ruhengeri', sequence: 2 },
  ]);
});

describe('one appointment as a file', () => {
  const ask = (appointmentId: string, patientId = habimana.id, id = account) =>
    calls()['panelCalendar.entry'](
      { patientId: patientId as PatientId, appointmentId: appointmentId as AppointmentId },
      asPatient(id),
    );

  it('is named by the day where the appointment is', async () => {
    const late = (n: number, start_at: string) =>
      visit(n, { start_at, end_at: new Date(Date.parse(start_at) + 1_800_000).toISOString() });
    // The place is two hours ahead of UTC.
    given({ visits: [late(1, '2026-11-24T21:00:00.000Z'), late(2, '2026-11-24T22:00:00.000Z')] });
    const nameOf = async (n: number) => {
      const answer = await ask(visit(n).id);
      return answer.ok ? answer.value.file.name : answer.error;
    };
    expect([await nameOf(1), await nameOf(2)]).toEqual([
      'appointment-2026-11-24.ics',
      'appointment-2026-11-25.ics',
    ]);
  });

  it('is what the subscribed calendar has of it', async () => {
    given({});
    const answer = await ask(visit(1).id);
    if (!answer.ok) throw new Error(answer.error.code);
    const entry: Output<'panelCalendar.entry'> = answer.value;
    expect(entry).toMatchObject({
      status: 'CONFIRMED',
      summary: 'Appointment at Ruhengeri',
      location: 'Ruhengeri, Musanze',
      startAt: visit(1).start_at,
      endAt: visit(1).end_at,
    });
    expect(entry.file.name).toBe('appointment-2026-11-24.ics');
    const [event] = new ICAL.Component(ICAL.parse(entry.file.text)).getAllSubcomponents('vevent');
    expect(event?.getFirstPropertyValue('uid')).toBe(uid(1));
    const whole = (await read(await newFeed()))?.text() ?? '';
    const eventOf = (text: string) => text.slice(text.indexOf('BEGIN:VEVENT'), text.indexOf('END:VEVENT'));
    expect(eventOf(entry.file.text)).toBe(eventOf(whole));
  });

  it('is not found for whoever it is not of, as one that there is not', async () => {
    given({ visits: [visit(1), visit(2, { patient_id: mutesi.id })] });
    const nothing = { ok: false, error: { code: 'not-found' } };
    expect(await ask(visit(2).id)).toEqual(nothing);
    expect(await ask(visit(2).id, mutesi.id)).toEqual(nothing);
    expect(await ask(visit(1).id, habimana.id, other)).toEqual(nothing);
    expect(await ask('01900000-0000-7000-8000-0000000022ff')).toEqual(nothing);
  });
});
