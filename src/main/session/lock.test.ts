import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { mayHear } from '#main/core/events.ts';
import { settingsOf } from '#main/core/settings.ts';
import { localDb } from '#main/data/local/query.ts';
import type { HostEvent } from '#shared/contract/host-event.ts';
import type { SettingKey } from '#shared/domain/settings/catalogue.ts';
import { settingId, writeSetting } from '#shared/domain/settings/written.ts';
import type { StaffAccountId } from '#shared/kernel/ids.ts';
import { type Clinic, openClinic, password, pin, site } from '#tests/support/core-clinic.ts';
import { sessionLimits } from './limits.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const locked = { ok: false, error: { code: 'locked' } };

let clinic: Clinic;
let desk: Connection;
/** What counts on, whatever is done to the clock. */
let steady: { at: number; now(): number };
const limits = { idle: 5, offline: 7 };
beforeEach(async () => {
  // Only the timer of the watch: hashes and the database wait for nothing else.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  Object.assign(limits, { idle: 5, offline: 7 });
  steady = { at: 0, now: () => steady.at };
  clinic = openClinic({
    lease: true,
    steady,
    limits: { idleMinutes: () => limits.idle, offlineDays: () => limits.offline },
  });
  desk = await clinic.signedIn('doctor');
});
afterEach(async () => {
  await clinic.close();
  vi.useRealTimers();
});

/** Time passes as it does: for both clocks. */
const pass = (milliseconds: number) => {
  clinic.clock.at += milliseconds;
  steady.at += milliseconds;
};
const search = (on = desk) => clinic.ask('patients.search', { text: 'habimana' }, on);
const id = (username: string) => clinic.accountId(username) as StaffAccountId;
const unlock = (by: 'pin' | 'password', secret: string, username = 'doctor', on = desk) =>
  clinic.ask('session.unlock', { id: id(username), by, secret }, on);
const code = (code: string, params?: object) => ({ ok: false, error: { code, ...(params && { params }) } });
const trail = () =>
  clinic.temporary.local.store
    .all(localDb.selectFrom('audit_event').selectAll().orderBy('recorded_at').orderBy('id'))
    .map(({ event, outcome }) => `${event} ${outcome}`);

it('is locked when nobody has used it for as long as the clinic says, whatever its page asks meanwhile', async () => {
  pass(4 * minute);
  expect(await search()).toMatchObject({ ok: true });
  await clinic.get('sync.status', {}, desk);
  await clinic.get('session.current', {}, desk);
  await clinic.get('session.pin', {}, desk);
  pass(minute - 1);
  expect(await search()).toMatchObject({ ok: true });
  pass(1);
  expect(await search()).toEqual(locked);
  expect(await clinic.get('session.current', {}, desk)).toBeNull();
  expect(desk.user).toBeNull();
});

it('stays open while somebody is at the page, and a locked one cannot say so', async () => {
  for (let n = 0; n < 5; n += 1) {
    pass(4 * minute);
    expect(await clinic.ask('session.active', {}, desk)).toEqual({ ok: true, value: null });
  }
  expect(await search()).toMatchObject({ ok: true });
  pass(5 * minute);
  expect(await clinic.ask('session.active', {}, desk)).toEqual(locked);
  expect(await search()).toEqual(locked);
});

it('is locked by itself, and each window of it is told', async () => {
  const further = clinic.core.connect({ id: 'further', user: null, first: desk });
  const heard: [HostEvent['type'], Connection | null][] = [];
  clinic.core.onEvent((event, to) => heard.push([event.type, to]));
  pass(5 * minute);
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(1000);
  expect(heard).toEqual([
    ['session-locked', desk],
    ['session-locked', further],
  ]);
  expect(await search(further)).toEqual(locked);
  expect(mayHear({ type: 'changed', tables: ['patient'] }, null, desk)).toBe(false);
  const another = clinic.core.connect({ id: 'another', user: null, first: desk });
  expect(await search(another)).toEqual(locked);
  expect(await unlock('pin', pin, 'doctor', further)).toMatchObject({ ok: true });
  for (const window of [desk, further, another]) expect(await search(window)).toMatchObject({ ok: true });
});

it.each([
  ['turned back, by the steady clock', -hour, 5 * minute],
  ['set ahead, as after a night the computer slept through', 9 * hour, 0],
])('is locked although the computer’s clock was %s', async (_what, clock, counted) => {
  clinic.clock.at += clock;
  steady.at += counted;
  expect(await search()).toEqual(locked);
});

