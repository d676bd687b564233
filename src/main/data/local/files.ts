import { join } from 'node:path';
import type { Disk } from './disk.ts';

/** The database file inside a data folder. */
export const databaseFile = (folder: string): string => join(folder, 'workstation.db');

/** The outbox's mirror inside a data folder. */
export const mirrorFile = (folder: string): string => join(folder, 'outbox.mirror');

/** Where damaged databases are put aside, inside a data folder. */
export const quarantineFolder = (folder: string): string => join(folder, 'quarantine');

/** Where the files of a new key are made, inside a data folder. */
export const rekeyFolder = (folder: string): string => join(folder, 'rekey');

/** The database's key, sealed under the recovery key, inside a data folder and beside backups. */
export const recoveryFile = (folder: string): string => join(folder, 'recovery');

/** The backups of what the centre has not got, inside a data folder. */
export const backupsFolder = (folder: string): string => join(folder, 'backups');

/** The lock is held by whoever runs; it has nothing in it. */
const lock = 'workstation.lock';

/**
 * Whether a file or folder inside a data folder is one of the workstation's own: its database, what stands beside it, the
 * outbox's mirror, what is made for a new key, the recovery key's file, the backups and what was put aside.
 */
export const isLocalFile = (name: string): boolean =>
  name !== lock &&
  (/^(workstation|outbox)\./.test(name) || ['quarantine', 'rekey', 'recovery', 'backups'].includes(name));

/** Whether a data folder holds work that only its key can read. */
export const holdsData = (disk: Pick<Disk, 'exists'>, folder: string): boolean =>
  disk.exists(databaseFile(folder)) || disk.exists(mirrorFile(folder));
