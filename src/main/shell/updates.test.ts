import { beforeEach, expect, test } from 'vitest';
import { type Activity, pace } from '#shared/domain/updates/plan.ts';
import { createUpdates, type UpdateParts, type UpdateRun, type Updates } from './updates.ts';

const minute = 60_000;
let now: number;
let activity: Activity;
let offered: string | null;
let failing: 'look' | 'fetch' | 'backup' | null;
let tried: Map<string, number>;
let did: string[];
let updates: Updates;
let run: UpdateRun;

const fail = (what: typeof failing) => {
  did.push(what ?? '');
  if (failing === what) throw new Error(what ?? '');
};

const parts = (): UpdateParts => ({
  updater: {
    look: async () => {
      fail('look');
      return offered;
    },
    fetch: async () => fail('fetch'),
    install: () => did.push('install'),
  },
  settings: {
    attempts: (version) => tried.get(version) ?? 0,
    trying: (version) => tried.set(version, (tried.get(version) ?? 0) + 1),
  },
  activity: async () => activity,
  beforeUpdate: async () => fail('backup'),
  end: (last) => {
    did.push('end');
    last();
  },
  log: { info: () => undefined, error: () => undefined },
  now: () => now,
});

/** So many minutes pass, each with its tick. */
const pass = async (minutes: number) => {
  for (let n = 0; n < minutes; n += 1) {
    now += minute;
    await run.tick();
  }
};

beforeEach(() => {
  now = 1_000_000_000;
  activity = { signedIn: true, printing: false, copying: false, waiting: 0, mirrorBehind: false };
  offered = '0.2.0';
  failing = null;
  tried = new Map();
  did = [];
  updates = createUpdates();
  run = updates.start(parts());
});

test('a newer version is fetched while people work, and put in after a backup when nobody does', async () => {
  await pass(3);
  expect(did).toEqual(['look', 'fetch']);
  expect(updates.host.status()).toEqual({ state: 'waiting', version: '0.2.0', waitsFor: ['people'] });
  activity = { ...activity, signedIn: false };
  await pass(10);
  expect(updates.host.status()).toMatchObject({ state: 'waiting', waitsFor: ['quiet'] });
  await pass(5);
  expect(did).toEqual(['look', 'fetch', 'backup', 'end', 'install']);
  expect(tried.get('0.2.0')).toBe(1);
  await pass(5);
  expect(did.filter((what) => what === 'install')).toHaveLength(1);
});

test('who comes back within the quiet minutes begins them anew', async () => {
  await pass(2);
  activity = { ...activity, signedIn: false };
  await pass(9);
  activity = { ...activity, signedIn: true };
  await pass(1);
  activity = { ...activity, signedIn: false };
  await pass(9);
  expect(did).not.toContain('install');
});

test('without a backup nothing is put in, and it is tried again after another quiet time', async () => {
  failing = 'backup';
  activity = { ...activity, signedIn: false };
  await pass(15);
  expect(did).toEqual(['look', 'fetch', 'backup']);
  expect(tried.size).toBe(0);
  failing = null;
  await pass(15);
  expect(did.at(-1)).toBe('install');
});

test('what cannot be fetched, or is not signed as it must be, is looked for again hours later', async () => {
  failing = 'fetch';
  activity = { ...activity, signedIn: false };
  await pass(60);
  expect(did).toEqual(['look', 'fetch']);
  expect(updates.host.status()).toEqual({ state: 'current', version: null, waitsFor: [] });
  failing = null;
  now += pace.look;
  await pass(30);
  expect(did.slice(2)).toEqual(['look', 'fetch', 'backup', 'end', 'install']);
});

test('an address that does not answer disturbs nobody', async () => {
  failing = 'look';
  await pass(30);
  expect(did).toEqual(['look']);
});

test('a version that was put in twice and is not there is named, and left alone', async () => {
  tried.set('0.2.0', 2);
  activity = { ...activity, signedIn: false };
  await pass(30);
  expect(did).toEqual(['look']);
  expect(updates.host.status()).toMatchObject({ state: 'failed', version: '0.2.0' });
});

test('a version that is taken back is forgotten', async () => {
  await pass(3);
  offered = null;
  now += pace.look;
  await pass(1);
  expect(updates.host.status()).toMatchObject({ state: 'current' });
});

test('nothing is said and nothing looked for while it is off', () => {
  expect(createUpdates().host.status()).toEqual({ state: 'off', version: null, waitsFor: [] });
});
