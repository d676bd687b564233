import { expect, it } from 'vitest';
import type { Connection, Core } from '#main/core/dispatch.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { createBrowserSessions } from './browser-sessions.ts';

const setUp = () => {
  const clock = { at: 0, now: () => clock.at };
  const gone: Connection[] = [];
  let made = 0;
  const core: Pick<Core, 'connect' | 'disconnect'> = {
    connect: () => {
      made += 1;
      return { id: String(made), user: null };
    },
    disconnect: (connection) => void gone.push(connection),
  };
  return { clock, gone, made: () => made, sessions: createBrowserSessions(core as Core, clock) };
};
const user = { role: 'admin' } as SignedInUser;
const minutes = 60_000;

it('gives every browser a secret of its own and knows it again', () => {
  const { sessions } = setUp();
  const [a, b] = [sessions.open(undefined), sessions.open(undefined)];
  expect(a.token).toMatch(/^[\w-]{43}$/);
  expect(a.token).not.toBe(b.token);
  expect(sessions.open(a.token)).toEqual(a);
  expect(sessions.find(a.token)).toBe(a.connection);
  expect(sessions.find('guess')).toBeUndefined();
  expect(sessions.find(undefined)).toBeUndefined();
});

it('forgets a browser where nobody is signed in after half an hour, one in use or locked after twelve', () => {
  const { clock, gone, sessions } = setUp();
  const idle = sessions.open(undefined);
  const used = sessions.open(undefined);
  used.connection.user = user;
  const locked = sessions.open(undefined);
  locked.connection.locked = true;
  clock.at = 31 * minutes;
  expect(sessions.find(idle.token)).toBeUndefined();
  expect(gone).toEqual([idle.connection]);
  expect(sessions.find(used.token)).toBe(used.connection);
  expect(sessions.find(locked.token)).toBe(locked.connection);
  clock.at += 12 * 60 * minutes + 1;
  expect(sessions.find(used.token)).toBeUndefined();
  expect(sessions.find(locked.token)).toBeUndefined();
});

it('gives requests that come together with one forgotten secret one session', () => {
  const { made, sessions } = setUp();
  const first = sessions.open('forgotten');
  expect(sessions.open('forgotten')).toEqual(first);
  expect(first.token).not.toBe('forgotten');
  expect(made()).toBe(1);
});

it('is worth nothing under any earlier secret once renewed', () => {
  const { sessions } = setUp();
  const planted = sessions.open('planted');
  const renewed = sessions.renew(planted);
  expect(renewed.connection).toBe(planted.connection);
  expect(sessions.find(planted.token)).toBeUndefined();
  expect(sessions.find('planted')).toBeUndefined();
  expect(sessions.find(renewed.token)).toBe(planted.connection);
});

it('has room for so many browsers and lets the oldest without a user go first', () => {
  const { gone, sessions } = setUp();
  const used = sessions.open(undefined);
  used.connection.user = user;
  const first = sessions.open(undefined);
  for (let n = 0; n < 5000; n += 1) sessions.open(undefined);
  expect(gone[0]).toBe(first.connection);
  expect(sessions.find(used.token)).toBe(used.connection);
});
