import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataFolderError, readOrMakeKey } from './key-file.ts';
import { settingsFile, settingsKeep, settledName } from './settings-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clinichub-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the key file', () => {
  it('is made once, 256 random bits only its owner can read', () => {
    const key = readOrMakeKey(folder);
    expect(key).toHaveLength(32);
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600);
    expect(readOrMakeKey(folder).equals(key)).toBe(true);
    expect(readOrMakeKey(join(folder, 'other', 'data')).equals(key)).toBe(false);
  });

  it.each([0o640, 0o604, 0o620, 0o666])('with mode %o is refused', (mode) => {
    readOrMakeKey(folder);
    chmodSync(join(folder, 'key'), mode);
    expect(() => readOrMakeKey(folder)).toThrow(DataFolderError);
  });

  it('that is damaged, or missing beside a database, is refused and not replaced', () => {
    writeFileSync(join(folder, 'key'), 'short', { mode: 0o600 });
    expect(() => readOrMakeKey(folder)).toThrow(/holds no key/);
    rmSync(join(folder, 'key'));
    writeFileSync(join(folder, 'workstation.db'), '');
    expect(() => readOrMakeKey(folder)).toThrow(/is missing/);
  });
});

describe('the settings file', () => {
  const file = () => settingsFile(folder);
  const one = { centre: null, enrolment: { code: 'CH1.x.y', password: 'p' } };

  it('keeps what it was given, privately, and the name beside it', async () => {
    const keep = settingsKeep(folder);
    expect(await keep.read()).toEqual({ centre: null, enrolment: null });
    expect(settledName(folder, null)).toBe(null);
    await keep.write(one);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(settledName(folder, 'Desk')).toBe('Desk');
    await keep.write({ centre: 'postgres://a', enrolment: null });
    expect(await settingsKeep(folder).read()).toEqual({ centre: 'postgres://a', enrolment: null });
    expect(readFileSync(file(), 'utf8')).not.toContain('CH1');
    expect(settledName(folder, null)).toBe('Desk');
    expect(readdirSync(folder)).toEqual(['workstation.json']);
  });

  it('that was being written when the computer stopped is as it was before', async () => {
    const keep = settingsKeep(folder);
    await keep.write(one);
    writeFileSync(`${file()}.new`, '{"centre": "post', { mode: 0o600 });
    expect(await keep.read()).toEqual(one);
    await keep.write({ centre: 'postgres://b', enrolment: null });
    expect((await keep.read()).centre).toBe('postgres://b');
  });

  it('that others can read, or that is damaged, is refused and left as it is', async () => {
    const keep = settingsKeep(folder);
    await keep.write({ centre: 'postgres://a', enrolment: null });
    chmodSync(file(), 0o644);
    await expect(keep.read()).rejects.toThrow(/chmod 600/);
    chmodSync(file(), 0o600);
    writeFileSync(file(), '{');
    await expect(keep.write(one)).rejects.toThrow(/damaged/);
    expect(readFileSync(file(), 'utf8')).toBe('{');
  });
});
