import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { HostEvent } from '#shared/contract/host-event.ts';
import { type Clinic, openClinic, password } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let connection: Connection;
beforeEach(() => {
  clinic = openClinic();
  connection = clinic.core.connect();
});
afterEach(() => clinic.close());

const trail = () =>
  clinic.temporary.local.store
    .all(localDb.selectFrom('audit_event').selectAll().orderBy('recorded_at').orderBy('id'))
    .map(({ event, outcome, account_id }) => [event, outcome, account_id]);
const account = (username: string) => {
  const found = clinic.temporary.local.store.get(
    localDb.selectFrom('staff_account').selectAll().where('username', '=', username),
  );
  if (found === undefined) throw new Error(`no ${username}`);
  return found;
};
const signIn = (username: string, typed = password, on = connection) =>
  clinic.ask('session.signIn', { username, password: typed }, on);

it('signs in against the local copy, in any case, with no centre in reach', async () => {
  const { id } = account('reception');
  expect(await signIn(' ReCepTion ')).toEqual({
    ok: true,
    value: expect.objectContaining({ id, role: 'reception', username: 'reception' }),
  });
  expect(await clinic.get('session.current', {}, connection)).toMatchObject({ id });
  expect(trail()).toEqual([['sign-in', 'success', id]]);
});

it('refuses a wrong password, an unknown name and a closed account in the same words', async () => {
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.update('staff_account', account('nurse').id, { active: 0 }),
  );
  const refused = { ok: false, error: { code: 'wrong-credentials' } };
  expect(await signIn('reception', 'wrong')).toEqual(refused);
  expect(await signIn('nobody')).toEqual(refused);
  expect(await signIn('nurse')).toEqual(refused);
  expect(connection.user).toBeNull();
  expect(trail()).toEqual([
    ['sign-in', 'refused', account('reception').id],
    ['sign-in', 'refused', null],
    ['sign-in', 'refused', account('nurse').id],
  ]);
});

it('says in words that a patient\u2019s account opens no workstation, to who has its password', async () => {
  expect(await signIn('patient')).toEqual({ ok: false, error: { code: 'patient-account' } });
  expect(await signIn('patient', 'wrong')).toEqual({ ok: false, error: { code: 'wrong-credentials' } });
  expect(connection.user).toBeNull();
});

it('makes tries wait longer, also tries made all at once and on fresh connections', async () => {
  const tries = await Promise.all(
    Array.from({ length: 8 }, () => signIn('reception', 'wrong', clinic.core.connect())),
  );
  const codes = tries.map((reply) => (reply.ok ? 'ok' : reply.error.code));
  expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(4);
  expect(await signIn('reception')).toEqual({
    ok: false,
    error: { code: 'too-many-tries', params: { seconds: 1 } },
  });
  clinic.clock.at += 1000;
  expect(await signIn('reception')).toMatchObject({ ok: true });
});

it('notes a sign-out, and that another user took over a window', async () => {
  await signIn('reception');
  await signIn('admin');
  await clinic.get('session.signOut', {}, connection);
  const [reception, admin] = [account('reception').id, account('admin').id];
  expect(trail()).toEqual([
    ['sign-in', 'success', reception],
    ['sign-out', 'success', reception],
    ['sign-in', 'success', admin],
    ['sign-out', 'success', admin],
  ]);
  expect(await clinic.ask('practitioners.list', {}, connection)).toMatchObject({
    error: { code: 'not-signed-in' },
  });
});

it('ends the sessions of an account that is closed, and tells the window', async () => {
  await signIn('reception');
  const heard: [HostEvent, Connection | null][] = [];
  clinic.core.onEvent((event, to) => heard.push([event, to]));
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.update('staff_account', account('reception').id, { active: 0 }),
  );
  expect(heard).toEqual([[{ type: 'session-ended' }, connection]]);
  expect(connection.user).toBeNull();
});

it('follows a change of role at once', async () => {
  await signIn('reception');
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.update('staff_account', account('reception').id, { role: 'doctor' }),
  );
  const input = { family: 'A', given: 'B', gender: 'other' } as const;
  expect(await clinic.ask('patients.register', input, connection)).toMatchObject({
    error: { code: 'not-permitted' },
  });
});

it('ends what was opened with a password that is no longer the password', async () => {
  await signIn('reception');
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.update('staff_account', account('reception').id, {
      password_hash: account('nurse').password_hash,
    }),
  );
  expect(await clinic.get('session.current', {}, connection)).toBeNull();
  expect(await signIn('reception')).toMatchObject({ ok: true });
  expect(await clinic.get('session.current', {}, connection)).toMatchObject({ username: 'reception' });
});

it('begins and ends a session in every window of it, and in no other', async () => {
  const elsewhere = clinic.core.connect();
  await signIn('reception', password, elsewhere);
  await signIn('reception');
  const further = clinic.core.connect({ id: 'further', user: null, first: connection });
  const heard: [HostEvent, Connection | null][] = [];
  clinic.core.onEvent((event, to) => event.type === 'session-ended' && heard.push([event, to]));
  expect(await clinic.get('session.current', {}, further)).toMatchObject({ username: 'reception' });

  await signIn('nurse');
  expect(heard.map(([, to]) => to)).toEqual([further]);
  expect(await clinic.get('session.current', {}, further)).toMatchObject({ username: 'nurse' });
  await clinic.get('session.signOut', {}, further);
  expect(heard.slice(1).map(([, to]) => to)).toEqual([further, connection]);
  expect(await clinic.get('session.current', {}, connection)).toBeNull();

  await signIn('reception');
  expect(await clinic.get('session.current', {}, further)).toMatchObject({ username: 'reception' });
  clinic.core.disconnect(further);
  expect(connection.user).not.toBeNull();
  expect(elsewhere.user).toMatchObject({ username: 'reception' });
});
