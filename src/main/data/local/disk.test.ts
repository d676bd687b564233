import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '#tests/support/sync-local.ts';
import { realDisk as disk } from './disk.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a replaced file is the new one, whole, and leaves nothing beside it', () => {
  const file = join(folder, 'a');
  disk.replace(file, Buffer.from('a long first text'));
  disk.replace(file, Buffer.from('second'));
  expect(disk.read(file).toString()).toBe('second');
  expect(disk.list(folder)).toEqual(['a']);
});

test('a replacement that fails leaves the old file', () => {
  const file = join(folder, 'a');
  disk.replace(file, Buffer.from('first'));
  mkdirSync(`${file}.new`);
  expect(() => disk.replace(file, Buffer.from('second'))).toThrow();
  expect(disk.read(file).toString()).toBe('first');
});

test('what is added stands behind what was there, and closing waits for a sync under way', async () => {
  const file = join(folder, 'a');
  writeFileSync(file, 'one ');
  const added = disk.append(file);
  expect(added.size()).toBe(4);
  added.append(Buffer.from('two '));
  const syncing = added.syncSoon();
  added.append(Buffer.from('three'));
  added.close();
  await syncing;
  expect(added.size()).toBe(13);
  expect(readFileSync(file, 'utf8')).toBe('one two three');
  expect(() => added.sync()).toThrow('EBADF');
});

test('moving keeps the content, removing what is not there is no error', () => {
  const [from, to] = [join(folder, 'a'), join(folder, 'b')];
  writeFileSync(from, 'x');
  disk.move(from, to);
  disk.remove(from);
  expect([disk.exists(from), disk.size(to), disk.list(join(folder, 'none'))]).toEqual([false, 1, []]);
});
