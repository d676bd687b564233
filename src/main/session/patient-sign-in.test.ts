import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { HostEvent } from '#shared/contract/host-event.ts';
import { type Clinic, openClinic } from '#tests/support/core-clinic.ts';
import {
  addPanelAccounts,
  patientAccountId,
  patientEmail,
  patientPassword,
  signInPatient,
} from '#tests/support/core-panel.ts';

let clinic: Clinic;
let connection: Connection;
beforeEach(() => {
  clinic = openClinic({
    limits: { idleMinutes: (role) => (role === 'patient' ? 10 : 60), offlineDays: () => 14 },
  });
  addPanelAccounts(clinic);
  connection = clinic.core.connect();
});
afterEach(() => clinic.close());

const signIn = (email = patientEmail, password = patientPassword, on = connection) =>
  clinic.ask('panel.signIn', { email, password }, on);
const change = (values: Record<string, string | number>) =>
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.update('patient_account', patientAccountId, values),
  );
const trail = () =>
  clinic.temporary.local.store
    .all(localDb.selectFrom('audit_event').selectAll().orderBy('recorded_at').orderBy('id'))
    .map(({ event, outcome, account_id, entity_table }) => [event, outcome, account_id, entity_table]);
const wrong = { ok: false, error: { code: 'wrong-credentials' } };

describe('a patient signs in', () => {
  it('with the address in any spelling, and has no permission', async () => {
    expect(await signIn(' JEAN@Example.org ')).toEqual({
      ok: true,
      value: expect.objectContaining({ id: patientAccountId, role: 'patient', permissions: [] }),
    });
    expect(await clinic.get('panel.me', {}, connection)).toMatchObject({ email: patientEmail });
    expect(trail()).toEqual([['sign-in', 'success', patientAccountId, 'patient_account']]);
  });

  it('and is refused in the same words with a wrong password, an unknown address and a closed account', async () => {
    expect(await signIn(patientEmail, 'wrong')).toEqual(wrong);
    expect(await signIn('nobody@example.org')).toEqual(wrong);
    expect(await signIn("' or 1=1 --")).toEqual(wrong);
    change({ active: 0 });
    expect(await signIn()).toEqual(wrong);
    expect(connection.user).toBeNull();
    expect(trail()).toEqual([
      ['sign-in', 'refused', patientAccountId, 'patient_account'],
      ['sign-in', 'refused', null, null],
      ['sign-in', 'refused', patientAccountId, 'patient_account'],
    ]);
  });

  it('and waits longer after each wrong try, on fresh connections too, without making the staff wait', async () => {
    for (let n = 0; n < 5; n += 1) await signIn(patientEmail, 'wrong', clinic.core.connect());
    expect(await signIn()).toEqual({ ok: false, error: { code: 'too-many-tries', params: { seconds: 1 } } });
    await clinic.signedIn('reception');
    clinic.clock.at += 1000;
    expect(await signIn()).toMatchObject({ ok: true });
  });

  it('by no account of the staff, nor the staff by a patient\u2019s', async () => {
    expect(await signIn('reception')).toEqual(wrong);
    const reply = await clinic.ask(
      'session.signIn',
      { username: patientEmail, password: patientPassword },
      connection,
    );
    expect(reply).toEqual(wrong);
  });

  it('at no desktop', async () => {
    const desk = openClinic({
      host: { version: '0', host: 'desktop', workstation: 'Desk A', demoAccounts: [] },
    });
    addPanelAccounts(desk);
    const input = { email: patientEmail, password: patientPassword };
    expect(await desk.ask('panel.signIn', input, desk.core.connect())).toEqual({
      ok: false,
      error: { code: 'not-permitted' },
    });
    await desk.close();
  });
});

describe('the session of a patient', () => {
  let heard: HostEvent[];
  beforeEach(async () => {
    connection = await signInPatient(clinic);
    heard = [];
    clinic.core.onEvent((event, to) => {
      if (to === connection) heard.push(event);
    });
  });
  const expectOver = async () => {
    expect(await clinic.ask('panel.me', {}, connection)).toEqual({
      ok: false,
      error: { code: 'not-signed-in' },
    });
    expect(connection.locked).not.toBe(true);
    expect(await clinic.get('session.held', {}, connection)).toEqual([]);
    expect(heard).toContainEqual({ type: 'session-ended' });
  };

  it('ends, and is not locked, once nobody has used it for the minutes of the panel', async () => {
    clinic.clock.at += 9 * 60_000;
    await clinic.get('panel.active', {}, connection);
    clinic.clock.at += 9 * 60_000;
    expect(await clinic.get('session.current', {}, connection)).toMatchObject({ id: patientAccountId });
    clinic.clock.at += 60_000;
    await expectOver();
  });

  it('is kept open by nothing that a page asks by itself', async () => {
    for (let n = 0; n < 9; n += 1) {
      clinic.clock.at += 60_000;
      await clinic.get('panel.me', {}, connection);
    }
    clinic.clock.at += 60_000;
    await expectOver();
  });

  it('ends when its account is closed', async () => {
    change({ active: 0 });
    await expectOver();
  });

  it('ends when the password is another', async () => {
    change({ password_hash: 'another' });
    await expectOver();
  });

  it('ends with all others of its account', async () => {
    change({ sessions_ended_at: new Date(clinic.clock.at).toISOString() });
    await expectOver();
  });
});
