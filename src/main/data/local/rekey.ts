import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type BackupsOptions, resealBackups } from './backups.ts';
import { changeDatabaseKey, connect } from './connect.ts';
import type { Disk } from './disk.ts';
import { asLocalError, LocalError } from './error.ts';
import { databaseFile, mirrorFile, rekeyFolder } from './files.ts';
import { checkKey, fingerprintIn, fingerprintOf, leaveFingerprint } from './key-check.ts';
import { lockFolder } from './lock.ts';
import { writeMirror } from './mirror.ts';
import { contentsOfDatabase } from './mirror-entries.ts';
import { createStatements } from './statements.ts';

/**
 * A new key for a workstation's files. First the folder `rekey` gets a database, a mirror and a fingerprint of the new key,
 * the fingerprint last. Then whoever keeps the key puts the new one in the place of the old: that is the moment it
 * counts. The next start finishes under the new key, or throws `rekey` away under the old one. The old files stay as
 * they are until then, so that whatever is killed when, one key opens everything.
 */

const earlierKeyFile = (made: string): string => join(made, 'earlier-key');

const sealing = (key: Buffer, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, 'clinichub earlier key', 32));

/** `salt (16) nonce (12) tag (16) text (32)`: for the backups, which are sealed anew when the new key counts. */
const sealKey = (earlier: Buffer, key: Buffer): Buffer => {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealing(key, salt), nonce);
  const text = Buffer.concat([cipher.update(earlier), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), text]);
};

const openKey = (sealed: Buffer, key: Buffer): Buffer => {
  const decipher = createDecipheriv(
    'aes-256-gcm',
    sealing(key, sealed.subarray(0, 16)),
    sealed.subarray(16, 28),
    { authTagLength: 16 },
  );
  decipher.setAuthTag(sealed.subarray(28, 44));
  return Buffer.concat([decipher.update(sealed.subarray(44)), decipher.final()]);
};

/** What the folder's database must hold to be made anew: all of its log is in it, and its mirror's text. */
const contentsOf = (disk: Disk, folder: string, key: Buffer) => {
  const db = connect(disk, folder, key);
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
    return contentsOfDatabase(createStatements(db));
  } finally {
    db.close();
  }
};

/** Who had the old key may have read what programs' tokens are made with: none of them counts under the new one. */
const forgetSecrets = (disk: Disk, made: string, next: Buffer): void => {
  const db = connect(disk, made, next);
  try {
    for (const table of ['own_secret', 'token_family']) {
      const isThere = db.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(table) !== undefined;
      if (isThere) db.exec(`DELETE FROM ${table}`);
    }
  } finally {
    db.close();
  }
};

/** Throws {@link LocalError} `damaged` when the copy does not read as it should under the new key. */
const expectSound = (disk: Disk, made: string, next: Buffer): void => {
  const db = connect(disk, made, next);
  try {
    if (db.pragma('quick_check(1)', { simple: true }) !== 'ok')
      throw new LocalError('damaged', 'The database file is damaged.');
  } finally {
    db.close();
  }
};

const asRekeyError = (error: unknown): unknown =>
  error instanceof Error && 'code' in error && error.code === 'ENOSPC'
    ? new LocalError('disk-full', 'The disk has no room for a second copy of the database.', error)
    : asLocalError(error);

interface Rekeyed {
  readonly disk: Disk;
  readonly folder: string;
  /** The key that counts. */
  readonly key: Buffer;
  /** The one that is to count. */
  readonly next: Buffer;
}

/**
 * Makes a folder's files anew under another key, beside those that are there; the database must not be open. Until
 * `next` is kept in the place of `key` nothing has changed. It takes as much of the disk as the database has. Returns what
 * gives the folder back: it stays taken until then, so that no start comes between this and the key that is kept.
 * Throws {@link LocalError}: `in-use`, `wrong-key`, `damaged`, `disk-full`, `disk-failed`; then what it made is gone.
 */
export const prepareRekey = ({ disk, folder, key, next }: Rekeyed): (() => void) => {
  const unlock = lockFolder(folder, disk);
  const made = rekeyFolder(folder);
  try {
    checkKey(disk, folder, key, false);
    const contents = contentsOf(disk, folder, key);
    disk.remove(made);
    disk.makeFolder(made);
    disk.copy(databaseFile(folder), databaseFile(made));
    changeDatabaseKey(disk, made, key, next);
    forgetSecrets(disk, made, next);
    expectSound(disk, made, next);
    writeMirror(disk, made, next, contents);
    disk.replace(earlierKeyFile(made), sealKey(key, next));
    leaveFingerprint(disk, made, next);
    return unlock;
  } catch (error) {
    try {
      disk.remove(made);
    } finally {
      unlock();
    }
    throw asRekeyError(error);
  }
};

/** Each step may have been taken before a kill. The fingerprint goes first, so that the key of before opens nothing from then on. */
const finish = (options: BackupsOptions): void => {
  const { disk, folder, key, log } = options;
  const made = rekeyFolder(folder);
  leaveFingerprint(disk, folder, key);
  if (disk.exists(databaseFile(made))) {
    // A log of the old file must not stand beside the new one.
    for (const end of ['-wal', '-shm', '-journal']) disk.remove(databaseFile(folder) + end);
    disk.move(databaseFile(made), databaseFile(folder));
  }
  if (disk.exists(mirrorFile(made))) disk.move(mirrorFile(made), mirrorFile(folder));
  resealBackups(options, openKey(disk.read(earlierKeyFile(made)), key));
  disk.remove(join(made, 'workstation.key-check'));
  disk.remove(made);
  log('key-changed', {});
};

/**
 * Finishes a change of the key that was under way, or throws it away when it never counted: `key` says which. The
 * folder's lock is held, its database is not open.
 * Throws {@link LocalError} `wrong-key` when the new key counts already and this is the one of before.
 */
export const settleRekey = (options: BackupsOptions): void => {
  const { disk, folder, key } = options;
  const made = rekeyFolder(folder);
  if (!disk.exists(made)) return;
  const next = fingerprintIn(disk, made);
  if (next === fingerprintOf(key)) {
    finish(options);
    return;
  }
  const current = fingerprintIn(disk, folder);
  if (next !== null && next === current)
    throw new LocalError('wrong-key', 'The key of this data folder was changed. Nothing was changed now.');
  // With a third key nothing is thrown away: the look at the key refuses it.
  if (next === null || current === null || current === fingerprintOf(key)) disk.remove(made);
};
