import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Disk } from './disk.ts';
import { LocalError } from './error.ts';
import { holdsData } from './files.ts';

/** Tells another key from a damaged file. The key is 256 random bits, so its hash gives nothing away. */
export interface KeyCheck {
  /** Whether something in the folder says that its files were written with this key. */
  readonly proven: boolean;
  /** Leaves the fingerprint for later starts, once the key has opened the database. */
  leave(): void;
}

/** What tells one key from another. */
export const fingerprintOf = (key: Buffer): string =>
  createHash('sha256').update('clinichub key check').update(key).digest('hex');

/** Where a folder says which key its files were written with. */
export const fingerprintFile = (folder: string): string => join(folder, 'workstation.key-check');

/** The fingerprint of the key of a folder's files; null where none was left. */
export const fingerprintIn = (disk: Disk, folder: string): string | null =>
  disk.exists(fingerprintFile(folder)) ? disk.read(fingerprintFile(folder)).toString() : null;

export const leaveFingerprint = (disk: Disk, folder: string, key: Buffer): void =>
  disk.replace(fingerprintFile(folder), Buffer.from(fingerprintOf(key)));

/**
 * Throws {@link LocalError} `wrong-key` when the folder belongs to another key; nothing is changed then. A key that
 * `readsMirror` is the right one whatever became of the fingerprint.
 */
export const checkKey = (disk: Disk, folder: string, key: Buffer, readsMirror: boolean): KeyCheck => {
  if (key.length !== 32) throw new LocalError('wrong-key', 'The database key must be 32 bytes.');
  const fingerprint = fingerprintOf(key);
  const left = fingerprintIn(disk, folder);
  if (!readsMirror && left !== null && left !== fingerprint && holdsData(disk, folder)) {
    throw new LocalError('wrong-key', 'This data folder belongs to another key. Nothing was changed.');
  }
  return {
    proven: readsMirror || left === fingerprint,
    leave: () => {
      if (left !== fingerprint) leaveFingerprint(disk, folder, key);
    },
  };
};
