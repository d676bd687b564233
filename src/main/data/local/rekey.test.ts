import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { crashingDisk, failingDisk, noSpace } from '#tests/support/failing-disk.ts';
import { makeReady, somePatient, temporaryFolder } from '#tests/support/sync-local.ts';
import { realDisk } from './disk.ts';
import { backupsFolder, rekeyFolder } from './files.ts';
import { type Local, openLocal } from './open.ts';
import { prepareRekey } from './rekey.ts';

const key = randomBytes(32);
const next = randomBytes(32);
const at = Date.parse('2026-11-30T08:00:00Z');
const clock = { now: () => at };
let root: string;
let folder: string;
let stick: string;

const open = (with_: Buffer, more: object = {}): Local =>
  openLocal({ folder, key: with_, clock, secondBackups: stick, ...more });
const register = (local: Local, family: string) =>
  local.store.mutate({ kind: 'patient.register', user: null }, (writer) =>
    writer.insert('patient', somePatient({ family })),
  );

beforeEach(async () => {
  root = temporaryFolder();
  folder = join(root, 'data');
  stick = join(root, 'stick');
  mkdirSync(stick);
  const local = open(key);
  makeReady(local);
  register(local, 'Habimana');
  local.store.mutate({ kind: 'x', user: null }, () => local.blobs.keepBytes('hash', randomBytes(300_000)));
  local.backups.make('asked');
  await local.backups.keepSecond();
  register(local, 'Mutesi');
  local.close();
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** All that must never be lost: rows, what waits, files, backups. */
const all = (local: Local) => ({
  families: local.db.prepare('SELECT family FROM patient ORDER BY family').pluck().all(),
  outbox: local.db.prepare('SELECT n, kind, hash FROM outbox ORDER BY n').all(),
  file: local.db.prepare('SELECT sum(length(bytes)) FROM blob_part').pluck().get(),
  backups: local.backups.list().map(({ name, unsent, files }) => ({ name, unsent, files })),
});
const readWith = (with_: Buffer) => {
  const local = open(with_);
  try {
    return all(local);
  } finally {
    local.close();
  }
};

const attempt = <T>(work: () => T): T | Error => {
  try {
    return work();
  } catch (error) {
    return error as Error;
  }
};

/** The key as a host keeps it: replaced in one step. */
let kept = key;
const change = (disk = realDisk) => {
  const release = prepareRekey({ disk, folder, key: kept, next });
  kept = next;
  release();
  open(kept, { disk }).close();
};
beforeEach(() => {
  kept = key;
});

test('under a new key everything is there, and the old one opens nothing', async () => {
  const before = readWith(key);
  change();
  expect(readWith(next)).toEqual(before);
  expect(before).toMatchObject({ families: ['Habimana', 'Mutesi'], backups: [{ unsent: 1, files: 1 }] });
  expect(existsSync(rekeyFolder(folder))).toBe(false);
  expect(() => open(key)).toThrow(/belongs to another key/);
  expect(readWith(next)).toEqual(before);
});

test('what tokens of programs are made with is another under a new key, and no session goes on', () => {
  const secrets = (local: Local) => ({
    secrets: local.db.prepare('SELECT count(*) FROM own_secret').pluck().get(),
    sessions: local.db.prepare('SELECT count(*) FROM token_family').pluck().get(),
  });
  const local = open(key);
  local.store.mutate({ kind: 'x', user: null }, (writer) => {
    writer.keep('own_secret', { name: 'api', value: 'x' });
    writer.keep('token_family', {
      id: 'f',
      account_id: 'a',
      client: '',
      opener: 'o',
      generation: 1,
      created_at: '',
      used_at: '',
      until_at: '',
      ends_at: '',
    });
  });
  expect(secrets(local)).toEqual({ secrets: 1, sessions: 1 });
  local.close();
  change();
  const renewed = open(next);
  expect(secrets(renewed)).toEqual({ secrets: 0, sessions: 0 });
  renewed.close();
});

test('the mirror and the backups are the new key’s: a lost database comes back from each', () => {
  change();
  for (const name of readdirSync(folder).filter((one) => /^workstation\.db/.test(one)))
    rmSync(join(folder, name));
  const local = open(next);
  expect(local.db.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(2);
  makeReady(local);
  const [newest] = local.backups.list();
  expect(local.backups.restore(newest?.name ?? '')).toMatchObject({ files: 1 });
  local.close();
});

test('the second place has a folder of the new key, and the old one is gone once all are there', async () => {
  const [old = ''] = readdirSync(stick);
  change();
  expect(readdirSync(stick)).toEqual([old]);
  const local = open(next);
  await local.backups.keepSecond();
  const places = readdirSync(stick);
  expect(places).toHaveLength(1);
  expect(places).not.toContain(old);
  rmSync(backupsFolder(folder), { recursive: true });
  expect(local.backups.list()).toMatchObject([{ unsent: 1, files: 1 }]);
  local.close();
});

test('killed before any step, one of the two keys opens everything, nothing is lost, and trying again ends well', () => {
  const before = readWith(key);
  const whole = join(root, 'whole');
  cpSync(folder, whole, { recursive: true });
  const results = new Set<string>();
  for (let step = 1; ; step += 1) {
    rmSync(folder, { recursive: true });
    cpSync(whole, folder, { recursive: true });
    kept = key;
    let left = step;
    const killing = crashingDisk((operation, file) => {
      // What comes after is an opening like any other.
      if (kept.equals(next) && !existsSync(rekeyFolder(folder))) return;
      left -= 1;
      if (left === 0) throw new Error(`killed at ${operation} ${file}`);
    });
    let done = false;
    try {
      change(killing);
      done = true;
    } catch (error) {
      // A kill gives no code; a host that is killed runs no clean-up either, which the copy of the folder stands for.
      expect(String(error)).toMatch(/killed at/);
    }
    results.add(kept.equals(next) ? 'new' : 'old');
    // Whichever key is kept opens all of it; the other opens nothing or the very same, and takes nothing away.
    const other = kept.equals(next) ? key : next;
    const interrupted = join(root, 'left');
    cpSync(folder, interrupted, { recursive: true });
    expect(readWith(kept), `step ${step}`).toEqual(before);
    expect(existsSync(rekeyFolder(folder))).toBe(false);
    expect(() => open(other), `step ${step}`).toThrow(/key/);
    rmSync(folder, { recursive: true });
    cpSync(interrupted, folder, { recursive: true });
    rmSync(interrupted, { recursive: true });
    const told = attempt(() => readWith(other));
    expect(told instanceof Error ? told.message : told, `step ${step}, the other`).toEqual(
      told instanceof Error ? expect.stringMatching(/key/) : before,
    );
    if (!(told instanceof Error)) kept = other;
    if (kept.equals(key)) change();
    expect(readWith(next), `step ${step}, again`).toEqual(before);
    if (done) break;
    expect(step).toBeLessThan(2_000);
  }
  expect([...results].sort()).toEqual(['new', 'old']);
}, 120_000);

test('what a killed process leaves of a new key that never counted is thrown away by the old one', () => {
  const before = readWith(key);
  prepareRekey({ disk: realDisk, folder, key, next })();
  expect(readFileSync(join(rekeyFolder(folder), 'workstation.db')).length).toBeGreaterThan(0);
  expect(readWith(key)).toEqual(before);
  expect(existsSync(rekeyFolder(folder))).toBe(false);
  expect(() => open(next)).toThrow(/belongs to another key/);
});

test('a third key throws nothing away and finishes nothing', () => {
  const before = readWith(key);
  prepareRekey({ disk: realDisk, folder, key, next })();
  expect(() => open(randomBytes(32))).toThrow(/belongs to another key/);
  expect(existsSync(rekeyFolder(folder))).toBe(true);
  kept = next;
  expect(readWith(next)).toEqual(before);
});

test.each(['copy', 'replace'])(
  'a disk that is full at %s changes nothing and leaves nothing behind',
  (operation) => {
    const before = readWith(key);
    const full = failingDisk((at, file) => {
      if (at === operation && file.startsWith(rekeyFolder(folder))) throw noSpace();
    });
    expect(() => prepareRekey({ disk: full, folder, key, next })).toThrow(/no room for a second copy/);
    expect(existsSync(rekeyFolder(folder))).toBe(false);
    expect(readWith(key)).toEqual(before);
  },
);

test('neither key’s text stands in a file, and a workstation that is open is left alone', () => {
  const local = open(key);
  expect(() => prepareRekey({ disk: realDisk, folder, key, next })).toThrow(/Another ClinicHub/);
  local.close();
  prepareRekey({ disk: realDisk, folder, key, next })();
  for (const name of readdirSync(rekeyFolder(folder))) {
    const bytes = readFileSync(join(rekeyFolder(folder), name));
    for (const secret of [key, next, Buffer.from(key.toString('hex')), Buffer.from('Habimana')])
      expect(bytes.includes(secret), name).toBe(false);
  }
});
