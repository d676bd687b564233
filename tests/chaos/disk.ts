import {
  appendFileSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
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

/** What stands before each step of an operation that changes a file; may throw, and then the step does not happen. */
export type FileGate = (step: string) => void;

const halves = (bytes: Uint8Array): readonly [Uint8Array, Uint8Array] => {
  const middle = bytes.length >> 1;
  return [bytes.subarray(0, middle), bytes.subarray(middle)];
};

/**
 * The disk as it is, with a gate before each step of what changes a file and behind each record, where a sync takes virtual
 * time and what was not synced can be lost.
 */
export const simulatedDisk = (
  timeline: Timeline,
  name: string,
  gate: FileGate,
  growth: (of: Growth) => void,
): Disk => ({
  ...realDisk,
  replace: (file, bytes) => {
    const temporary = `${file}.new`;
    const [first, second] = halves(bytes);
    gate(`write ${basename(temporary)}`);
    writeFileSync(temporary, first);
    gate(`write on ${basename(temporary)}`);
    appendFileSync(temporary, second);
    gate(`rename ${basename(temporary)}`);
    renameSync(temporary, file);
    gate(`renamed ${basename(temporary)}`);
  },
  copy: (from, to) => {
    gate(`copy ${basename(from)}`);
    realDisk.copy(from, to);
  },
  move: (from, to) => {
    gate(`move ${basename(from)}`);
    realDisk.move(from, to);
  },
  remove: (file) => {
    gate(`remove ${basename(file)}`);
    realDisk.remove(file);
  },
  append: (file) => {
    gate(`open ${basename(file)}`);
    const real = realDisk.append(file);
    const grown: Growth = { file, synced: real.size() };
    growth(grown);
    const keep = (size: number) => {
      grown.synced = Math.max(grown.synced, size);
    };
    return {
      ...real,
      append: (bytes) => {
        const [first, second] = halves(bytes);
        gate(`append to ${basename(file)}`);
        real.append(first);
        gate(`append on to ${basename(file)}`);
        real.append(second);
        gate(`appended to ${basename(file)}`);
      },
      sync: () => {
        gate(`sync ${basename(file)}`);
        keep(real.size());
      },
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

/** Whether the mirror has something that the disk was not told to keep. */
export const hasLooseEnd = (mirror: Growth | null): boolean =>
  mirror !== null && existsSync(mirror.file) && statSync(mirror.file).size > mirror.synced;

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
