import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import { createThrottle } from '#main/session/throttle.ts';
import { tryMemory } from '#main/session/try-memory.ts';
import type { HostEvent } from '#shared/contract/host-event.ts';
import type { AccountDraft } from '#shared/domain/accounts/account.ts';
import type { StaffAccountId } from '#shared/kernel/ids.ts';
import { type Clinic, openClinic, password, site, uwase } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let admin: Connection;
beforeEach(async () => {
  clinic = openClinic();
  admin = await clinic.signedIn('admin');
});
afterEach(() => clinic.close());

const draft: AccountDraft = {
  username: 'keza',
  displayName: 'Keza Ineza',
  role: 'reception',
  practitionerId: null,
  locationId: site.id as never,
};
const phrase = 'seven lamps carry the mountain';
const idOf = (username: string) => clinic.accountId(username) as StaffAccountId;
const invite = (changes: Partial<AccountDraft> = {}) =>
  clinic.get('accounts.create', { ...draft, ...changes }, admin);
const enter = (code: string, more: { username?: string; password?: string; pin?: string | null } = {}) =>
  clinic.ask(
    'session.enter',
    { username: 'keza', code, password: phrase, pin: null, ...more },
    clinic.core.connect(),
  );
const signIn = (username: string, typed: string) =>
  clinic.ask('session.signIn', { username, password: typed }, clinic.core.connect());
const rowOf = (username: string) =>
  clinic.temporary.local.store.get(
    localDb.selectFrom('staff_account').selectAll().where('username', '=', username),
  );
const events = () =>
  clinic.temporary.local.store
    .all(localDb.selectFrom('audit_event').select(['event', 'outcome']).orderBy('id'))
    .map(({ event, outcome }) => `${event} ${outcome}`)
    .filter((line) => !line.startsWith('sign-in'));
const failing = (code: string) => ({ ok: false, error: { code } });

it('invites with a code that is told once and kept as a hash, and the person comes in with it', async () => {
  const { code, until } = await invite();
  const row = rowOf('keza');
  expect(JSON.stringify(row)).not.toContain(code);
  expect(row?.invite_hash).toMatch(/^\$argon2id\$/);
  expect(Date.parse(until) - clinic.clock.now()).toBe(7 * 86_400_000);
  expect(await signIn('keza', code), 'it is no password').toMatchObject(failing('wrong-credentials'));
  expect(await signIn('keza', '!')).toMatchObject(failing('wrong-credentials'));
  const typed = { username: 'Keza', code: ` ${code.toLowerCase().replaceAll('-', ' ')}` };
  expect(await clinic.get('session.openCode', typed, clinic.core.connect())).toEqual({
    displayName: 'Keza Ineza',
    needsPin: false,
  });
  expect(await enter(code)).toMatchObject({ ok: true, value: { username: 'keza', role: 'reception' } });
  expect(await signIn('keza', phrase)).toMatchObject({ ok: true });
  expect(await enter(code), 'it counts once').toMatchObject(failing('wrong-code'));
  expect(events()).toEqual(['account-created success', 'code-used success', 'code-refused refused']);
});

it('refuses a wrong code, one that is too old, and tries without end', async () => {
  const { code, id } = await invite();
  const now = clinic.clock.at;
  clinic.clock.at += 7 * 86_400_000 + 1;
  expect(await enter(code)).toMatchObject(failing('code-expired'));
  const list = await clinic.get('accounts.list', {}, admin);
  expect(list.accounts.find((one) => one.id === id)).toMatchObject({ codeExpired: true, hasPassword: false });
  clinic.clock.at = now;
  const tries = await Promise.all(Array.from({ length: 6 }, () => enter('2222-2222-2222')));
  const codes = tries.map((reply) => (reply.ok ? 'ok' : reply.error.code));
  expect(codes.filter((one) => one === 'wrong-code')).toHaveLength(4);
  expect(codes.filter((one) => one === 'too-many-tries')).toHaveLength(2);
  expect(await enter(code)).toMatchObject(failing('too-many-tries'));
  clinic.clock.at += 60_000;
  await clinic.get('accounts.setActive', { id, active: false }, admin);
  expect(await enter(code), 'a closed account').toMatchObject(failing('wrong-code'));
});

it('keeps counting over a start of the program', () => {
  const memory = tryMemory(clinic.temporary.local.store);
  const before = createThrottle(clinic.clock, memory);
  for (let n = 0; n < 6; n += 1) before.tried(['name keza', 'connection 1']);
  const after = createThrottle(clinic.clock, memory);
  expect(after.wait(['name keza'])).toBe(4);
  expect(after.wait(['connection 1']), 'a connection does not outlive the program').toBe(0);
  clinic.clock.at -= 86_400_000;
  expect(
    createThrottle(clinic.clock, memory).wait(['name keza']),
    'a clock set back makes nobody wait longer than five minutes',
  ).toBeLessThanOrEqual(300);
  clinic.clock.at += 86_400_000 + 901_000;
  expect(createThrottle(clinic.clock, memory).wait(['name keza'])).toBe(0);
  before.tried(['name another']);
  const rows = clinic.temporary.local.store.all(localDb.selectFrom('sign_in_try').selectAll());
  expect(rows, 'what is forgotten is taken away').toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain('another');
});

it('takes passwords by how hard they are to guess, long ones and phrases too', async () => {
  const { code } = await invite();
  for (const [weak, problem] of [
    ['password', 'password-common'],
    ['keza-2026', 'password-name'],
    ['Ruhengeri1', 'password-name'],
    ['azertyuiop', 'password-keys'],
    ['abcabcabcabc', 'password-repeat'],
    ['12/03/1984', 'password-date'],
    ['Soleil123!', 'password-weak'],
  ] as const) {
    expect(await enter(code, { password: weak })).toEqual({
      ok: false,
      error: { code: 'invalid-input', fields: { password: problem } },
    });
  }
  const long = 'lampe '.repeat(5) + 'mountain river seven 81 '.repeat(8).slice(0, 170);
  expect(long).toHaveLength(200);
  expect(await enter(code, { password: long })).toMatchObject({ ok: true });
  expect(await signIn('keza', long)).toMatchObject({ ok: true });
});

