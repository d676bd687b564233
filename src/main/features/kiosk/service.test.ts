import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import { type CallName, contract } from '#shared/contract/contract.ts';
import { formatMrn } from '#shared/domain/patients/mrn.ts';
import { instant } from '#shared/kernel/clock.ts';
import { payloadsOf } from '#tests/support/contract-payloads.ts';
import {
  type Clinic,
  habimana,
  mutesi,
  now,
  openClinic,
  otherSite,
  site,
  uwase,
} from '#tests/support/core-clinic.ts';
import { someAppointment } from '#tests/support/sync-local.ts';

const mrn = formatMrn('RUH', 700_001);
const birthDate = '1985-02-03';
const minute = 60_000;
const rightFacts = { number: mrn, birthDate };

let clinic: Clinic;
let kiosk: Connection;
beforeEach(async () => {
  clinic = openClinic();
  mutate((writer) => writer.update('patient', habimana.id, { mrn }));
  kiosk = await clinic.signedIn('reception');
  await clinic.get('kiosk.arm', {}, kiosk);
});
afterEach(() => clinic.close());

const store = () => clinic.temporary.local.store;
const mutate = (write: Parameters<ReturnType<typeof store>['mutate']>[1]) =>
  store().mutate({ kind: 'test', user: null }, write);

/** An appointment so many minutes from now; the clinic’s clock is two hours ahead of UTC. */
const booked = (minutes: number, more: object = {}) => {
  const start = now + minutes * minute;
  const row = someAppointment({
    id: crypto.randomUUID(),
    patient_id: habimana.id,
    practitioner_id: uwase.id,
    location_id: site.id,
    start_at: instant(start),
    end_at: instant(start + 15 * minute),
    start_local: new Date(start + 120 * minute).toISOString().slice(0, 16),
    time_zone: 'Africa/Kigali',
    ...more,
  });
  mutate((writer) => writer.insert('appointment', row));
  return row;
};
const statusOf = (id: string) =>
  store().get(localDb.selectFrom('appointment').select('status').where('id', '=', id))?.status;
const checkIn = (facts: { number: string; birthDate: string } = rightFacts, at: Connection = kiosk) =>
  clinic.ask('kiosk.checkIn', facts, at);
const events = (event: string) =>
  store().all(localDb.selectFrom('audit_event').selectAll().where('event', '=', event));

describe('checking in', () => {
  it('is the step a desk takes, told with a given name, a time and the number that is called', async () => {
    const row = booked(30);
    const reply = await checkIn();
    expect(reply).toEqual({
      ok: true,
      value: { outcome: 'arrived', given: 'Jean', time: '10:30', number: expect.stringMatching(/^\w{4}$/) },
    });
    expect(statusOf(row.id)).toBe('arrived');
    expect(events('kiosk-check-in')).toMatchObject([
      { account_id: clinic.accountId('reception'), entity_id: habimana.id },
    ]);
    const nurse = await clinic.signedIn('nurse');
    const { visits } = await clinic.get('visits.queue', { date: '2026-11-23' }, nurse);
    expect(visits.map(({ number }) => number)).toEqual([reply.ok && reply.value.number]);
    expect(await checkIn()).toMatchObject({ value: { outcome: 'already', time: '10:30' } });
  });

  it('takes the number as people write and scan it, and as it was brought from another system', async () => {
    booked(30);
    const written = ` ${mrn.toLowerCase().replaceAll('-', ' ')} `;
    expect(await checkIn({ number: written, birthDate })).toMatchObject({ value: { outcome: 'arrived' } });
    mutate((writer) => writer.update('patient', mutesi.id, { birth_date: '1990-01-02' }));
    booked(30, { patient_id: mutesi.id });
    expect(await checkIn({ number: 'old-2', birthDate: '1990-01-02' })).toMatchObject({
      value: { outcome: 'arrived', given: 'Chantal' },
    });
  });

  it('says the same of a wrong number and a wrong date, and names nobody', async () => {
    booked(30);
    const nothing = { ok: true, value: { outcome: 'unknown', given: null, time: null, number: null } };
    expect(await checkIn({ number: formatMrn('RUH', 700_002), birthDate })).toEqual(nothing);
    expect(await checkIn({ number: mrn, birthDate: '1985-03-02' })).toEqual(nothing);
    expect(await checkIn({ number: "' OR 1=1 --", birthDate })).toEqual(nothing);
    expect(events('kiosk-refused')).toHaveLength(3);
    expect(events('kiosk-refused')[0]).toMatchObject({ entity_id: null, outcome: 'refused' });
  });

  it.each([
    ['early', 121],
    ['late', -11],
  ] as const)('is left to the desk when somebody is too %s', async (outcome, minutes) => {
    const row = booked(minutes);
    expect(await checkIn()).toMatchObject({ value: { outcome, given: 'Jean', number: null } });
    expect(statusOf(row.id)).toBe('booked');
  });

  it('knows today and this site alone', async () => {
    booked(24 * 60);
    booked(30, { location_id: otherSite.id });
    expect(await checkIn()).toMatchObject({ value: { outcome: 'none', time: null } });
    booked(60, { status: 'pending' });
    expect(await checkIn()).toMatchObject({ value: { outcome: 'desk' } });
  });

  it('finds the appointments of the record that goes on by the card of the one that was merged', async () => {
    mutate((writer) => {
      writer.update('patient', habimana.id, { merged_into: mutesi.id });
      writer.update('patient', mutesi.id, { birth_date: birthDate });
    });
    booked(30, { patient_id: mutesi.id });
    expect(await checkIn()).toMatchObject({ value: { outcome: 'arrived', given: 'Chantal' } });
  });

  it('works without the centre', async () => {
    clinic.engine.live = false;
    booked(30);
    expect(await clinic.get('kiosk.status', {}, kiosk)).toMatchObject({ live: false, resetSeconds: 30 });
    expect(await checkIn()).toMatchObject({ value: { outcome: 'arrived' } });
  });
});

