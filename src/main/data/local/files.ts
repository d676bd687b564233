import { join } from 'node:path';
import type { Disk } from './disk.ts';

/** The database file inside a data folder. */
export const databaseFile = (folder: string): string => join(folder, 'workstation.db');

/** The outbox's mirror inside a data folder. */
export const mirrorFile = (folder: string): string => join(folder, 'outbox.mirror');

/** Whether a data folder holds work that only its key can read. */
export const holdsData = (disk: Pick<Disk, 'exists'>, folder: string): boolean =>
  disk.exists(databaseFile(folder)) || disk.exists(mirrorFile(folder));
