import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localDb } from '#main/data/local/query.ts';
import { type Clinic, now, openClinic, password } from '#tests/support/core-clinic.ts';
import { addPanelAccounts, patientAccountId, patientEmail } from '#tests/support/core-panel.ts';
import { createRefusedNames } from './refused-names.ts';

const minute = 60_000;
const beginning = new Date(now).toISOString();

let clinic: Clinic;
beforeEach(() => {
  clinic = openClinic();
  addPanelAccounts(clinic);
});
afterEach(() => clinic.close());

const store = () => clinic.temporary.local.store;
const trail = () =>
  store()
    .all(localDb.selectFrom('audit_event').selectAll().orderBy('recorded_at').orderBy('id'))
    .map(({ event, outcome, account_id, detail }) => [
      event,
      outcome,
      account_id,
      JSON.parse(detail ?? 'null'),
    ]);
const unsent = () => store().all(localDb.selectFrom('outbox').select('n')).length;
const guess = (name: string) =>
  clinic.ask('panel.signIn', { email: `${name}@example.org`, password }, clinic.core.connect());
const refused = (accountId: string | null, detail: object | null = null) => [
  'sign-in',
  'refused',
  accountId,
  detail,
];

describe('refused sign-ins with names nobody has', () => {
  it('are one entry at once and one with how many there were after; those of an account are each there', async () => {
    for (let n = 0; n < 12; n += 1) await guess(`guess${n}`);
    await clinic.ask('panel.signIn', { email: patientEmail, password: 'wrong' }, clinic.core.connect());
    for (let n = 0; n < 12; n += 1) await guess(`more${n}`);
    await clinic.ask('panel.signIn', { email: patientEmail, password: 'wrong' }, clinic.core.connect());
    expect(trail()).toEqual([refused(null), refused(patientAccountId), refused(patientAccountId)]);
    clinic.clock.at += 15 * minute;
    await guess('later');
    expect(trail().slice(3)).toEqual([refused(null, { count: 24, since: beginning })]);
    await guess('again');
    expect(trail()).toHaveLength(4);
  });

  it('leave nothing that goes to the centre but the entries', async () => {
    await guess('first');
    const before = unsent();
    for (let n = 0; n < 12; n += 1) await guess(`guess${n}`);
    expect(unsent()).toBe(before);
  });

  it('of the staff are counted apart', async () => {
    for (let n = 0; n < 3; n += 1) {
      await guess(`guess${n}`);
      await clinic.ask('session.signIn', { username: `guess${n}`, password }, clinic.core.connect());
    }
    expect(trail()).toEqual([refused(null), refused(null)]);
  });

  it('are written down when the window is over and nobody tries again, also by a later start of the program', async () => {
    for (let n = 0; n < 5; n += 1) await guess(`guess${n}`);
    const restarted = createRefusedNames({
      store: store(),
      engine: clinic.engine,
      clock: clinic.clock,
      newId: () => crypto.randomUUID(),
    } as never);
    clinic.clock.at += 15 * minute - 1;
    restarted.sweep();
    expect(trail()).toHaveLength(1);
    clinic.clock.at += 1;
    restarted.sweep();
    restarted.sweep();
    expect(trail().slice(1)).toEqual([refused(null, { count: 4, since: beginning })]);
  });

  it('are in the trail again at once after the clock was set back', async () => {
    await guess('before');
    clinic.clock.at -= 60 * minute;
    await guess('after');
    expect(trail()).toHaveLength(2);
  });

  it('are answered when those at an account are, whatever is written down of them', async () => {
    const patients = (email: string) =>
      clinic.ask('panel.signIn', { email, password: 'wrong' }, clinic.core.connect());
    const staff = (username: string) =>
      clinic.ask('session.signIn', { username, password: 'wrong' }, clinic.core.connect());
    for (const refusal of [
      () => patients(patientEmail),
      () => patients('nobody@example.org'),
      () => staff('reception'),
      () => staff('nobody'),
    ]) {
      const asked = performance.now();
      expect(await refusal()).toMatchObject({ error: { code: 'wrong-credentials' } });
      // A timer may be a millisecond early.
      expect(performance.now() - asked).toBeGreaterThan(48);
    }
  });
});
