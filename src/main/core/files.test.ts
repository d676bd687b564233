import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataFolderError, readOrMakeKey } from './key-file.ts';
import { settle } from './settings-file.ts';

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
  it('keeps what the first start was told, privately, and takes what a later one says', () => {
    expect(settle(folder, { centre: 'postgres://a', name: null })).toEqual({
      centre: 'postgres://a',
      name: null,
    });
    expect(statSync(join(folder, 'workstation.json')).mode & 0o777).toBe(0o600);
    expect(settle(folder, { centre: null, name: 'Desk' })).toEqual({ centre: 'postgres://a', name: 'Desk' });
    expect(settle(folder, { centre: 'postgres://b', name: null })).toEqual({
      centre: 'postgres://b',
      name: 'Desk',
    });
    expect(settle(folder, { centre: null, name: null })).toEqual({ centre: 'postgres://b', name: 'Desk' });
  });

  it('that others can read, or that is damaged, is refused and left as it is', () => {
    expect(() => settle(folder, { centre: null, name: null })).toThrow(/--centre/);
    settle(folder, { centre: 'postgres://a', name: null });
    const file = join(folder, 'workstation.json');
    chmodSync(file, 0o644);
    expect(() => settle(folder, { centre: 'postgres://b', name: null })).toThrow(/chmod 600/);
    chmodSync(file, 0o600);
    writeFileSync(file, '{');
    expect(() => settle(folder, { centre: 'postgres://b', name: null })).toThrow(/damaged/);
    expect(readFileSync(file, 'utf8')).toBe('{');
  });
});
