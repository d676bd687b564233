import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recoveryFile } from '#main/data/local/files.ts';
import { makeRecoveryKey, recoverKey } from './recovery.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'clinichub-recovery-')), 'data');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

const key = randomBytes(32);

test('the recovery key gives the database’s key back, typed in any way, and the file tells neither', () => {
  const recovery = makeRecoveryKey(folder, key);
  expect(recoverKey(folder, recovery)).toEqual(key);
  expect(recoverKey(folder, recovery.toLowerCase().replaceAll('-', '  '))).toEqual(key);
  expect(statSync(recoveryFile(folder)).mode & 0o777).toBe(0o600);
  const file = readFileSync(recoveryFile(folder), 'utf8');
  for (const secret of [recovery, recovery.slice(0, 6), key.toString('hex'), key.toString('base64')])
    expect(file).not.toContain(secret);
});

test('only the newest recovery key is of use, and only for its own folder', () => {
  const first = makeRecoveryKey(folder, key);
  const second = makeRecoveryKey(folder, key);
  expect(() => recoverKey(folder, first)).toThrow(/not the recovery key of this data folder/);
  expect(recoverKey(folder, second)).toEqual(key);
  expect(() => recoverKey(join(folder, 'other'), second)).toThrow(/no recovery key was ever made/);
});

test('a slip is said with its group, and a file that was changed gives no key', () => {
  const recovery = makeRecoveryKey(folder, key);
  const typed = `${recovery.slice(0, 7)}${recovery[7] === 'A' ? 'B' : 'A'}${recovery.slice(8)}`;
  expect(() => recoverKey(folder, typed)).toThrow(/Group 2 was not typed/);
  expect(() => recoverKey(folder, `0${recovery.slice(1)}`)).toThrow(/Group 1 has a symbol/);
  expect(() => recoverKey(folder, recovery.slice(2))).toThrow(/six groups/);
  const parts = JSON.parse(readFileSync(recoveryFile(folder), 'utf8'));
  writeFileSync(
    recoveryFile(folder),
    JSON.stringify({ ...parts, sealed: randomBytes(32).toString('base64') }),
  );
  expect(() => recoverKey(folder, recovery)).toThrow(/not the recovery key/);
  writeFileSync(recoveryFile(folder), '{');
  expect(() => recoverKey(folder, recovery)).toThrow(/is damaged/);
});
