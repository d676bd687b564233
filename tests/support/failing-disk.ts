import type { Database } from 'better-sqlite3';
import { type Disk, realDisk } from '#main/data/local/disk.ts';

/** What is about to happen: a file operation by its name in `Disk`, or a statement of SQLite. */
type Before = (operation: string, file: string) => void;

/** The real disk with `before` called ahead of each file operation that changes something; what it throws is the failure. */
export const failingDisk = (before: Before): Disk => ({
  ...realDisk,
  makeFolder: (folder) => {
    before('makeFolder', folder);
    realDisk.makeFolder(folder);
  },
  replace: (file, bytes) => {
    before('replace', file);
    realDisk.replace(file, bytes);
  },
  copy: (from, to) => {
    before('copy', to);
    realDisk.copy(from, to);
  },
  move: (from, to) => {
    before('move', from);
    realDisk.move(from, to);
  },
  remove: (file) => {
    before('remove', file);
    realDisk.remove(file);
  },
  append: (file) => {
    before('append', file);
    const added = realDisk.append(file);
    return {
      ...added,
      append: (bytes) => {
        before('append bytes', file);
        added.append(bytes);
      },
      sync: () => {
        before('sync', file);
        added.sync();
      },
      syncSoon: async () => {
        before('sync soon', file);
        await added.syncSoon();
      },
    };
  },
});

/** As {@link failingDisk}, with `before` called ahead of each SQLite statement as well. */
export const crashingDisk = (before: Before): Disk => ({
  ...failingDisk(before),
  open: (file, timeout) => {
    const db = realDisk.open(file, timeout);
    const methods = ['exec', 'pragma', 'prepare'] as const;
    return new Proxy<Database>(db, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        if (methods.some((method) => method === name)) before(String(name), file);
        return value.bind(target);
      },
    });
  },
});

/** A full disk's error, as the system gives it. */
export const noSpace = (): Error => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
