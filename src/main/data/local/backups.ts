import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { type Clock, instant } from '#shared/kernel/clock.ts';
import {
  type Backup,
  type BackupHead,
  type BackupReason,
  backupKey,
  decodeBackup,
  encodeBackup,
} from './backup-format.ts';
import type { Disk } from './disk.ts';
import { LocalError } from './error.ts';
import { backupsFolder } from './files.ts';
import type { LocalLog } from './open-database.ts';
import { unsentIn } from './salvage.ts';
import type { SavedFile } from './saved-files.ts';

/** Newer ones push older ones out, but never the newest. */
export const mostBackups = 20;
const mostBytes = 256 * 1024 * 1024;
/** Of unsent files in one backup. */
const mostFileBytes = 64 * 1024 * 1024;
const ending = '.backup';

/** A backup on the list. */
export interface ListedBackup extends BackupHead {
  /** The file's name: what `read` is asked for. */
  readonly name: string;
}

/** What became of the copy in the second folder: a stick or a share that may be away. `none`: there is none. */
type SecondCopy = 'none' | 'written' | 'away';

export interface Backups {
  /**
   * Keeps what the centre has not got, as a file of its own that is there whole or not at all. Null when there is nothing
   * to keep, or the disk is full or failing: the work goes on then.
   */
  make(db: Database, reason: BackupReason): ListedBackup | null;
  /** The newest first; those that cannot be read are left out. */
  list(): readonly ListedBackup[];
  /** When the newest one was made, or null. */
  newest(): string | null;
  /** Null when it is not there or cannot be used any more. */
  read(name: string): Backup | null;
}

export interface BackupsOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly key: Buffer;
  readonly clock: Clock;
  readonly log: LocalLog;
  /** Where each backup is put a second time, on another disk; null for nowhere. */
  readonly second?: string | null;
}

const within = (files: readonly SavedFile[]): readonly SavedFile[] => {
  let room = mostFileBytes;
  return files.filter(({ size }) => {
    room -= size;
    return room >= 0;
  });
};

/** Throws {@link LocalError} `damaged` when the outbox cannot be read to its end: half of it must not pass for all. */
const backupOf = (db: Database, at: string, reason: BackupReason): Backup => {
  const { wholeOutbox, identity, outbox, held, drafts, forms, files } = unsentIn(db);
  if (!wholeOutbox) throw new LocalError('damaged', 'The database file is damaged.');
  const kept = within(files);
  // What only uses up a number has nothing in it.
  const work = [...outbox.values()].filter(({ kind }) => kind !== 'held');
  return {
    head: {
      at,
      reason,
      deviceName: identity.device_name,
      unsent: work.length,
      noteDrafts: drafts.length,
      formDrafts: forms.length,
      files: kept.length,
      filesLeftOut: files.length - kept.length,
    },
    identity,
    outbox: work,
    held: [...held.values()],
    noteDrafts: drafts,
    formDrafts: forms,
    files: kept,
  };
};

const isEmpty = ({ unsent, noteDrafts, formDrafts, files, filesLeftOut }: BackupHead): boolean =>
  unsent + noteDrafts + formDrafts + files + filesLeftOut === 0;

const codeOf = (error: unknown): string => {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
};

/** A folder of backups. Names begin with the time, so their order is that of the backups. */
const shelf = (disk: Disk, place: string) => {
  const names = () =>
    disk
      .list(place)
      .filter((name) => name.endsWith(ending))
      .sort()
      .reverse();
  const tidy = () => {
    let room = mostBytes;
    for (const [index, name] of names().entries()) {
      room -= disk.size(join(place, name));
      if (index > 0 && (index >= mostBackups || room < 0)) disk.remove(join(place, name));
    }
  };
  return {
    names,
    put: (name: string, bytes: Buffer) => {
      disk.makeFolder(place);
      disk.replace(join(place, name), bytes);
      tidy();
    },
  };
};

/** Several workstations may share a disk; the key's fingerprint tells them apart and tells nothing of the key. */
const ownPlace = (second: string, key: Buffer): string => {
  const mark = createHash('sha256').update('clinichub backup place').update(key).digest('hex');
  return join(second, `clinichub-${mark.slice(0, 12)}`);
};

/** The backups of a workstation: files in its data folder, and in a second one where there is. */
export const openBackups = ({ disk, folder, key, clock, log, second = null }: BackupsOptions): Backups => {
  const sealing = backupKey(key);
  const here = backupsFolder(folder);
  const there = second === null ? null : ownPlace(second, key);

  const putSecond = (name: string, bytes: Buffer): SecondCopy => {
    if (second === null || there === null) return 'none';
    try {
      // A stick that is not plugged in must not become a folder of its name on this disk.
      if (!disk.exists(second)) return 'away';
      shelf(disk, there).put(name, bytes);
      return 'written';
    } catch (error) {
      log('backup-second-failed', { code: codeOf(error) });
      return 'away';
    }
  };

  const read = (name: string): Backup | null => {
    for (const place of there === null ? [here] : [here, there]) {
      // A name comes from a page: it must be one of those that are there, not a way to somewhere else.
      if (!shelf(disk, place).names().includes(name)) continue;
      const backup = decodeBackup(sealing, disk.read(join(place, name)));
      if (backup !== null) return backup;
    }
    return null;
  };

  const allNames = (): readonly string[] => {
    const places = there === null ? [here] : [here, there];
    return [...new Set(places.flatMap((place) => shelf(disk, place).names()))].sort().reverse();
  };

  const freeName = (at: string): string => {
    const taken = new Set(shelf(disk, here).names());
    const stem = at.replaceAll(':', '-');
    let name = `${stem}${ending}`;
    for (let again = 2; taken.has(name); again += 1) name = `${stem}-${again}${ending}`;
    return name;
  };

  return {
    make: (db, reason) => {
      const at = instant(clock.now());
      try {
        const backup = backupOf(db, at, reason);
        if (isEmpty(backup.head)) return null;
        const name = freeName(at);
        const bytes = encodeBackup(sealing, backup);
        shelf(disk, here).put(name, bytes);
        const { unsent } = backup.head;
        log('backup-made', { reason, unsent, bytes: bytes.length, second: putSecond(name, bytes) });
        return { name, ...backup.head };
      } catch (error) {
        log('backup-failed', { reason, code: codeOf(error) });
        return null;
      }
    },
    list: () =>
      allNames().flatMap((name) => {
        const backup = read(name);
        return backup === null ? [] : [{ name, ...backup.head }];
      }),
    newest: () => {
      for (const name of allNames()) {
        const backup = read(name);
        if (backup !== null) return backup.head.at;
      }
      return null;
    },
    read,
  };
};
