import type { Database } from 'better-sqlite3';
import type { Disk } from './disk.ts';
import { asLocalError } from './error.ts';
import { databaseFile } from './files.ts';
import { knowReplicaWrites } from './signed.ts';

const unlock = (db: Database, key: Buffer): void => {
  db.pragma(`cipher = 'aegis'`);
  db.pragma(`key = 'raw:${key.toString('hex')}'`);
  // The first read is what finds out about a wrong key or a file that is none.
  db.prepare('SELECT count(*) FROM sqlite_schema').get();
};

/**
 * Has a folder's database encrypted with another key, in place and without a way back: for a copy, which is thrown away
 * when this does not come to its end.
 */
export const changeDatabaseKey = (disk: Disk, folder: string, key: Buffer, next: Buffer): void => {
  const db = disk.open(databaseFile(folder), 5000);
  try {
    unlock(db, key);
    // Without a journal it takes no more of the disk; SQLite leaves a write-ahead log for a rollback journal only.
    db.pragma('journal_mode = DELETE');
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = FULL');
    db.pragma(`rekey = 'raw:${next.toString('hex')}'`);
  } catch (error) {
    throw asLocalError(error);
  } finally {
    db.close();
  }
};

/** Opens, or makes, a folder's encrypted database. Throws {@link LocalError} `damaged` also for a key that does not fit. */
export const connect = (disk: Disk, folder: string, key: Buffer): Database => {
  const db = disk.open(databaseFile(folder), 5000);
  try {
    unlock(db, key);
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
