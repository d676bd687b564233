import { afterEach, expect, test, vi } from 'vitest';
import type { HostEvent } from '#shared/contract/host-event.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import type { Connection, Core } from './dispatch.ts';
import type { Log } from './log.ts';
import { createRestarting } from './restarting.ts';

const quiet: Log = { info: () => undefined, error: () => undefined };

/** Cores that only say who they are, and the way to tell each that its database is damaged. */
const cores = (failing: readonly number[] = []) => {
  const made: {
    readonly damage: () => void;
    readonly stopped: () => boolean;
    readonly known: Connection[];
  }[] = [];
  let tries = 0;
  const open = (damage: () => void): Core => {
    tries += 1;
    if (failing.includes(tries)) throw new Error('no room');
    const index = made.length;
    const known: Connection[] = [];
    let stopped = false;
    made.push({ damage, stopped: () => stopped, known });
    return {
      dispatch: async () => ({ ok: true, value: index }),
      connect: (connection = { id: 'c', user: null }) => {
        known.push(connection);
        return connection;
      },
      disconnect: () => undefined,
      onEvent: () => () => undefined,
      lock: () => undefined,
      programs: () => Promise.reject(new Error('none')),
      stop: async () => {
        stopped = true;
      },
    };
  };
  return { open, made };
};

let core: Core | null = null;
afterEach(() => core?.stop());

const user = { id: 'u' } as unknown as SignedInUser;
const answer = async (connection: Connection) => (await core?.dispatch('x', {}, connection)) as unknown;

test('a damaged core is stopped and another takes its place; who was signed in is not any more', async () => {
  const { open, made } = cores();
  core = createRestarting(open, quiet);
  const connection = core.connect();
  connection.user = user;
  const heard: [HostEvent['type'], Connection | null][] = [];
  core.onEvent((event, to) => heard.push([event.type, to]));
  expect(await answer(connection)).toEqual({ ok: true, value: 0 });
  made[0]?.damage();
  made[0]?.damage();
  await vi.waitFor(async () => expect(await answer(connection)).toEqual({ ok: true, value: 1 }));
  expect(made).toHaveLength(2);
  expect([made[0]?.stopped(), made[1]?.stopped()]).toEqual([true, false]);
  expect(made[1]?.known).toEqual([connection]);
  expect(connection.user).toBeNull();
  expect(heard).toEqual([['session-ended', connection]]);
});

test('a start that fails is tried again, until it is told to stop', async () => {
  const { open, made } = cores([2, 3]);
  core = createRestarting(open, quiet, 5);
  made[0]?.damage();
  await vi.waitFor(() => expect(made).toHaveLength(2));
  await core.stop();
  expect(made[1]?.stopped()).toBe(true);
  made[1]?.damage();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(made).toHaveLength(2);
});

test('the first start fails as it is', () => {
  expect(() => createRestarting(cores([1]).open, quiet)).toThrow('no room');
});

test('another core takes its place when asked: who works goes on, who is locked out signs in, and calls wait meanwhile', async () => {
  const { open, made } = cores();
  const restarting = createRestarting(open, quiet);
  core = restarting;
  const working: Connection = { id: 'a', user };
  const locked: Connection = { id: 'b', user: null, locked: true };
  for (const connection of [working, locked]) core.connect(connection);
  const heard: (Connection | null)[] = [];
  core.onEvent((_event, to) => heard.push(to));
  const gate = Promise.withResolvers<void>();
  const renewed = restarting.renew(async () => {
    expect(made[0]?.stopped()).toBe(true);
    await gate.promise;
  });
  const asked = answer(working);
  await expect(restarting.renew(async () => undefined)).rejects.toThrow(/under way/);
  gate.resolve();
  await renewed;
  expect(await asked).toEqual({ ok: true, value: 1 });
  expect(made[1]?.known).toEqual([working, locked]);
  expect(working.user).toBe(user);
  expect(heard).toEqual([locked]);
});

test('what fails while no database is open is told, and the core is there again', async () => {
  const { open } = cores();
  const restarting = createRestarting(open, quiet);
  core = restarting;
  await expect(restarting.renew(() => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
  expect(await answer({ id: 'a', user })).toEqual({ ok: true, value: 1 });
});
