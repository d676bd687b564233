import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Disk } from './disk.ts';
import { LocalError } from './error.ts';
import { databaseFile } from './files.ts';

/**
 * Whether the database was left in order, told by a small file that is there while it is open. It names what was
 * noticed: `open`, or `damaged` when the running program met damage.
 */
export interface Health {
  /** How the last use ended. */
  readonly before: 'closed' | 'open' | 'damaged';
  opened(): void;
  damaged(): void;
  closed(): void;
}

export const healthOf = (disk: Disk, folder: string): Health => {
  const file = join(folder, 'workstation.open');
  const marked = disk.exists(file);
  const crashed = marked || disk.exists(`${databaseFile(folder)}-wal`);
  const before = marked && disk.read(file).toString() === 'damaged' ? 'damaged' : crashed ? 'open' : 'closed';
  return {
    before,
    opened: () => disk.replace(file, Buffer.from('open')),
    damaged: () => disk.replace(file, Buffer.from('damaged')),
    closed: () => disk.remove(file),
  };
};

/**
 * Reads every page and throws {@link LocalError} `damaged` when something is wrong. A fifth of a second for 200 MB that
 * the system still has in memory, so only a database that was not closed in order is looked through.
 */
export const lookThrough = (db: Database): void => {
  const found = db.pragma('quick_check(1)', { simple: true });
  if (found !== 'ok') throw new LocalError('damaged', 'The database file is damaged.');
};
