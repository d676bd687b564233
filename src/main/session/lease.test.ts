import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Clinic, openClinic, password } from '#tests/support/core-clinic.ts';

const day = 86_400_000;
let clinic: Clinic;
beforeEach(() => {
  clinic = openClinic({ lease: true });
});
afterEach(() => clinic.close());

const credentials = { username: 'reception', password };
const closed = { ok: false, error: { code: 'lease-expired' } };

it('too long without contact nobody signs in and nobody who is signed in reads or writes; contact lets them go on', async () => {
  const desk = await clinic.signedIn('reception');
  clinic.clock.at += 13 * day;
  expect(await clinic.ask('patients.search', { text: 'habimana' }, desk)).toMatchObject({ ok: true });
  clinic.clock.at += day;
  expect(await clinic.ask('session.signIn', credentials, clinic.core.connect())).toEqual(closed);
  expect(await clinic.ask('patients.search', { text: 'habimana' }, desk)).toEqual(closed);
  expect(
    await clinic.ask(
      'patients.register',
      { family: 'New', given: 'One', gender: 'female', birthDate: '1990-01-02' },
      desk,
    ),
  ).toEqual(closed);
  // What anybody may ask is answered: the screen says why.
  expect(await clinic.ask('sync.status', {}, desk)).toMatchObject({ ok: true });
  expect(await clinic.ask('app.info', {}, clinic.core.connect())).toMatchObject({ ok: true });
  clinic.temporary.local.replica.contacted();
  expect(await clinic.ask('patients.search', { text: 'habimana' }, desk)).toMatchObject({ ok: true });
  expect(await clinic.ask('session.signIn', credentials, clinic.core.connect())).toMatchObject({ ok: true });
});

it('who leaves a workstation that is closed leaves it all the same', async () => {
  const desk = await clinic.signedIn('reception');
  clinic.clock.at += 15 * day;
  expect(await clinic.ask('session.signOut', {}, desk)).toEqual({ ok: true, value: null });
  clinic.temporary.local.replica.contacted();
  expect(await clinic.get('session.current', {}, desk)).toBe(null);
});

it('a workstation that is to be wiped is closed at once and says so', async () => {
  const desk = await clinic.signedIn('doctor');
  clinic.temporary.local.replica.orderWipe();
  const wiped = { ok: false, error: { code: 'wiped' } };
  expect(await clinic.ask('patients.search', { text: 'a' }, desk)).toEqual(wiped);
  expect(await clinic.ask('session.signIn', credentials, clinic.core.connect())).toEqual(wiped);
});
