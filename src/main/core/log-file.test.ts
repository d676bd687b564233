import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failingDisk } from '#tests/support/failing-disk.ts';
import { logFolder, openLogFile } from './log-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clinichub-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const line = (n: number) => `${JSON.stringify({ n, pad: 'x'.repeat(80) })}\n`;
const numbers = (lines: readonly string[]) => lines.map((text) => (JSON.parse(text) as { n: number }).n);

test('it is bounded by size and count, and the newest lines are the ones that stay', () => {
  const log = openLogFile(folder, { bytes: 1_000, files: 3 });
  for (let n = 0; n < 200; n += 1) log.write(line(n));
  const names = readdirSync(logFolder(folder)).sort();
  expect(names).toEqual(['clinichub.1.log', 'clinichub.2.log', 'clinichub.log']);
  for (const name of names) expect(statSync(join(logFolder(folder), name)).size).toBeLessThanOrEqual(1_000);
  expect(numbers(log.tail(700))).toEqual([193, 194, 195, 196, 197, 198, 199]);
  expect(numbers(log.tail(100_000)).at(0)).toBeGreaterThan(150);
});

test('the next start goes on in the same file, and only its owner may read it', () => {
  openLogFile(folder).write(line(1));
  openLogFile(folder).write(line(2));
  const file = join(logFolder(folder), 'clinichub.log');
  expect(numbers(readFileSync(file, 'utf8').trim().split('\n'))).toEqual([1, 2]);
  expect(statSync(file).mode & 0o077).toBe(0);
});

test('a full disk costs lines, never the program, and the log says afterwards how many', () => {
  let full = false;
  let now = 0;
  let tries = 0;
  const disk = failingDisk((operation) => {
    if (operation !== 'append bytes') return;
    tries += 1;
    if (full) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
  });
  const log = openLogFile(folder, { disk, now: () => now });
  log.write(line(1));
  full = true;
  for (let n = 0; n < 100; n += 1) log.write(line(2));
  // A disk that is full is not asked for every line.
  expect(tries).toBe(2);
  full = false;
  now = 5_000;
  log.write(line(3));
  expect(log.tail(10_000).map((text) => JSON.parse(text))).toMatchObject([
    { n: 1 },
    { event: 'log-lines-lost', lines: 100 },
    { n: 3 },
  ]);
});
