import type { Database } from 'better-sqlite3';
import { v7 } from 'uuid';
import { type Clock, systemClock } from '#shared/kernel/clock.ts';
import { awaitedBackup, forgetAwaited } from './backup-adopt.ts';
import type { BackupReason, WorkstationSettings } from './backup-format.ts';
import { type Restored, restoreBackup } from './backup-restore.ts';
import { type Backups, type ListedBackup, openBackups } from './backups.ts';
import { type Blobs, createBlobs } from './blobs.ts';
import type { LocalContext } from './context.ts';
import { type Disk, realDisk } from './disk.ts';
import { asLocalError, LocalError } from './error.ts';
import { type LocalFacts, localFacts } from './facts.ts';
import type { Health } from './health.ts';
import { openLease } from './lease.ts';
import { lockFolder } from './lock.ts';
import { type Mirror, openMirror } from './mirror.ts';
import { type LocalLog, openDatabase } from './open-database.ts';
import { createRebase } from './rebase.ts';
import { settleRekey } from './rekey.ts';
import { createReplica, type Replica } from './replica.ts';
import { realSecondDisk, type SecondDisk } from './second-place.ts';
import { readState } from './state.ts';
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
  readonly disk?: Disk;
  /** A new UUID version 7 for a moment, in milliseconds since 1970. */
  readonly newId?: (milliseconds: number) => string;
  readonly log?: LocalLog;
  /** Where each backup is put a second time; null for nowhere. */
  readonly secondBackups?: string | null;
  readonly secondDisk?: SecondDisk;
  /** How the workstation is set, for its backups. */
  readonly settings?: () => WorkstationSettings;
}

/** The backups of a workstation whose database is open. */
export interface LocalBackups
  extends Pick<Backups, 'list' | 'newest' | 'status' | 'keepSecond' | 'setSecond'> {
  make(reason: Exclude<BackupReason, 'migration'>): ListedBackup | null;
  /**
   * Brings back what is in the backup of this name and not here; see `restoreBackup`. `incomplete` until all rows have come
   * from the centre; null when there is no such backup, or none that can be read.
   */
  restore(name: string): Restored | 'incomplete' | null;
  /** The backup that waits for all rows, to be restored then; see `adoptBackup`. */
  awaited(): string | null;
  forgetAwaited(): void;
}

/** A workstation's open database. */
export interface Local {
  readonly store: LocalStore;
  /** The bytes of documents. */
  readonly blobs: Blobs;
  /** The part the synchronisation works with. */
  readonly replica: Replica;
  /** Calls `listener` after each commit with the tables whose rows, or whose certainty, changed. Returns the way to stop. */
  onChanged: Changes['onChanged'];
  /**
   * Calls `listener` when the file turns out to be damaged while it is in use, at once when it was before. Close and open
   * again then: the file is put aside and rebuilt. Returns the way to stop.
   */
  onDamaged(listener: () => void): () => void;
  /** What can be said of it without a value of any row; it is read through. */
  facts(): LocalFacts;
  /** Copies of what the centre has not got, apart from the database. */
  readonly backups: LocalBackups;
  /** The connection itself, for benchmarks and checks. */
  readonly db: Database;
  close(): void;
}

/** Passes on, once, that the database was found to be damaged while it was in use. */
const createAlarm = (health: Health) => {
  const listeners = new Set<() => void>();
  let raised = false;
  return {
    raised: () => raised,
    /** Looks whether an error says that the file is damaged. */
    heard: (error: unknown): void => {
      const known = asLocalError(error);
      if (raised || !(known instanceof LocalError) || known.code !== 'damaged') return;
      raised = true;
      try {
        health.damaged();
      } catch {
        // Without the note the next start looks the file through.
      }
      for (const listener of listeners) listener();
    },
    onRaised: (listener: () => void) => {
      listeners.add(listener);
      if (raised) listener();
      return () => listeners.delete(listener);
    },
  };
};

