import { join } from 'node:path';
import { type Disk, realDisk } from './disk.ts';
import { LocalError, sqliteCode } from './error.ts';

/**
 * Takes the data folder for this process. The lock is the operating system's own on a small SQLite file, so it ends
 * with the process however that ends, and a second try from the same process is refused as well.
 * Throws {@link LocalError} `in-use`. Returns a function that gives the folder back.
 */
export const lockFolder = (folder: string, disk: Disk = realDisk): (() => void) => {
  const lock = disk.open(join(folder, 'workstation.lock'), 0);
  try {
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) {
      throw new LocalError('in-use', 'Another ClinicHub workstation is using this data folder.', error);
    }
    throw error;
  }
  return () => {
    if (lock.open) lock.close();
  };
};
