import { basename, dirname, join } from 'node:path';
import { type Backup, backupKey, decodeBackup, encodeBackup } from './backup-format.ts';
import { backupNames, type ListedBackup } from './backups.ts';
import type { Disk } from './disk.ts';
import { backupsFolder, isLocalFile, quarantineFolder, recoveryFile } from './files.ts';
import { placeFor } from './rebuild.ts';

/** A folder with backups, of this workstation or another one. */
export interface BackupPlace {
  readonly folder: string;
  /** The folder with the file that the recovery key opens; null where there is none. */
  readonly recoveryIn: string | null;
  readonly names: readonly string[];
}

/**
 * The backups that a path leads to: one of them, a folder of them, a data folder, or a stick with folders of several
 * workstations.
 */
export const findBackups = (disk: Disk, path: string): readonly BackupPlace[] => {
  const root = path.endsWith('.backup') ? dirname(path) : path;
  const inside = disk.list(root).filter((name) => /^clinichub-[0-9a-f]{12}$/.test(name));
  return [root, backupsFolder(root), ...inside.map((name) => join(root, name))].flatMap((folder) => {
    const names = backupNames(disk, folder).filter((name) => root === path || name === basename(path));
    const recoveryIn = [folder, dirname(folder)].find((one) => disk.exists(recoveryFile(one))) ?? null;
    return names.length === 0 ? [] : [{ folder, recoveryIn, names }];
  });
};

/** Null when it is not there, or cannot be read with this key. */
export const readBackup = (
  disk: Disk,
  { folder }: Pick<BackupPlace, 'folder'>,
  name: string,
  key: Buffer,
): Backup | null => {
  const file = join(folder, name);
  return disk.exists(file) ? decodeBackup(backupKey(key), disk.read(file)) : null;
};

/** What a key opens of a place, the newest first. */
export const readBackups = (disk: Disk, place: BackupPlace, key: Buffer): readonly ListedBackup[] =>
  place.names.flatMap((name) => {
    const backup = readBackup(disk, place, name, key);
    return backup === null ? [] : [{ name, ...backup.head }];
  });

const markerIn = (folder: string): string => join(backupsFolder(folder), 'restore');

/** The name of the backup that is to be restored as soon as all rows are here; null for none. */
export const awaitedBackup = (disk: Disk, folder: string): string | null =>
  disk.exists(markerIn(folder)) ? disk.read(markerIn(folder)).toString() : null;

export const forgetAwaited = (disk: Disk, folder: string): void => disk.remove(markerIn(folder));

/**
 * Takes a backup of another place, or another key, into a data folder under its own key, to be restored as soon as all rows
 * are here. A kill in between leaves a backup more, or none.
 */
export const adoptBackup = (
  disk: Disk,
  { name, backup }: { readonly name: string; readonly backup: Backup },
  { folder, key }: { readonly folder: string; readonly key: Buffer },
): void => {
  const here = backupsFolder(folder);
  disk.makeFolder(here);
  disk.replace(join(here, name), encodeBackup(backupKey(key), backup));
  disk.replace(markerIn(folder), Buffer.from(name));
};

/**
 * Puts everything of a workstation that cannot be opened aside, in `quarantine`, with the files `besides`, so that the folder
 * can begin anew. Nothing is deleted. `besides` go first, then the database, as in a rebuild: after a kill in between
 * the recovery key opens what is left.
 */
export const putFolderAside = (disk: Disk, folder: string, at: string, besides: readonly string[]): void => {
  const place = join(folder, placeFor(disk, folder, at));
  disk.makeFolder(place);
  for (const file of besides) if (disk.exists(file)) disk.move(file, join(place, basename(file)));
  const own = disk
    .list(folder)
    .filter((name) => isLocalFile(name) && name !== basename(quarantineFolder(folder)));
  for (const name of own.toSorted((a, b) => Number(b === 'workstation.db') - Number(a === 'workstation.db')))
    disk.move(join(folder, name), join(place, name));
};
