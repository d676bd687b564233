import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Clock, systemClock } from '#shared/kernel/clock.ts';
import type { LocalContext } from './context.ts';
import { asLocalError, LocalError } from './error.ts';
import { lockFolder } from './lock.ts';
import { migrateLocal } from './migrate.ts';
import { createReplica, type Replica } from './replica.ts';
import { createStatements } from './statements.ts';
import type { LocalStore } from './store.ts';
import { type Changes, createChanges } from './store-changes.ts';
import { createLocalStore } from './store-sqlite.ts';
import { inRepeatableTransaction, inTransaction } from './transaction.ts';

export interface LocalOptions {
  /** Created when it does not exist. */
  readonly folder: string;
  /** 32 random bytes. */
  readonly key: Buffer;
  readonly clock?: Clock;
}

/** A workstation's open database. */
export interface Local {
  readonly store: LocalStore;
  /** The part the synchronisation works with. */
  readonly replica: Replica;
  /** Calls `listener` after each commit with the tables whose rows, or whose certainty, changed. Returns the way to stop. */
  onChanged: Changes['onChanged'];
  /** The connection itself, for benchmarks and checks. */
  readonly db: Database.Database;
  close(): void;
}

/** The database file inside a data folder. */
export const databaseFile = (folder: string): string => join(folder, 'workstation.db');

/** A fingerprint tells another key from a damaged file. The key is 256 random bits, so its hash gives nothing away. */
const checkKey = (folder: string, key: Buffer): void => {
  if (key.length !== 32) throw new LocalError('wrong-key', 'The database key must be 32 bytes.');
  const file = join(folder, 'workstation.key-check');
  const fingerprint = createHash('sha256').update('clinichub key check').update(key).digest('hex');
  if (existsSync(file) && existsSync(databaseFile(folder))) {
    if (readFileSync(file, 'utf8') !== fingerprint) {
      throw new LocalError('wrong-key', 'This data folder belongs to another key. Nothing was changed.');
    }
    return;
  }
  const descriptor = openSync(file, 'w');
  writeSync(descriptor, fingerprint);
  fsyncSync(descriptor);
  closeSync(descriptor);
};

/** A connection with the settings of a workstation at work. */
export const connect = (folder: string, key: Buffer): Database.Database => {
  const db = new Database(databaseFile(folder), { timeout: 5000 });
  try {
    db.pragma(`cipher = 'aegis'`);
    db.pragma(`key = 'raw:${key.toString('hex')}'`);
    // The first read is what finds out about a wrong key or a file that is none.
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
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

/**
 * Opens (or makes) the encrypted database of a workstation and brings its schema up to date.
 * Throws {@link LocalError}: `in-use`, `wrong-key`, `damaged`, `newer`, `disk-full`, `disk-failed`. There is no
 * unencrypted fallback.
 */
export const openLocal = ({ folder, key, clock = systemClock }: LocalOptions): Local => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(folder);
  let db: Database.Database | undefined;
  try {
    checkKey(folder, key);
    db = connect(folder, key);
    migrateLocal(db);
    const opened = db;
    const statements = createStatements(opened);
    const changes = createChanges();
    const context: LocalContext = {
      db: opened,
      statements,
      changes,
      clock,
      transaction: (work) => inTransaction(opened, work),
      repeatable: (work) => inRepeatableTransaction(opened, work),
    };
    return {
      store: createLocalStore(context),
      replica: createReplica(context),
      onChanged: changes.onChanged,
      db: opened,
      close: () => {
        statements.forget();
        if (opened.open) opened.close();
        unlock();
      },
    };
  } catch (error) {
    db?.close();
    unlock();
    throw asLocalError(error);
  }
};