it('follows what the clinic has set, for this site before the whole, as it is now', async () => {
  const { store } = clinic.temporary.local;
  const set = (key: SettingKey, siteId: string | null, value: number) =>
    store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.insert('setting', {
        id: settingId(key, siteId),
        key,
        location_id: siteId,
        value: writeSetting(value),
      }),
    );
  const { idleMinutes, offlineDays } = sessionLimits({ store, settings: settingsOf(store) });
  expect([idleMinutes(), offlineDays()]).toEqual([5, 7]);
  set('session.idle-lock-minutes', null, 3);
  set('session.idle-lock-minutes', site.id, 20);
  set('session.offline-sign-in-days', null, 2);
  expect([idleMinutes(), offlineDays()]).toEqual([20, 2]);
  clinic.clock.at += 15 * day;
  // Closed: nothing is read, and nothing fails.
  expect([idleMinutes(), offlineDays()]).toEqual([5, 7]);
});

it('is locked by its person, and when the computer sleeps', async () => {
  await clinic.get('session.lock', {}, desk);
  expect(await search()).toEqual(locked);
  expect(await clinic.get('session.held', {}, desk)).toEqual([
    {
      id: id('doctor'),
      username: 'doctor',
      displayName: 'doctor',
      role: 'doctor',
      lockedAt: '2026-11-23T08:00:00.000Z',
      by: 'person',
      pin: true,
    },
  ]);
  const nurse = await clinic.signedIn('nurse');
  clinic.core.lock();
  expect(await search(nurse)).toEqual(locked);
  expect(await clinic.get('session.held', {}, nurse)).toMatchObject([{ by: 'system' }]);
  expect(await clinic.get('session.held', {}, desk)).toMatchObject([{ by: 'person' }]);
});

it('goes on with the PIN; five wrong ones want the password, after which the PIN counts again', async () => {
  await clinic.get('session.lock', {}, desk);
  for (const left of [4, 3, 2, 1]) expect(await unlock('pin', '9999')).toEqual(code('wrong-pin', { left }));
  expect(await unlock('pin', '9999')).toEqual(code('pin-locked'));
  expect(await unlock('pin', pin)).toEqual(code('pin-locked'));
  expect(await clinic.get('session.held', {}, desk)).toMatchObject([{ pin: false }]);
  expect(await search()).toEqual(locked);
  expect(await unlock('password', 'wrong')).toEqual(code('wrong-password'));
  expect(await unlock('password', password)).toMatchObject({ ok: true, value: { username: 'doctor' } });
  expect(await search()).toMatchObject({ ok: true });
  await clinic.get('session.lock', {}, desk);
  expect(await unlock('pin', pin)).toMatchObject({ ok: true });
  expect(trail()).toEqual([
    'sign-in success',
    ...Array.from({ length: 4 }, () => 'pin-refused refused'),
    'pin-locked refused',
    'unlock refused',
    'unlock success',
    'unlock success',
  ]);
});

it('has wrong passwords wait as at signing in, and counts them together', async () => {
  await clinic.get('session.lock', {}, desk);
  for (let n = 0; n < 3; n += 1) expect(await unlock('password', 'wrong')).toEqual(code('wrong-password'));
  expect(
    await clinic.ask('session.signIn', { username: 'doctor', password: 'wrong' }, clinic.core.connect()),
  ).toEqual(code('wrong-credentials'));
  expect(await unlock('password', password)).toEqual(code('too-many-tries', { seconds: 1 }));
});

it('wants the password of who has no PIN', async () => {
  const front = await clinic.signedIn('reception');
  await clinic.get('session.lock', {}, front);
  expect(await clinic.get('session.held', {}, front)).toMatchObject([{ pin: false }]);
  expect(await unlock('pin', pin, 'reception', front)).toEqual(code('no-pin'));
  expect(await unlock('password', password, 'reception', front)).toMatchObject({ ok: true });
});