describe('wrong facts', () => {
  const wrong = { number: mrn, birthDate: '1999-01-01' };

  it('wait longer and longer, for that screen and for that record at every screen', async () => {
    booked(30);
    for (let n = 0; n < 4; n += 1) expect(await checkIn(wrong)).toMatchObject({ ok: true });
    expect(await checkIn()).toMatchObject({ error: { code: 'too-many-tries' } });
    const second = await clinic.signedIn('nurse');
    await clinic.get('kiosk.arm', {}, second);
    expect(await checkIn(rightFacts, second)).toMatchObject({ error: { code: 'too-many-tries' } });
    clinic.clock.at += 2000;
    expect(await checkIn(rightFacts, second)).toMatchObject({ value: { outcome: 'arrived' } });
  });

  it('are not forgiven for saying own facts between them', async () => {
    mutate((writer) => writer.update('patient', mutesi.id, { birth_date: '1990-01-02' }));
    const own = { number: 'OLD-2', birthDate: '1990-01-02' };
    const guess = (n: number) => checkIn({ number: formatMrn('RUH', 800_000 + n), birthDate });
    const replies = [];
    for (let n = 0; n < 3; n += 1) replies.push(await guess(n), await checkIn(own));
    expect(replies.at(-1)).toMatchObject({ error: { code: 'too-many-tries' } });
  });
});

describe('a screen that is a kiosk', () => {
  it('has nobody, and answers nothing but what a kiosk does', async () => {
    expect(await clinic.get('session.current', {}, kiosk)).toBeNull();
    const names = Object.keys(contract) as CallName[];
    for (const name of names) {
      if ('atKiosk' in contract[name]) continue;
      const [payload] = payloadsOf(name, [habimana.id], { shaped: 1, hostile: 0 });
      const reply = await clinic.core.dispatch(name, payload, kiosk);
      expect(reply, name).toEqual({ ok: false, error: { code: 'not-permitted' } });
    }
    expect(names.filter((name) => 'atKiosk' in contract[name])).toHaveLength(5);
    expect(await clinic.get('kiosk.status', {}, kiosk)).toMatchObject({ site: 'Ruhengeri' });
  });

  it('is one until somebody of the clinic signs in there', async () => {
    expect(await clinic.ask('session.signIn', { username: 'nurse', password: 'wrong' }, kiosk)).toMatchObject(
      { ok: false },
    );
    expect(kiosk.kiosk).toBeDefined();
    await clinic.get('session.signIn', { username: 'nurse', password: 'correct horse' }, kiosk);
    expect(kiosk.kiosk).toBeUndefined();
    expect(await checkIn()).toMatchObject({ error: { code: 'not-permitted' } });
    await clinic.get('patients.search', { text: 'hab' }, kiosk);
  });

  it.each([
    ['closed', { active: 0 as const }],
    ['signed out everywhere', { sessions_ended_at: '2026-11-23T08:00:00.000Z' }],
    ['a doctor’s now, who has own visits only', { role: 'doctor' }],
  ])('is none any more once the account that made it is %s', async (_why, columns) => {
    booked(30);
    mutate((writer) => writer.update('staff_account', clinic.accountId('reception'), columns));
    expect(await checkIn()).toMatchObject({ error: { code: 'not-signed-in' } });
    expect(kiosk.kiosk).toBeUndefined();
    expect(await clinic.ask('kiosk.status', {}, kiosk)).toMatchObject({ error: { code: 'not-signed-in' } });
  });

  it('is made by those who check patients in, in a browser', async () => {
    for (const role of ['doctor', 'cashier', 'pharmacist'] as const) {
      const other = await clinic.signedIn(role);
      expect(await clinic.ask('kiosk.arm', {}, other)).toMatchObject({ error: { code: 'not-permitted' } });
      expect(await clinic.ask('kiosk.checkIn', rightFacts, other)).toMatchObject({
        error: { code: 'not-permitted' },
      });
    }
    const nobody = clinic.core.connect();
    expect(await clinic.ask('kiosk.checkIn', rightFacts, nobody)).toMatchObject({
      error: { code: 'not-signed-in' },
    });
    const host = { version: '0', host: 'desktop' as const, workstation: 'Desk', demoAccounts: [] };
    const desktop = openClinic({ host });
    try {
      const window = await desktop.signedIn('reception');
      expect(await desktop.ask('kiosk.arm', {}, window)).toMatchObject({ error: { code: 'unavailable' } });
      expect(window.user).not.toBeNull();
    } finally {
      await desktop.close();
    }
  });
});