it('asks those who sign for a PIN the first time, and not with a code for a lost password', async () => {
  const { code, id } = await invite({ role: 'nurse' });
  expect(await enter(code)).toMatchObject({ error: { fields: { pin: 'pin' } } });
  expect(await enter(code, { pin: '1234' })).toMatchObject({ error: { fields: { pin: 'pin-easy' } } });
  expect(await enter(code, { pin: '4711' })).toMatchObject({ ok: true });
  const again = await clinic.get('accounts.issueCode', { id }, admin);
  expect(await signIn('keza', phrase), 'the old password counts until then').toMatchObject({ ok: true });
  const opened = await clinic.get(
    'session.openCode',
    { username: 'keza', code: again.code },
    clinic.core.connect(),
  );
  expect(opened.needsPin).toBe(false);
  expect(await enter(again.code, { password: 'another eleven quiet boats' })).toMatchObject({ ok: true });
  expect(await signIn('keza', phrase)).toMatchObject(failing('wrong-credentials'));
});

it('changes only what is asked, never to a name that is taken, and keeps an administrator', async () => {
  const id = idOf('reception');
  await clinic.get('accounts.update', { id, changes: { displayName: 'Claudine' } }, admin);
  expect(rowOf('reception')).toMatchObject({ display_name: 'Claudine', role: 'reception' });
  for (const [changes, fields] of [
    [{ username: 'NURSE' }, { username: 'duplicate' }],
    [{ practitionerId: site.id as never }, { practitionerId: 'invalid' }],
    [{ locationId: uwase.id as never }, { locationId: 'invalid' }],
  ] as const)
    expect(await clinic.ask('accounts.update', { id, changes }, admin)).toMatchObject({ error: { fields } });
  expect(await clinic.ask('accounts.create', { ...draft, username: 'Nurse' }, admin)).toMatchObject({
    error: { fields: { username: 'duplicate' } },
  });
  expect(await clinic.ask('accounts.create', { ...draft, role: 'patient' }, admin)).toMatchObject({
    error: { fields: { role: 'invalid' } },
  });
  const own = idOf('admin');
  const last = failing('last-administrator');
  expect(await clinic.ask('accounts.setActive', { id: own, active: false }, admin)).toMatchObject(last);
  expect(await clinic.ask('accounts.update', { id: own, changes: { role: 'nurse' } }, admin)).toMatchObject(
    last,
  );
  await invite({ role: 'admin' });
  expect(await clinic.ask('accounts.setActive', { id: own, active: false }, admin)).toMatchObject({
    ok: true,
  });
});

it('tells the second of two administrators who change the same field, and takes what only one of them changed', async () => {
  const { id } = await clinic.get('accounts.create', draft, admin);
  const change = (changes: object, was: object) => clinic.ask('accounts.update', { id, changes, was }, admin);
  const { displayName, role } = draft;
  await change({ displayName: 'First' }, { displayName });
  expect(await change({ displayName: 'Second' }, { displayName })).toEqual({
    ok: false,
    error: { code: 'changed-meanwhile' },
  });
  expect(await change({ role: 'nurse' }, { role })).toMatchObject({ ok: true });
  expect(await change({ displayName: 'First' }, { displayName })).toMatchObject({ ok: true });
  expect(await change({ displayName: 'Second' }, { displayName: 'First' })).toMatchObject({ ok: true });
  const { accounts } = await clinic.get('accounts.list', {}, admin);
  expect(accounts.find((one) => one.id === id)).toMatchObject({
    displayName: 'Second',
    role: 'nurse',
  });
});

it('signs somebody out everywhere, and nobody else', async () => {
  const [one, other, nurse] = [
    await clinic.signedIn('reception'),
    await clinic.signedIn('reception'),
    await clinic.signedIn('nurse'),
  ];
  const heard: (Connection | null)[] = [];
  clinic.core.onEvent((event: HostEvent, to) => event.type === 'session-ended' && heard.push(to));
  await clinic.get('accounts.signOut', { id: idOf('reception') }, admin);
  expect(heard).toEqual([one, other]);
  expect([one.user, other.user]).toEqual([null, null]);
  expect(nurse.user).not.toBeNull();
  expect(await signIn('reception', password)).toMatchObject({ ok: true });
  await clinic.get('session.signOutEverywhere', {}, nurse);
  expect(nurse.user).toBeNull();
  expect(await clinic.ask('accounts.list', {}, nurse)).toMatchObject(failing('not-signed-in'));
});

it('changes one’s own password with the old one: this session goes on, the others end', async () => {
  const [here, elsewhere] = [await clinic.signedIn('reception'), await clinic.signedIn('reception')];
  const change = (old: string, next: string) =>
    clinic.ask('session.changePassword', { password: old, next }, here);
  expect(await change('wrong', phrase)).toMatchObject(failing('wrong-password'));
  expect(await change(password, 'reception1')).toMatchObject({
    error: { fields: { next: 'password-name' } },
  });
  expect(await change(password, phrase)).toMatchObject({ ok: true });
  expect(here.user).not.toBeNull();
  expect(elsewhere.user).toBeNull();
  expect(await signIn('reception', password)).toMatchObject(failing('wrong-credentials'));
  expect(await signIn('reception', phrase)).toMatchObject({ ok: true });
});