it('lets another person work in its place, and each comes back to a session of their own', async () => {
  const further = clinic.core.connect({ id: 'further', user: null, first: desk });
  await clinic.get('session.lock', {}, desk);
  const ended: (Connection | null)[] = [];
  clinic.core.onEvent((event, to) => event.type === 'session-ended' && ended.push(to));
  await clinic.get('session.signIn', { username: 'nurse', password }, desk);
  // It shows what the first one had there.
  expect(ended).toEqual([further]);
  expect(await unlock('pin', pin)).toEqual(code('not-signed-in'));
  await clinic.get('session.lock', {}, desk);
  expect((await clinic.get('session.held', {}, desk)).map(({ id }) => id)).toEqual([
    id('nurse'),
    id('doctor'),
  ]);
  expect(await unlock('pin', pin)).toMatchObject({ ok: true, value: { username: 'doctor' } });
  expect(await clinic.get('session.held', {}, desk)).toMatchObject([{ id: id('nurse') }]);
  await clinic.get('session.signOut', {}, desk);
  // The nurse has not signed out.
  expect(await search()).toEqual(locked);
  expect(await unlock('pin', pin, 'nurse')).toMatchObject({ ok: true, value: { username: 'nurse' } });
});

it('signs in with the name and password of who is locked, and nothing waits any more', async () => {
  await clinic.get('session.lock', {}, desk);
  await clinic.get('session.signIn', { username: 'doctor', password }, desk);
  expect(await clinic.get('session.held', {}, desk)).toEqual([]);
  expect(await search()).toMatchObject({ ok: true });
});

it('ends behind its lock when the account is closed or has another password, and the window is told', async () => {
  await clinic.get('session.lock', {}, desk);
  const heard: string[] = [];
  clinic.core.onEvent((event, to) => to === desk && heard.push(event.type));
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.update('staff_account', id('doctor'), { active: 0 }),
  );
  expect(heard).toEqual(['session-ended']);
  expect(await unlock('pin', pin)).toEqual(code('not-signed-in'));
  expect(await clinic.get('session.held', {}, desk)).toEqual([]);
  expect(await search()).toEqual(code('not-signed-in'));
});

it('is over when nobody has come back within half a day', async () => {
  await clinic.get('session.lock', {}, desk);
  pass(12 * hour - 1);
  expect(await clinic.get('session.held', {}, desk)).toHaveLength(1);
  pass(1);
  expect(await clinic.get('session.held', {}, desk)).toEqual([]);
  expect(await unlock('pin', pin)).toEqual(code('not-signed-in'));
});

it('answers the screen of the waiting room, which shows nobody’s name, and nothing else', async () => {
  await clinic.get('session.lock', {}, desk);
  expect(await clinic.ask('visits.board', {}, desk)).toMatchObject({ ok: true });
  expect(await clinic.ask('visits.queue', { date: '2026-11-23' }, desk)).toEqual(locked);
  const pharmacy = clinic.core.connect();
  expect(await clinic.ask('visits.board', {}, pharmacy)).toEqual(code('not-signed-in'));
});

it('does not go on, and nobody signs in, after the days without contact that the clinic allows; contact lets them', async () => {
  const working = await clinic.signedIn('nurse');
  await clinic.get('session.lock', {}, desk);
  limits.idle = Number.POSITIVE_INFINITY;
  pass(5 * day);
  expect(await clinic.get('sync.status', {}, desk)).toMatchObject({ signInDaysLeft: 2 });
  pass(2 * day);
  const tooLong = code('offline-too-long', { days: 7 });
  const credentials = { username: 'doctor', password };
  expect(await clinic.ask('session.signIn', credentials, clinic.core.connect())).toEqual(tooLong);
  expect(await unlock('password', password)).toEqual(tooLong);
  const codeOf = { username: 'doctor', code: 'AAAA-BBBB-CCCC' };
  expect(await clinic.ask('session.openCode', codeOf, clinic.core.connect())).toEqual(tooLong);
  expect(await clinic.get('sync.status', {}, desk)).toMatchObject({
    signInDaysLeft: 0,
    lastContact: '2026-11-23T08:00:00.000Z',
  });
  // Who works is not put out in the middle of it.
  expect(await search(working)).toMatchObject({ ok: true });
  // A clock that is turned back gives nothing.
  clinic.clock.at -= 6 * day;
  expect(await clinic.ask('session.signIn', credentials, clinic.core.connect())).toMatchObject(
    code('offline-too-long'),
  );
  clinic.temporary.local.replica.contacted();
  expect(await clinic.ask('session.signIn', credentials, clinic.core.connect())).toMatchObject({ ok: true });
});
