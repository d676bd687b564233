import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { type Clinic, habimana, openClinic } from '#tests/support/core-clinic.ts';
import {
  addPanelAccounts,
  patientAccountId,
  patientEmail,
  patientPassword,
  signInPatient,
  strangerEmail,
} from '#tests/support/core-panel.ts';
import { type KeptMail, keptMail } from '#tests/support/kept-mail.ts';

const password = patientPassword;
let mail: KeptMail;
let clinic: Clinic;
let own: Connection;
let phone: Connection;
beforeEach(async () => {
  mail = keptMail();
  clinic = openClinic({ outgoingMail: mail });
  addPanelAccounts(clinic);
  own = await signInPatient(clinic);
  phone = await signInPatient(clinic);
  phone.device = 'Firefox, Android';
});
afterEach(() => clinic.close());

const failure = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) });
const isIn = async (connection: Connection) => (await clinic.get('session.current', {}, connection)) !== null;
const signIn = (email: string, typed = password) =>
  clinic.ask('panel.signIn', { email, password: typed }, clinic.core.connect());

describe('the password of one\u2019s own', () => {
  const next = 'nine paper boats float';

  it('is changed with the old one: this session goes on, the others end, and the person is told by e-mail', async () => {
    expect(await clinic.get('panel.changePassword', { password, next }, own)).toBeNull();
    expect(await isIn(own)).toBe(true);
    expect(await isIn(phone)).toBe(false);
    expect(await signIn(patientEmail)).toEqual(failure('wrong-credentials'));
    expect(await signIn(patientEmail, next)).toMatchObject({ ok: true });
    expect((await mail.to(patientEmail)).at(-1)?.subject).toContain('Your password was changed');
  });

  it('is not changed with a wrong one, whose tries wait with those of signing in, nor to a weak one', async () => {
    const ask = (typed: string, wanted = next) =>
      clinic.ask('panel.changePassword', { password: typed, next: wanted }, own);
    expect(await ask(password, 'jean habimana')).toMatchObject({
      error: { fields: { next: 'password-name' } },
    });
    for (let n = 0; n < 4; n += 1) expect(await ask('wrong')).toEqual(failure('wrong-password'));
    expect(await ask(password)).toEqual(failure('too-many-tries'));
    expect(await signIn(patientEmail)).toEqual(failure('too-many-tries'));
    expect(mail.sent).toEqual([]);
  });
});

describe('another address', () => {
  const email = 'new@example.org';
  const change = (to: string) => clinic.get('panel.changeEmail', { password, email: to }, own);
  const confirm = (id: string, code: string, at = own) => clinic.ask('panel.confirmEmail', { id, code }, at);

  it('counts once its code came back, and the one of before is told', async () => {
    const { id } = await change(' NEW@example.org');
    expect(await clinic.get('panel.me', {}, own)).toMatchObject({ email: patientEmail });
    const code = await mail.code(email);
    const stranger = await signInPatient(clinic, strangerEmail);
    expect(await confirm(id, code, stranger)).toEqual(failure('code-expired'));
    expect(await confirm(id, code)).toMatchObject({ ok: true });
    expect(await clinic.get('panel.me', {}, own)).toMatchObject({ email });
    expect(await isIn(phone)).toBe(true);
    expect((await mail.to(patientEmail)).at(-1)?.subject).toContain('Your e-mail address was changed');
    expect(await signIn(patientEmail)).toEqual(failure('wrong-credentials'));
    expect(await signIn(email)).toMatchObject({ ok: true });
  });

  it('that somebody has is answered alike, and never counts', async () => {
    const free = await change(email);
    const taken = await change(strangerEmail);
    expect({ ...taken, id: '' }).toEqual({ ...free, id: '' });
    expect((await mail.to(strangerEmail)).at(-1)?.subject).toContain('You have an account already');
    expect(await confirm(taken.id, '12345678')).toEqual(failure('wrong-code'));
    expect(await clinic.ask('panel.changeEmail', { password, email: patientEmail }, own)).toMatchObject({
      error: { fields: { email: 'already' } },
    });
    expect(await clinic.ask('panel.changeEmail', { password: 'wrong', email }, own)).toEqual(
      failure('wrong-password'),
    );
  });
});

describe('the sessions of an account', () => {
  it('are listed with the browser, and each may be ended from another', async () => {
    const list = await clinic.get('panel.sessions', {}, own);
    expect(list.map(({ device, here }) => [device, here]).toSorted()).toEqual([
      ['', true],
      ['Firefox, Android', false],
    ]);
    const id = list.find(({ here }) => !here)?.id ?? '';
    const stranger = await signInPatient(clinic, strangerEmail);
    expect(await clinic.ask('panel.endSession', { id }, stranger)).toEqual(failure('not-found'));
    expect(await isIn(phone)).toBe(true);
    await clinic.get('panel.endSession', { id }, own);
    expect(await isIn(phone)).toBe(false);
    expect(await clinic.get('panel.sessions', {}, own)).toHaveLength(1);
    expect(await clinic.ask('panel.endSession', { id: 'nothing' }, own)).toEqual(failure('not-found'));
  });

  it('end all at once', async () => {
    await clinic.get('panel.signOutEverywhere', {}, own);
    expect(await isIn(own)).toBe(false);
    expect(await isIn(phone)).toBe(false);
    expect(await signIn(patientEmail)).toMatchObject({ ok: true });
  });
});

it('name and language are the person\u2019s own to change', async () => {
  await clinic.get('panel.changeAccount', { displayName: 'Jean H', language: 'fr' }, own);
  expect(await clinic.get('panel.account', {}, own)).toMatchObject({ displayName: 'Jean H', language: 'fr' });
  expect(await clinic.ask('panel.changeAccount', { displayName: '', language: 'fr' }, own)).toEqual(
    failure('invalid-input'),
  );
  const input = { displayName: 'Jean', language: 'xx' as 'fr' };
  expect(await clinic.ask('panel.changeAccount', input, own)).toEqual(failure('invalid-input'));
});

it('an account that is closed sees nothing, its calendar ends, its address is free, and the records stay', async () => {
  const { store } = clinic.temporary.local;
  store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.insert('calendar_feed', {
      ...blank('calendar_feed'),
      id: crypto.randomUUID(),
      account_id: patientAccountId,
      token_hash: 'a'.repeat(64),
      created_at: new Date(clinic.clock.at).toISOString(),
    }),
  );
  expect(await clinic.ask('panel.close', { password: 'wrong' }, own)).toEqual(failure('wrong-password'));
  await clinic.get('panel.close', { password }, own);
  expect(await isIn(own)).toBe(false);
  expect(await isIn(phone)).toBe(false);
  expect(await signIn(patientEmail)).toEqual(failure('wrong-credentials'));
  const links = store.all(localDb.selectFrom('patient_account_link').select('status'));
  expect(links.map(({ status }) => status)).toEqual(['ended', 'ended']);
  expect(store.get(localDb.selectFrom('calendar_feed').select('revoked_at'))?.revoked_at).not.toBeNull();
  expect(store.get(localDb.selectFrom('patient').select('id').where('id', '=', habimana.id))).toBeDefined();
  const account = { email: patientEmail, displayName: 'Jean', password: 'nine paper boats', language: 'en' };
  const { id } = await clinic.get('panel.register', { ...account, language: 'en' }, own);
  const code = await mail.code(patientEmail);
  expect(await clinic.ask('panel.verify', { id, code }, own)).toMatchObject({ ok: true });
  expect(await clinic.get('panel.me', {}, own)).toMatchObject({ people: [] });
});
