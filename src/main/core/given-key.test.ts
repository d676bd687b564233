import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLocal } from '#main/data/local/open.ts';
import { givenKey } from './given-key.ts';
import { keyFile, readOrMakeKey } from './key-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clinichub-given-key-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const key = randomBytes(32);
const written = (name: string, text: string, mode = 0o600): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
};

test.each(['hex', 'base64', 'base64url'] as const)('a key is read as %s, from each of the places', (as) => {
  const text = `${key.toString(as)}\n`;
  const file = written('clinichub-key', text);
  expect(givenKey(null, { CLINICHUB_KEY: text })?.key).toEqual(key);
  expect(givenKey(null, { CLINICHUB_KEY_FILE: file })?.key).toEqual(key);
  expect(givenKey(null, { CREDENTIALS_DIRECTORY: folder })?.key).toEqual(key);
  expect(givenKey(file, {})?.key).toEqual(key);
  expect(givenKey(null, { CREDENTIALS_DIRECTORY: folder, CLINICHUB_KEY: text })?.key).toEqual(key);
});

test('none is given where nothing is said, and by a folder of other credentials', () => {
  expect(givenKey(null, {})).toBe(null);
  expect(givenKey(null, { CLINICHUB_KEY: '', CREDENTIALS_DIRECTORY: folder })).toBe(null);
});

test('the variable is gone for what this process starts', () => {
  const env: NodeJS.ProcessEnv = { CLINICHUB_KEY: key.toString('hex'), PATH: '/bin' };
  givenKey(null, env);
  expect(env).toEqual({ PATH: '/bin' });
});

test.each([
  ['too short', key.subarray(1).toString('hex')],
  ['no hexadecimal', 'x'.repeat(64)],
  ['a word', 'secret-word'],
])('%s is no key, and the words do not quote it', (_, text) => {
  const env = { CLINICHUB_KEY: text };
  expect(() => givenKey(null, env)).toThrow(/CLINICHUB_KEY holds no key/);
  try {
    givenKey(null, { CLINICHUB_KEY: text });
  } catch (error) {
    expect(String(error)).not.toContain(text);
  }
  // Nor does it stay where others could read it.
  expect('CLINICHUB_KEY' in env).toBe(false);
});

test('two that differ, a file that others may read and one that is not there are refused in words', () => {
  const file = written('key-file', key.toString('hex'));
  const other = randomBytes(32).toString('base64');
  expect(() => givenKey(null, { CLINICHUB_KEY: other, CLINICHUB_KEY_FILE: file })).toThrow(
    /CLINICHUB_KEY and CLINICHUB_KEY_FILE give different keys/,
  );
  chmodSync(file, 0o640);
  expect(() => givenKey(null, { CLINICHUB_KEY_FILE: file })).toThrow(/chmod 600/);
  expect(() => givenKey(null, { CLINICHUB_KEY_FILE: join(folder, 'none') })).toThrow(/cannot be read/);
});

test('a key that is given is kept nowhere, and must be the one of the file and of the database', () => {
  const data = join(folder, 'data');
  const given = { place: 'CLINICHUB_KEY', key };
  expect(readOrMakeKey(data, given)).toEqual(key);
  expect(existsSync(keyFile(data))).toBe(false);
  openLocal({ folder: data, key }).close();
  expect(readOrMakeKey(data, given)).toEqual(key);
  expect(() => readOrMakeKey(data)).toThrow(/is missing/);
  expect(() => openLocal({ folder: data, key: randomBytes(32) })).toThrow(/belongs to another key/);
  writeFileSync(keyFile(data), randomBytes(32).toString('hex'), { mode: 0o600 });
  expect(() => readOrMakeKey(data, given)).toThrow(/CLINICHUB_KEY gives another key than/);
});
