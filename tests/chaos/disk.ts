import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { type Disk, realDisk } from '#main/data/local/disk.ts';
import { databaseFile } from '#main/data/local/files.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

/** What of the write-ahead log the disk was told to keep. */
export interface Synced {
  readonly salt: string;
  readonly size: number;
}

export const walOf = (folder: string): Synced => {
  const file = `${databaseFile(folder)}-wal`;
  if (!existsSync(file)) return { salt: '', size: 0 };
  const header = Buffer.alloc(32);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, header, 0, 32, 0);
  closeSync(descriptor);
  return { salt: header.subarray(16, 24).toString('hex'), size: statSync(file).size };
};

/** The files as they are at this instant, in a folder of their own. */
export const copyFiles = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (/\.lock|-shm$/.test(name)) continue;
    if (statSync(join(from, name)).isFile()) copyFileSync(join(from, name), join(to, name));
  }
};

/** How much of a growing file the disk was told to keep. */
export interface Growth {
  readonly file: string;
  synced: number;
}

/** The disk as it is, where a sync takes virtual time and what was not synced can be lost. */
export const simulatedDisk = (timeline: Timeline, name: string, growth: (of: Growth) => void): Disk => ({
  ...realDisk,
  append: (file) => {
    const real = realDisk.append(file);
    const grown: Growth = { file, synced: real.size() };
    growth(grown);
    const keep = (size: number) => {
      grown.synced = Math.max(grown.synced, size);
    };
    return {
      ...real,
      sync: () => keep(real.size()),
      syncSoon: () =>
        new Promise((done) => {
          const size = real.size();
          timeline.after(25, `${name} synced`, () => {
            keep(size);
            done();
          });
        }),
    };
  },
});

/** Takes from the copy `to` of a folder what the disk was not told to keep, or a part of it. */
export const losePower = (
  { folder, to, random }: { folder: string; to: string; random: Random },
  synced: Synced,
  mirror: Growth | null,
): void => {
  if (mirror !== null) {
    const file = join(to, basename(mirror.file));
    if (existsSync(file))
      truncateSync(file, random.between(mirror.synced, Math.max(mirror.synced, statSync(file).size)));
  }
  const now = walOf(folder);
  if (now.salt !== synced.salt || now.size <= synced.size) return;
  truncateSync(`${databaseFile(to)}-wal`, random.between(synced.size, now.size));
};
