import type { Database } from 'better-sqlite3';
import type { Disk } from './disk.ts';
import { asLocalError } from './error.ts';
import { databaseFile } from './files.ts';
import { knowReplicaWrites } from './signed.ts';

/** Opens, or makes, a folder's encrypted database. Throws {@link LocalError} `damaged` also for a key that does not fit. */
export const connect = (disk: Disk, folder: string, key: Buffer): Database => {
  const db = disk.open(databaseFile(folder), 5000);
  try {
    db.pragma(`cipher = 'aegis'`);
    db.pragma(`key = 'raw:${key.toString('hex')}'`);
    // The first read is what finds out about a wrong key or a file that is none.
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    knowReplicaWrites(db);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('temp_store = MEMORY');
    db.pragma('cache_size = -65536');
    db.pragma('journal_size_limit = 67108864');
    db.pragma('recursive_triggers = OFF');
    return db;
  } catch (error) {
    db.close();
    throw asLocalError(error);
  }
};
