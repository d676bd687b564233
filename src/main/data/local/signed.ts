import type { Database } from 'better-sqlite3';

/** The connections on which the synchronisation writes at this moment. */
const writing = new WeakSet<Database>();

/**
 * Makes `replica_writes()` known to a connection: the triggers of 0285_replica_writes ask it. A connection without it, somebody
 * else's, has no such function and is refused every statement that touches what is signed.
 */
export const knowReplicaWrites = (db: Database): void => {
  db.function('replica_writes', () => (writing.has(db) ? 1 : 0));
};

/**
 * Lets `work` bring rows to what the centre says, the versions of signed notes and prescriptions among them, inside the caller's
 * transaction: they come, go with their chart and are put right by the synchronisation alone. Everything else that would change
 * or delete one is refused by SQLite itself.
 */
export const asReplica = <T>({ db }: { readonly db: Database }, work: () => T): T => {
  if (writing.has(db)) return work();
  writing.add(db);
  try {
    return work();
  } finally {
    writing.delete(db);
  }
};
