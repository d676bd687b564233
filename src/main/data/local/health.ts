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
    closed: () => {
      try {
        disk.remove(file);
      } catch {
        // A mark that stays costs the next start a look through the file.
      }
    },
  };
};

const expectOk = (db: Database, what: string): void => {
  if (db.pragma(`quick_check(${what})`, { simple: true }) !== 'ok') {
    throw new LocalError('damaged', 'The database file is damaged.');
  }
};

/**
 * Throws {@link LocalError} `damaged` when something is wrong with a database that was left as `before` says. One that
 * was not closed in order is read page by page: half a second for 200,000 patients. Of any other only what holds unsent
 * work is looked at; damage elsewhere is met when it is read.
 */
export const lookThrough = (db: Database, before: Health['before']): void => {
  if (before === 'damaged') throw new LocalError('damaged', 'The database file is damaged.');
  if (before === 'open') {
    expectOk(db, '1');
    return;
  }
  const tables = ['sqlite_schema', 'sync_state', 'outbox', 'outbox_row', 'outbox_history', 'sync_base'];
  const present = db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').pluck();
  for (const table of tables) {
    if (table === 'sqlite_schema' || present.get(table) !== undefined) expectOk(db, table);
  }
};
