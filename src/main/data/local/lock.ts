import { join } from 'node:path';
import { type Disk, realDisk } from './disk.ts';
import { LocalError, sqliteCode } from './error.ts';

/**
 * Takes the data folder for this process. The lock is the operating system's own on a small SQLite file, so it ends
 * with the process however that ends, and a second try from the same process is refused as well.
 * Throws {@link LocalError} `in-use`. Returns a function that gives the folder back.
 */
export const lockFolder = (folder: string, disk: Disk = realDisk): (() => void) => {
  const file = join(folder, 'workstation.lock');
  const take = () => {
    const taken = disk.open(file, 0);
    try {
      taken.pragma('journal_mode = MEMORY');
      taken.exec('BEGIN EXCLUSIVE');
      return taken;
    } catch (error) {
      taken.close();
      throw error;
    }
  };
  const orInUse = (error: unknown): never => {
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) {
      throw new LocalError('in-use', 'Another ClinicHub workstation is using this data folder.', error);
    }
    throw error;
  };
  let lock: ReturnType<typeof take>;
  try {
    lock = take();
  } catch (error) {
    // A lock that somebody holds is busy before it is looked into, so nobody holds one with rubbish in it.
    if (sqliteCode(error) !== 'SQLITE_NOTADB') return orInUse(error);
    disk.remove(file);
    try {
      lock = take();
    } catch (again) {
      return orInUse(again);
    }
  }
  return () => {
    if (lock.open) lock.close();
  };
};