/** Runs transactions so that the mirror follows each commit. */
const mirrored =
  (
    run: <T>(work: () => T) => T,
    mirror: Pick<Mirror, 'committed' | 'rolledBack'>,
    failed: (error: unknown) => void,
  ) =>
  <T>(work: () => T): T => {
    try {
      const value = run(work);
      mirror.committed();
      return value;
    } catch (error) {
      mirror.rolledBack();
      failed(error);
      throw error;
    }
  };

/** Backups are restored among whole rows: what is still to come from the centre would look as if it were missing. */
const backupsOf = (
  context: LocalContext,
  { disk, folder }: Pick<Required<LocalOptions>, 'disk' | 'folder'>,
  backups: Backups,
): LocalBackups => ({
  ...backups,
  awaited: () => awaitedBackup(disk, folder),
  forgetAwaited: () => forgetAwaited(disk, folder),
  make: (reason) => backups.make(context.db, reason),
  restore: (name) => {
    const { phase, history_table } = readState(context.statements);
    if (phase !== 'ready' || history_table !== null) return 'incomplete';
    const backup = backups.read(name);
    return backup === null ? null : restoreBackup(context, createRebase(context), backup);
  },
});

const localOf = (
  { db, health }: ReturnType<typeof openDatabase>,
  {
    disk,
    folder,
    key,
    clock,
    newId,
    log,
  }: Required<Pick<LocalOptions, 'disk' | 'folder' | 'key' | 'clock' | 'newId' | 'log'>>,
  backups: Backups,
  unlock: () => void,
): Local => {
  const alarm = createAlarm(health);
  const statements = createStatements(db, alarm.heard);
  const changes = createChanges();
  const mirror = openMirror({ disk, folder, key, statements, clock, log });
  const context: LocalContext = {
    db,
    statements,
    changes,
    mirror,
    clock,
    lease: openLease(statements, clock),
    newId,
    transaction: mirrored((work) => inTransaction(db, work), mirror, alarm.heard),
    repeatable: mirrored(
      (work) => inRepeatableTransaction(db, work),
      // What the centre tells is what empties the outbox.
      { ...mirror, committed: mirror.settled },
      alarm.heard,
    ),
  };
  return {
    store: createLocalStore(context),
    blobs: createBlobs(context),
    replica: createReplica(context),
    onChanged: changes.onChanged,
    onDamaged: alarm.onRaised,
    backups: backupsOf(context, { disk, folder }, backups),
    facts: () => localFacts(db, statements, folder, disk),
    db,
    close: () => {
      try {
        if (!db.open) return;
        mirror.close();
        statements.forget();
        db.close();
        if (!alarm.raised()) health.closed();
      } finally {
        unlock();
      }
    },
  };
};

/**
 * Opens (or makes) the encrypted database of a workstation and brings its schema up to date.
 * Throws {@link LocalError}: `in-use`, `wrong-key`, `damaged`, `newer`, `disk-full`, `disk-failed`. There is no
 * unencrypted fallback. A change of the key that was under way is finished or thrown away first.
 */
export const openLocal = ({
  folder,
  key,
  clock = systemClock,
  disk = realDisk,
  newId = (milliseconds) => v7({ msecs: milliseconds }),
  log = () => undefined,
  secondBackups: second = null,
  secondDisk = realSecondDisk,
  settings = () => ({}),
}: LocalOptions): Local => {
  disk.makeFolder(folder);
  const unlock = lockFolder(folder, disk);
  let db: Database | undefined;
  try {
    const kept = { disk, folder, key, clock, log, second, secondDisk, settings };
    settleRekey(kept);
    const backups = openBackups(kept);
    const opened = openDatabase({ disk, folder, key, clock, log, backups });
    db = opened.db;
    return localOf(opened, { disk, folder, key, clock, newId, log }, backups, unlock);
  } catch (error) {
    db?.close();
    unlock();
    throw asLocalError(error);
  }
};
