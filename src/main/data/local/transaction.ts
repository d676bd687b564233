import type { Database } from 'better-sqlite3';
import { asLocalError } from './error.ts';

/**
 * Runs `work` between BEGIN IMMEDIATE and COMMIT. When anything throws, all is rolled back, and a failure of SQLite or
 * the disk arrives as a `LocalError`.
 */
export const inTransaction = <T>(db: Database, work: () => T): T => {
  try {
    db.exec('BEGIN IMMEDIATE');
    const value = work();
    db.exec('COMMIT');
    return value;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw asLocalError(error);
  }
};

/**
 * As {@link inTransaction}, for what the centre can tell again, or what can be done without: a power cut may take the last such commits back, whole
 * and in order, but never a local write that came before or after. It spares a wait for the disk.
 */
export const inRepeatableTransaction = <T>(db: Database, work: () => T): T => {
  db.exec('PRAGMA synchronous = NORMAL');
  try {
    return inTransaction(db, work);
  } finally {
    db.exec('PRAGMA synchronous = FULL');
  }
};
