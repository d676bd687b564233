import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { settingsOf } from '#main/core/settings.ts';
import { localDb } from '#main/data/local/query.ts';

import { type Clinic, openClinic, password, pin } from '#tests/support/core-clinic.ts';
import { createPins, type Pins } from './pin.ts';

let clinic: Clinic;
let doctor: Connection;
let pins: Pins;
beforeEach(async () => {
  clinic = openClinic();
  doctor = await clinic.signedIn('doctor');
  pins = pinsOf();
});
afterEach(() => clinic.close());

/** As the workstation has it after a start: nothing is remembered but what the database holds. */
const pinsOf = () => {
  const { engine, clock, temporary } = clinic;
  return createPins({
    store: temporary.local.store,
    engine,
    clock,
    log: { info: () => undefined, error: () => undefined },
    newId: () => v7(),
    settings: settingsOf(temporary.local.store),
    home: () => {
      throw new Error('not asked for');
    },
  });
};
const check = (typed: string, by = pins) => {
  if (doctor.user === null) throw new Error('nobody');
  return by.check(doctor.user, typed);
};
const trail = () =>
  clinic.temporary.local.store
    .all(localDb.selectFrom('audit_event').selectAll().orderBy('id'))
    .map(({ event, outcome }) => `${event} ${outcome}`)
    .filter((line) => line.startsWith('pin'));
const wrong = (left: number) => ({ ok: false, error: { code: 'wrong-pin', params: { left } } });

it('takes the right PIN, and a right one forgives the wrong ones before it', async () => {
  expect(await check(pin)).toEqual({ ok: true, value: null });
  expect(await check('9999')).toEqual(wrong(4));
  expect(await check('')).toEqual(wrong(3));
  expect(await check(pin)).toEqual({ ok: true, value: null });
  expect(await check('9999')).toEqual(wrong(4));
});

it('is shut after five wrong ones, also over a start, until the password is given', async () => {
  for (const left of [4, 3]) expect(await check('9999')).toEqual(wrong(left));
  pins = pinsOf();
  for (const left of [2, 1]) expect(await check('9999')).toEqual(wrong(left));
  const locked = { ok: false, error: { code: 'pin-locked' } };
  expect(await check('9999')).toEqual(locked);
  expect(await check(pin, pinsOf()), 'the right one does not count any more').toEqual(locked);
  expect(await clinic.get('session.pin', {}, doctor)).toEqual({ set: true, locked: true });
  expect(trail()).toEqual([...Array(4).fill('pin-refused refused'), 'pin-locked refused']);
  expect(await clinic.ask('session.unlockPin', { password: 'wrong' }, doctor)).toMatchObject({
    error: { code: 'wrong-password' },
  });
  expect(await check(pin)).toEqual(locked);
  await clinic.get('session.unlockPin', { password }, doctor);
  expect(await check(pin)).toEqual({ ok: true, value: null });
  expect(trail().at(-1)).toBe('pin-unlocked success');
});

it('counts tries made all at once', async () => {
  const replies = await Promise.all(Array.from({ length: 9 }, () => check('9999')));
  expect(replies.filter((reply) => !reply.ok && reply.error.code === 'wrong-pin')).toHaveLength(4);
  expect(await check(pin)).toMatchObject({ error: { code: 'pin-locked' } });
});

it('is set with the password, never an easy one, and then the new one counts', async () => {
  const set = (typed: string, own = password) =>
    clinic.ask('session.setPin', { password: own, pin: typed }, doctor);
  expect(await set('1234')).toMatchObject({ error: { code: 'invalid-input', fields: { pin: 'pin-easy' } } });
  expect(await set('12')).toMatchObject({ error: { code: 'invalid-input', fields: { pin: 'pin' } } });
  expect(await set('4711', 'wrong')).toMatchObject({ error: { code: 'wrong-password' } });
  expect(await check('4711')).toEqual(wrong(4));
  expect(await set('4711')).toEqual({ ok: true, value: null });
  expect(await check('4711')).toEqual({ ok: true, value: null });
  expect(trail()).toEqual(['pin-refused refused', 'pin-set success']);
  expect(await clinic.get('session.current', {}, doctor), 'the session goes on').not.toBeNull();
});

it('tells who has none, and stores none in clear', async () => {
  const reception = await clinic.signedIn('reception');
  expect(await clinic.get('session.pin', {}, reception)).toEqual({ set: false, locked: false });
  expect(await pins.check(reception.user ?? { id: '' as never }, '')).toMatchObject({
    error: { code: 'no-pin' },
  });
  await clinic.get('session.setPin', { password, pin: '271828' }, reception);
  expect(await clinic.get('session.pin', {}, reception)).toEqual({ set: true, locked: false });
  const rows = clinic.temporary.local.store.all(localDb.selectFrom('outbox').select('payload'));
  expect(JSON.stringify(rows)).not.toContain('271828');
});
