import type { Database } from 'better-sqlite3';
import { type Clock, instant } from '#shared/kernel/clock.ts';
import type { Backups } from './backups.ts';
import { connect } from './connect.ts';
import type { Disk } from './disk.ts';
import { asLocalError, LocalError } from './error.ts';
import { databaseFile } from './files.ts';
import { type Health, healthOf, lookThrough } from './health.ts';
import { checkKey } from './key-check.ts';
import { isEarlier, migrateLocal } from './migrate.ts';
import { type MirrorRead, readMirror } from './mirror.ts';
import { keepOwn } from './own-tables.ts';
import { putAside, type RebuildReason, restore } from './rebuild.ts';
import { allThatIsLeft, type Salvage, salvage } from './salvage.ts';
import { putFile } from './saved-files.ts';
import { readState } from './state.ts';
import { createStatements } from './statements.ts';
import { inTransaction } from './transaction.ts';

/** What happened, in codes and numbers only: never a value of a row. */
export type LocalLog = (
  event: string,
  facts: Readonly<Record<string, string | number | boolean | null>>,
) => void;

export interface DatabaseOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly key: Buffer;
  readonly clock: Clock;
  readonly log: LocalLog;
  readonly backups: Backups;
}

/** What is wrong with a database, and what it still tells. */
interface Unusable {
  readonly reason: RebuildReason;
  readonly error: LocalError;
  readonly saved: Salvage | null;
}

/**
 * Whether an older state of the database is in place of the one the mirror tells of: a record is written after its
 * commit, so what the mirror has and the database has not was committed and is gone. That is what becomes of a
 * database whose write-ahead log was deleted, or that was copied back.
 */
const isSetBack = (db: Database, mirror: MirrorRead): boolean => {
  const statements = createStatements(db);
  const { device_id, last_n, phase } = readState(statements);
  const known = mirror.identity.device_id;
  // The fresh database of a rebuild that ended before anything was put into it.
  if (known !== null && device_id === null && phase === 'empty') return true;
  // After a change of identity the mirror is the one of before.
  if (known !== null && device_id !== null && known !== device_id) return false;
  if (known === device_id && mirror.identity.last_n > last_n) return true;
  if ([...mirror.outbox.keys(), ...mirror.decided.keys(), ...mirror.confirmed.keys()].some((n) => n > last_n))
    return true;
  const decided = (n: number) => statements.get('SELECT 1 FROM outbox_history WHERE n = ?', n) !== undefined;
  const unheld = (n: number) =>
    statements.get(
      `SELECT 1 FROM outbox WHERE n = ? AND status IN ('waiting', 'sent') AND kind <> 'held'`,
      n,
    ) !== undefined;
  return (
    [...mirror.decided.keys()].some((n) => !decided(n)) || [...mirror.held.keys()].some((n) => unheld(n))
  );
};

const damaged = () => new LocalError('damaged', 'The database file is damaged.');

const open = (
  { disk, folder, key, backups }: DatabaseOptions,
  health: Health,
  mirror: MirrorRead | null,
): Database | Unusable => {
  let db: Database | null = null;
  let reason: RebuildReason = 'damaged';
  try {
    db = connect(disk, folder, key);
    lookThrough(db, health.before);
    if (isEarlier(db)) backups.make(db, 'migration');
    migrateLocal(db);
    if (mirror === null || !isSetBack(db, mirror)) return db;
    reason = 'set-back';
    throw damaged();
  } catch (error) {
    const known = asLocalError(error);
    const unusable = known instanceof LocalError && known.code === 'damaged';
    const saved = unusable && db !== null ? salvage(db) : null;
    db?.close();
    if (!unusable) throw known;
    return { reason, error: known, saved };
  }
};

/** Puts a database that cannot be used aside, and a fresh one with what is left of its outbox in its place. */
const rebuild = (
  options: DatabaseOptions,
  mirror: MirrorRead | null,
  { reason, saved }: Pick<Unusable, 'reason' | 'saved'>,
): Database => {
  const { disk, folder, key, clock, log } = options;
  const at = instant(clock.now());
  const { contents, lost } = allThatIsLeft(mirror, saved);
  const place = putAside(options, mirror, contents);
  const db = connect(disk, folder, key);
  try {
    migrateLocal(db);
    inTransaction(db, () => {
      const statements = createStatements(db);
      restore(statements, contents, { at, reason, folder: place, lost });
      for (const draft of saved?.drafts ?? []) keepOwn(statements, 'note_draft', draft);
      for (const form of saved?.forms ?? []) keepOwn(statements, 'form_draft', form);
      for (const file of saved?.files ?? []) putFile(statements, file);
    });
  } catch (error) {
    db.close();
    throw error;
  }
  log('database-rebuilt', {
    reason,
    folder: place,
    saved: contents.outbox.size,
    lost,
    mirror: mirror?.state ?? 'none',
  });
  return db;
};

/** Whether a mirror tells of anything that a fresh database would lack. */
const matters = ({ identity, outbox, state }: MirrorRead): boolean =>
  identity.device_id !== null || outbox.size > 0 || state !== 'whole';

/**
 * A folder's database, sound and with the newest schema. One that is damaged, gone or older than its mirror is put
 * aside and rebuilt, when it is certain that the key is the right one. Throws {@link LocalError}.
 */
export const openDatabase = (
  options: DatabaseOptions,
): { readonly db: Database; readonly health: Health } => {
  const { disk, folder, key } = options;
  const health = healthOf(disk, folder);
  const mirror = readMirror(disk, folder, key);
  const keyCheck = checkKey(disk, folder, key, mirror?.readable === true);
  const { proven } = keyCheck;
  // The log may be all that tells of an end that was not in order, and the first to close the database takes it away.
  if (proven && health.before === 'open') health.opened();
  const present = disk.exists(databaseFile(folder));
  const opened =
    present || mirror === null || !matters(mirror)
      ? open(options, health, mirror)
      : { reason: 'missing' as const, error: damaged(), saved: null };
  if ('reason' in opened && !proven) {
    // Nothing here can be read with this key: that is rather another key than everything damaged at once.
    if (mirror !== null)
      throw new LocalError('wrong-key', 'This data folder belongs to another key. Nothing was changed.');
    throw opened.error;
  }
  const db = 'reason' in opened ? rebuild(options, mirror, opened) : opened;
  try {
    keyCheck.leave();
    health.opened();
  } catch (error) {
    db.close();
    throw error;
  }
  return { db, health };
};
