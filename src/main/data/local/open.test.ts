import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeReady, somePatient, temporaryFolder } from '#tests/support/sync-local.ts';
import { LocalError } from './error.ts';
import { databaseFile } from './files.ts';
import { openLocal } from './open.ts';

let folder: string;
const key = randomBytes(32);
const secret = 'Zéphyrine-Quatrefages';

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof LocalError) return error.code;
    throw error;
  }
  return 'no error';
};

const fill = () => {
  const local = openLocal({ folder, key });
  makeReady(local);
  local.store.mutate({ kind: 'x', user: null }, (writer) =>
    writer.insert('patient', somePatient({ family: secret })),
  );
  return local;
};

test('nothing readable is in any file of the data folder, open or closed', () => {
  const local = fill();
  const readable = () =>
    readdirSync(folder).filter((name) => {
      const bytes = readFileSync(`${folder}/${name}`);
      return bytes.includes(secret) || bytes.includes('CREATE TABLE');
    });
  expect(readable()).toEqual([]);
  local.close();
  expect(readable()).toEqual([]);
  expect(readFileSync(databaseFile(folder)).subarray(0, 15).toString()).not.toBe('SQLite format 3');
});

test('commits reach the disk before they are reported', () => {
  const { db, close } = fill();
  expect(db.pragma('synchronous', { simple: true })).toBe(2);
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(db.pragma('cipher', { simple: true })).toBe('aegis');
  close();
});

test('another key is told apart from a damaged file, and changes nothing', () => {
  fill().close();
  const before = readFileSync(databaseFile(folder));
  expect(codeOf(() => openLocal({ folder, key: randomBytes(32) }))).toBe('wrong-key');
  expect(codeOf(() => openLocal({ folder, key: randomBytes(16) }))).toBe('wrong-key');
  expect(readFileSync(databaseFile(folder)).equals(before)).toBe(true);
  openLocal({ folder, key }).close();
});

test('another key is refused by the cipher even when the fingerprint is gone', () => {
  fill().close();
  rmSync(`${folder}/workstation.key-check`);
  const before = readFileSync(databaseFile(folder));
  expect(codeOf(() => openLocal({ folder, key: randomBytes(32) }))).toBe('wrong-key');
  rmSync(`${folder}/outbox.mirror`);
  expect(codeOf(() => openLocal({ folder, key: randomBytes(32) }))).toBe('damaged');
  expect(readFileSync(databaseFile(folder)).equals(before)).toBe(true);
  expect(readdirSync(folder)).not.toContain('quarantine');
  openLocal({ folder, key }).close();
});

test('a changed byte is found out, never a wrong value', () => {
  fill().close();
  const bytes = readFileSync(databaseFile(folder));
  for (let at = 600; at < bytes.length; at += 4096) bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(databaseFile(folder), bytes);
  const local = openLocal({ folder, key });
  expect(local.replica.rebuilt()).toMatchObject({ reason: 'damaged', saved: 1, lost: 0 });
  local.close();
});

test('a plain SQLite file is not opened as if it were ours', () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(databaseFile(folder), Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8192)]));
  expect(codeOf(() => openLocal({ folder, key }))).toBe('damaged');
});

test('a data folder that is open cannot be opened again, and can after it was closed', () => {
  const local = fill();
  expect(codeOf(() => openLocal({ folder, key }))).toBe('in-use');
  local.close();
  openLocal({ folder, key }).close();
});

test('a file from a later version is refused and left as it is', () => {
  const local = fill();
  local.db.pragma('user_version = 9990');
  local.close();
  expect(codeOf(() => openLocal({ folder, key }))).toBe('newer');
  expect(codeOf(() => openLocal({ folder, key }))).toBe('newer');
});
