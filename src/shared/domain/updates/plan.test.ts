import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Activity, obstaclesTo, pace, planUpdate, type UpdateFacts, updateAddress } from './plan.ts';

const idle: Activity = { signedIn: false, printing: false, copying: false, waiting: 0, mirrorBehind: false };
const now = 1_000_000_000;
const ready: UpdateFacts = {
  on: true,
  now,
  lookedAt: now - 1_000,
  found: { version: '0.2.0', fetched: true },
  attempts: 0,
  quietSince: now - pace.quiet,
  activity: idle,
};

test('a version that is here is put in when nobody has worked for a while', () => {
  expect(planUpdate(ready)).toEqual({ step: 'install', waitsFor: [] });
  expect(planUpdate({ ...ready, quietSince: now - pace.quiet + 1 })).toEqual({
    step: 'nothing',
    waitsFor: ['quiet'],
  });
  expect(planUpdate({ ...ready, quietSince: null }).step).toBe('nothing');
});

test.each([
  ['people', { signedIn: true }],
  ['printing', { printing: true }],
  ['copying', { copying: true }],
  ['unsent', { waiting: 1, mirrorBehind: true }],
] as const)('it waits for %s', (obstacle, more) => {
  expect(planUpdate({ ...ready, activity: { ...idle, ...more } })).toEqual({
    step: 'nothing',
    waitsFor: [obstacle],
  });
});

test('unsent work that is on the disk twice waits for nobody: the next version sends it', () => {
  expect(obstaclesTo({ ...idle, waiting: 12 })).toEqual([]);
  expect(obstaclesTo({ ...idle, mirrorBehind: true })).toEqual([]);
});

test('it looks at first, every four hours, and also after the clock was put back', () => {
  expect(planUpdate({ ...ready, lookedAt: null }).step).toBe('look');
  expect(planUpdate({ ...ready, found: null, lookedAt: now - pace.look }).step).toBe('look');
  expect(planUpdate({ ...ready, found: null, lookedAt: now + pace.look }).step).toBe('look');
  expect(planUpdate({ ...ready, found: null }).step).toBe('nothing');
});

test('fetching disturbs nobody, so people may be at work', () => {
  const found = { version: '0.2.0', fetched: false };
  expect(planUpdate({ ...ready, found, activity: { ...idle, signedIn: true } }).step).toBe('fetch');
});

test('a version that did not hold twice is left alone', () => {
  expect(planUpdate({ ...ready, attempts: 1 }).step).toBe('install');
  expect(planUpdate({ ...ready, attempts: 2 }).step).toBe('nothing');
});

test('whatever happens, nothing is put in while somebody works or when it is off', () => {
  const activity = fc.record({
    signedIn: fc.boolean(),
    printing: fc.boolean(),
    copying: fc.boolean(),
    waiting: fc.nat(3),
    mirrorBehind: fc.boolean(),
  });
  const facts = fc.record({
    on: fc.boolean(),
    now: fc.constant(now),
    lookedAt: fc.option(fc.integer({ min: now - 2 * pace.look, max: now })),
    found: fc.option(fc.record({ version: fc.constant('0.2.0'), fetched: fc.boolean() })),
    attempts: fc.nat(3),
    quietSince: fc.option(fc.integer({ min: now - 2 * pace.quiet, max: now })),
    activity,
  });
  fc.assert(
    fc.property(facts, (given) => {
      const { step, waitsFor } = planUpdate(given);
      if (step !== 'install') return true;
      const { signedIn, printing, copying } = given.activity;
      return given.on && !signedIn && !printing && !copying && waitsFor.length === 0;
    }),
  );
});

test.each([
  ['https://updates.example.org/clinichub', 'https://updates.example.org/clinichub'],
  ['off', 'off'],
  ['http://updates.example.org/', null],
  ['https://user:secret@updates.example.org/', null],
  ['file:///etc', null],
  ['', null],
])('%s is an address of updates: %s', (text, address) => {
  expect(updateAddress(text)).toBe(address);
});
