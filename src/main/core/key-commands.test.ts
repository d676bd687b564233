import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recoveryFile } from '#main/data/local/files.ts';
import { openLocal } from '#main/data/local/open.ts';
import { makeReady, temporaryFolder } from '#tests/support/sync-local.ts';
import { rekeyFolder } from './key-commands.ts';
import { keyFile, readKey, readOrMakeKey } from './key-file.ts';
import { makeRecoveryKey, recoverKey } from './recovery.ts';

let folder: string;
let data: string;
let said: string[];
const say = (text: string) => void said.push(text);
const rekey = (newKey: string | null = null, given: Parameters<typeof rekeyFolder>[2] = null) =>
  rekeyFolder({ data, backupTo: null }, { newKey }, given, say);
const opens = (key: Buffer) => openLocal({ folder: data, key }).close();
const begin = (key: Buffer) => {
  const local = openLocal({ folder: data, key });
  makeReady(local);
  local.close();
};
beforeEach(() => {
  folder = temporaryFolder();
  data = join(folder, 'data');
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the key’s file has a new key, the old one opens nothing, and a new recovery key is told', async () => {
  const key = readOrMakeKey(data);
  begin(key);
  const first = makeRecoveryKey(data, key);
  await rekey();
  const next = readKey(keyFile(data));
  expect(next.equals(key)).toBe(false);
  opens(next);
  expect(() => opens(key)).toThrow(/another key/);
  const told = /[2-9A-Z]{6}(-[2-9A-Z]{6}){5}/.exec(said.join(''))?.[0] ?? '';
  expect(recoverKey(data, told)).toEqual(next);
  expect(() => recoverKey(data, first)).toThrow(/not the recovery key/);
  expect(said.join('')).not.toContain(next.toString('hex'));
});

test('a key that is given is changed to one that is given', async () => {
  const given = { place: 'CLINICHUB_KEY', key: randomBytes(32) };
  begin(given.key);
  await expect(rekey(null, given)).rejects.toThrow(/--new-key/);
  opens(given.key);
  const next = randomBytes(32);
  const file = join(folder, 'next');
  writeFileSync(file, next.toString('base64'), { mode: 0o600 });
  await rekey(file, given);
  opens(next);
  expect(() => opens(given.key)).toThrow(/another key/);
  expect(said.join('')).toMatch(/CLINICHUB_KEY has to give the new key/);
  expect(existsSync(keyFile(data))).toBe(false);
  await expect(rekey(file, { place: 'CLINICHUB_KEY', key: next })).rejects.toThrow(/in use/);
});

test('while the workstation runs, nothing is changed, and its recovery key goes on', async () => {
  const key = readOrMakeKey(data);
  begin(key);
  const recovery = makeRecoveryKey(data, key);
  const running = openLocal({ folder: data, key });
  await expect(rekey()).rejects.toThrow(/Another ClinicHub/);
  running.close();
  expect(readKey(keyFile(data))).toEqual(key);
  expect(readFileSync(recoveryFile(data)).length).toBeGreaterThan(0);
  expect(recoverKey(data, recovery)).toEqual(key);
});
