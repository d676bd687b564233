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
