import { v7 } from 'uuid';
import { systemClock } from '#shared/kernel/clock.ts';
import { connect } from './connect.ts';
import { realDisk } from './disk.ts';
import type { Lease } from './lease.ts';
import { createReplica, type Replica } from './replica.ts';
import { createStatements } from './statements.ts';
import { createChanges } from './store-changes.ts';
import { inRepeatableTransaction, inTransaction } from './transaction.ts';

/** A second connection to an open workstation's database, for a thread that loads a first copy, or spares another thread waiting for the disk. */
export interface CopyConnection {
  readonly replica: Replica;
  /** Moves what it can of SQLite's log into the database, keeping nobody waiting. */
  checkpoint(): void;
  close(): void;
}

const nothing = () => undefined;

/** The lease is kept, and written, by the thread that serves people; here nobody asks whether it is open. */
const unlimited: Lease = {
  closure: () => null,
  check: nothing,
  contacted: nothing,
  contact: () => ({ at: systemClock.now(), daysAgo: 0 }),
  grant: nothing,
  daysLeft: () => Number.POSITIVE_INFINITY,
  orderWipe: nothing,
  wiping: () => false,
};

/**
 * Opens the database of `folder`, which this process must have open already: the folder's lock and the schema are the
 * business of `openLocal`. Its listeners hear nothing of what is done here. Throws as `openLocal` does.
 */
export const openCopy = ({
  folder,
  key,
}: {
  readonly folder: string;
  readonly key: Buffer;
}): CopyConnection => {
  const db = connect(realDisk, folder, key);
  // Kibibytes. A load goes through a table once, in order: a larger cache was no faster and only took memory.
  db.pragma('cache_size = -16384');
  const statements = createStatements(db);
  const replica = createReplica({
    db,
    statements,
    changes: createChanges(),
    // A copy leaves the outbox alone, which is all the mirror tells of.
    mirror: { add: nothing, addIdentity: nothing, addPlace: nothing, renew: nothing, behind: () => false },
    clock: systemClock,
    lease: unlimited,
    newId: (milliseconds) => v7({ msecs: milliseconds }),
    transaction: (work) => inTransaction(db, work),
    repeatable: (work) => inRepeatableTransaction(db, work),
  });
  return {
    replica,
    checkpoint: () => {
      db.pragma('wal_checkpoint(PASSIVE)');
    },
    close: () => {
      statements.forget();
      db.close();
    },
  };
};
