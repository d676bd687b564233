import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isLocalFile, mirrorFile } from '#main/data/local/files.ts';
import { failingDisk } from '#tests/support/failing-disk.ts';
import { copyBeforeUpdate } from './before-update.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clinichub-before-'));
  mkdirSync(join(folder, 'desktop'));
  writeFileSync(mirrorFile(folder), 'what waits');
  writeFileSync(join(folder, 'desktop', 'printing.json'), '{}');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what waits for the centre and the settings are copied, and go with the workstation when it is wiped', () => {
  copyBeforeUpdate(folder);
  const place = join(folder, 'before-update');
  expect(readdirSync(place).sort()).toEqual(['outbox.mirror', 'printing.json']);
  expect(readFileSync(join(place, 'outbox.mirror'), 'utf8')).toBe('what waits');
  expect(isLocalFile('before-update')).toBe(true);
});

test('a disk that does not take the copy is told', () => {
  const full = failingDisk((operation) => {
    if (operation === 'replace') throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
  });
  expect(() => copyBeforeUpdate(folder, full)).toThrow('no space');
});
