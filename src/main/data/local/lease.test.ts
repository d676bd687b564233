import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { helloReply, makeReady, somePatient, temporaryFolder } from '#tests/support/sync-local.ts';
import { type Local, openLocal } from './open.ts';
import { localDb } from './query.ts';

const day = 86_400_000;
const start = Date.parse('2026-11-24T08:00:00.000Z');
const key = randomBytes(32);
let folder: string;
let local: Local;
const clock = { at: start, now: () => clock.at };

beforeEach(() => {
  clock.at = start;
  folder = temporaryFolder();
  local = openLocal({ folder, key, clock });
  makeReady(local);
  local.replica.contacted();
});
afterEach(() => {
  local.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As a restart of the program, or of the computer, does. */
const restart = () => {
  local.close();
  local = openLocal({ folder, key, clock });
};
const query = localDb.selectFrom('patient').selectAll();
const register = () =>
  local.store.mutate({ kind: 'patient.register', user: null }, (writer) =>
    writer.insert('patient', somePatient({ mrn: `M-${clock.at}` })),
  );
const expired = expect.objectContaining({ code: 'lease-expired' });

test('after the lease neither reads nor writes are served, nothing is lost, and contact opens the copy at once', () => {
  register();
  clock.at += 14 * day - 1;
  expect(local.store.ready()).toBe(true);
  expect(local.store.all(query)).toHaveLength(1);
  clock.at += 1;
  expect(local.store.closure()).toBe('lease-expired');
  expect(() => local.store.all(query)).toThrow(expired);
  expect(() => local.store.get(query)).toThrow(expired);
  expect(() => local.store.certainty('patient', 'x')).toThrow(expired);
  expect(register).toThrow(expired);
  restart();
  expect(() => local.store.all(query)).toThrow(expired);
  // The synchronisation still has what waits, and goes on.
  expect(local.replica.nextBatch({ mutations: 10, bytes: 1e6 })).toHaveLength(1);
  expect(local.replica.leaseDaysLeft()).toBe(0);
  local.replica.contacted();
  expect(local.store.all(query)).toHaveLength(1);
  expect(local.replica.leaseDaysLeft()).toBe(14);
  restart();
  expect(local.store.ready()).toBe(true);
});

test('a clock turned back does not make the lease longer, while running or switched off, once or every day', () => {
  for (let elapsed = 0; elapsed < 13; elapsed += 1) {
    clock.at += day;
    expect(local.store.ready()).toBe(true);
    local.replica.leaseDaysLeft();
    if (elapsed % 2 === 0) {
      clock.at -= day;
      local.replica.leaseDaysLeft();
    } else {
      local.close();
      clock.at -= day;
      local = openLocal({ folder, key, clock });
    }
  }
  expect(clock.at).toBe(start);
  expect(local.replica.leaseDaysLeft()).toBe(1);
  clock.at += day;
  // The status asks each minute or so.
  expect(local.replica.leaseDaysLeft()).toBe(0);
  expect(local.store.closure()).toBe('lease-expired');
  clock.at = start - 100 * day;
  restart();
  expect(local.store.closure()).toBe('lease-expired');
});

test('a clock that was far ahead once closes the copy until the next contact, which heals it', () => {
  clock.at += 400 * day;
  expect(local.store.closure()).toBe('lease-expired');
  local.replica.leaseDaysLeft();
  clock.at = start + day;
  restart();
  expect(local.store.closure()).toBe('lease-expired');
  local.replica.contacted();
  expect(local.replica.leaseDaysLeft()).toBe(14);
  restart();
  expect(local.replica.leaseDaysLeft()).toBe(14);
});

test('contact while the clock is far ahead does not close the copy when the clock is set right', () => {
  clock.at += 400 * day;
  local.replica.contacted();
  clock.at = start;
  restart();
  expect(local.replica.leaseDaysLeft()).toBe(14);
  clock.at += 13 * day;
  expect(local.store.ready()).toBe(true);
  clock.at += day;
  expect(local.store.closure()).toBe('lease-expired');
});

test('the centre says how long the lease is', () => {
  local.replica.greeted(helloReply({ lease_days: 2 }));
  restart();
  expect(local.replica.leaseDaysLeft()).toBe(2);
  clock.at += 2 * day;
  expect(local.store.closure()).toBe('lease-expired');
});

test('a copy whose end is ordered is closed to services from then on, and what was held back here waits to be sent', () => {
  register();
  const { n } = register();
  local.replica.recordVerdicts([{ n: 1, status: 'rejected', sqlstate: '42703', message: 'no such column' }]);
  expect(local.replica.nextBatch({ mutations: 10, bytes: 1e6 }).map((sent) => sent.payload)).toEqual([
    expect.stringContaining('"kind":"held"'),
  ]);
  local.replica.orderWipe();
  expect(local.store.closure()).toBe('wiped');
  expect(() => local.store.all(query)).toThrow(expect.objectContaining({ code: 'wiped' }));
  restart();
  expect(local.replica.wiping()).toBe(true);
  expect(() => local.store.all(query)).toThrow(expect.objectContaining({ code: 'wiped' }));
  const last = local.replica.nextBatch({ mutations: 10, bytes: 1e6 });
  expect(last.map((sent) => [sent.n, sent.payload.includes('"kind":"patient.register"')])).toEqual([
    [n, false],
    [3, true],
    [4, true],
  ]);
});
