import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Output, Reply } from '#shared/contract/contract.ts';
import { hostAt, type PanelHost, seedAdministrator } from '#tests/support/panel-centre.ts';
import { type TwoWorkstations, twoWorkstations } from '#tests/support/two-workstations.ts';

const email = 'aline@example.org';
const register = async (host: PanelHost, password: string, address = email) => {
  const sent = await host.ask('panel.register', {
    email: address,
    displayName: 'Aline Keza',
    password,
    language: 'en',
  });
  if (!sent.ok) throw new Error(sent.error.code);
  const made = await host.ask('panel.verify', { id: sent.value.id, code: await host.mail.code(address) });
  if (!made.ok) throw new Error(made.error.code);
};

let clinic: TwoWorkstations;
let atA: PanelHost;
let atB: PanelHost;
beforeEach(async () => {
  clinic = await twoWorkstations();
  await seedAdministrator(clinic);
  atA = hostAt(clinic.a);
  atB = hostAt(clinic.b);
  await clinic.a.offline();
  await clinic.b.offline();
});
afterEach(async () => {
  await clinic.end();
});

const meet = async () => {
  for (const desk of [clinic.a, clinic.b]) {
    await desk.online();
    await desk.settled();
  }
  await clinic.a.settled();
};

it('an account that was made while the centre was out of reach is known there and at the other host afterwards', async () => {
  await register(atA, 'seven green kettles sing');
  expect(await clinic.query('select count(*)::int as n from clinichub.patient_account')).toEqual([{ n: 0 }]);
  await meet();
  expect(await clinic.query('select email, active from clinichub.patient_account')).toEqual([
    { email, active: true },
  ]);
  expect(await atA.ask('panel.account', {})).toMatchObject({ value: { certainty: 'confirmed' } });
  const there = { email, password: 'seven green kettles sing' };
  expect(await atB.ask('panel.signIn', there)).toMatchObject({ ok: true });
});

it('of an address taken at two hosts at once the centre keeps the first; the other person and the desk are told', async () => {
  await register(atA, 'seven green kettles sing');
  await register(atB, 'nine paper boats float');
  await meet();
  expect(await clinic.query('select email from clinichub.patient_account')).toEqual([{ email }]);
  // The session there is over: it was of an account that is not.
  expect(await atB.ask('panel.account', {})).toEqual({ ok: false, error: { code: 'not-signed-in' } });
  expect(await atB.ask('panel.signIn', { email, password: 'nine paper boats float' })).toEqual({
    ok: false,
    error: { code: 'account-elsewhere' },
  });
  expect(await atB.ask('panel.signIn', { email, password: 'something else' })).toEqual({
    ok: false,
    error: { code: 'wrong-credentials' },
  });
  expect(await atB.ask('panel.signIn', { email, password: 'seven green kettles sing' })).toMatchObject({
    ok: true,
  });
  const desk = atB.core.connect();
  await atB.core.dispatch('session.signIn', { username: 'admin', password: 'correct horse' }, desk);
  const outbox = (await atB.core.dispatch('sync.outbox', {}, desk)) as Reply<Output<'sync.outbox'>>;
  const [refused] = outbox.ok ? outbox.value.filter(({ status }) => status === 'parked') : [];
  expect(refused).toMatchObject({ kind: 'patient-account.registered', sqlstate: '23505' });
  const parked = await atB.core.dispatch('sync.parked', { n: refused?.n ?? 0 }, desk);
  expect(JSON.stringify(parked)).toContain(email);
  expect(JSON.stringify(parked)).not.toContain('argon2');
});

it('an address changed to one that was taken elsewhere meanwhile stays as it was, and its person sees that', async () => {
  await register(atA, 'seven green kettles sing', 'old@example.org');
  await register(atB, 'nine paper boats float');
  const sent = await atA.ask('panel.changeEmail', { password: 'seven green kettles sing', email });
  const id = sent.ok ? sent.value.id : '';
  expect(await atA.ask('panel.confirmEmail', { id, code: await atA.mail.code(email) })).toMatchObject({
    ok: true,
  });
  await clinic.b.online();
  await clinic.b.settled();
  await clinic.a.online();
  await clinic.a.settled();
  expect(await atA.ask('panel.account', {})).toMatchObject({
    ok: true,
    value: { email: 'old@example.org', certainty: 'parked' },
  });
});
