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
  type WorkstationSettings,
} from './backup-format.ts';
import type { Disk } from './disk.ts';
import { LocalError } from './error.ts';
import { backupsFolder, recoveryFile } from './files.ts';
import type { LocalLog } from './open-database.ts';
import { unsentIn } from './salvage.ts';
import type { SavedFile } from './saved-files.ts';
import { keepSecondPlace, realSecondDisk, type SecondDisk, type SecondPlace } from './second-place.ts';

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

/** How the backups stand, for who looks after the workstation. */
export interface BackupStatus {
  /** When it was looked last whether there is something to keep; null before the first look. */
  readonly lookedAt: string | null;
  /** When the newest one was made. */
  readonly newest: string | null;
  /** Whether the last one could not be written: the disk is full or failing. */
  readonly failed: boolean;
  /** Where they are put a second time; null for nowhere. */
  readonly second: {
    readonly folder: string;
    /** `away`: it was not there, or did not take them; `unknown`: nobody has looked yet. */
    readonly state: 'unknown' | 'written' | 'away';
    /** When it had all of them last. */
    readonly writtenAt: string | null;
  } | null;
}

export interface Backups {
  /**
   * Keeps what the centre has not got, as a file of its own that is there whole or not at all. Null when there is nothing
   * to keep that the newest one has not got, or the disk is full or failing (`status`): the work goes on then. The second
   * place is brought up to date after it; nobody waits for that.
   */
  make(db: Database, reason: BackupReason): ListedBackup | null;
  /** The newest first; those that cannot be read are left out. It reads the second place as well, and waits for it. */
  list(): readonly ListedBackup[];
  /** When the newest one in the data folder was made, or null. */
  newest(): string | null;
  /** Null when it is not there or cannot be used any more. */
  read(name: string): Backup | null;
  status(): BackupStatus;
  /** Brings the second place up to date. Resolves when that is done or was given up; never rejects. */
  keepSecond(): Promise<void>;
  /** Puts them there from now on; null for nowhere. What is in the place of before stays. */
  setSecond(folder: string | null): void;
}

export interface BackupsOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly key: Buffer;
  readonly clock: Clock;
  readonly log: LocalLog;
  /** Where each backup is put a second time, on another disk; null for nowhere. */
  readonly second?: string | null;
  readonly secondDisk?: SecondDisk;
  /** How the workstation is set now. */
  readonly settings?: () => WorkstationSettings;
}

const within = (files: readonly SavedFile[]): readonly SavedFile[] => {
  let room = mostFileBytes;
  return files.filter(({ size }) => {
    room -= size;
    return room >= 0;
  });
};

/** Throws {@link LocalError} `damaged` when the outbox cannot be read to its end: half of it must not pass for all. */
const backupOf = (db: Database, at: string, reason: BackupReason, settings: WorkstationSettings): Backup => {
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
    settings,
  };
};

const isEmpty = ({ unsent, noteDrafts, formDrafts, files, filesLeftOut }: BackupHead): boolean =>
  unsent + noteDrafts + formDrafts + files + filesLeftOut === 0;

const codeOf = (error: unknown): string => {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
};

const isBackup = (name: string): boolean => name.endsWith(ending);

/** Which of a folder's backups newer ones push out. Names begin with the time, so their order is that of the backups. */
const superfluous = (
  names: readonly { readonly name: string; readonly size: number }[],
): readonly string[] => {
  let room = mostBytes;
  return names
    .filter(({ name }) => isBackup(name))
    .toSorted((a, b) => (a.name < b.name ? 1 : -1))
    .filter(({ size }, index) => {
      room -= size;
      return index > 0 && (index >= mostBackups || room < 0);
    })
    .map(({ name }) => name);
};

/** The names of a folder's backups, the newest first. */
export const backupNames = (disk: Pick<Disk, 'list'>, place: string): readonly string[] =>
  disk.list(place).filter(isBackup).sort().reverse();

/** Several workstations may share a disk; the key's fingerprint tells them apart and tells nothing of the key. */
const ownPlace = (key: Buffer): string => {
  const mark = createHash('sha256').update('clinichub backup place').update(key).digest('hex');
  return `clinichub-${mark.slice(0, 12)}`;
};

/** When the second place had all backups last, and where those of earlier keys are in it: files beside the backups. */
const notesIn = (place: string) => ({ written: join(place, 'second'), earlier: join(place, 'earlier') });

const textIn = (disk: Disk, file: string): string | null =>
  disk.exists(file) ? disk.read(file).toString() : null;

const earlierPlaces = (disk: Disk, place: string): readonly string[] =>
  (textIn(disk, notesIn(place).earlier) ?? '')
    .split('\n')
    .filter((name) => /^clinichub-[0-9a-f]{12}$/.test(name));

/** What a disk that fails does not tell is not known. */
const readable = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch (error) {
    codeOf(error);
    return null;
  }
};

/** Longer than this a second place that answers takes for nothing. */
const patience = 30_000;

/** The backups of a workstation: files in its data folder, and in a second one where there is. */
export const openBackups = (options: BackupsOptions): Backups => {
  const { disk, folder, key, clock, log, secondDisk = realSecondDisk, settings = () => ({}) } = options;
  const sealing = backupKey(key);
  const here = backupsFolder(folder);
  const notes = notesIn(here);
  let second = options.second ?? null;
  let lookedAt: string | null = null;
  let failed = false;
  let secondState: 'unknown' | 'written' | 'away' = 'unknown';
  let running: { readonly since: number; readonly ended: Promise<void> } | null = null;
  let again = false;
  let settingsKept: string | null = null;

  const there = (): string | null => (second === null ? null : join(second, ownPlace(key)));

  const placeOfSecond = (chosen: string): SecondPlace => ({
    chosen,
    own: join(chosen, ownPlace(key)),
    files: new Map(backupNames(disk, here).map((name) => [name, () => disk.read(join(here, name))])),
    replaced: new Map([
      ['recovery', disk.exists(recoveryFile(folder)) ? disk.read(recoveryFile(folder)) : null],
    ]),
    earlier: earlierPlaces(disk, here),
    superfluous,
  });

  const writeSecond = async (chosen: string): Promise<void> => {
    try {
      const place = placeOfSecond(chosen);
      const written = await keepSecondPlace(secondDisk, place);
      secondState = written ? 'written' : 'away';
      if (!written) return;
      if (place.files.size > 0) disk.replace(notes.written, Buffer.from(instant(clock.now())));
      if (place.earlier.length > 0) disk.remove(notes.earlier);
    } catch (error) {
      secondState = 'away';
      log('backup-second-failed', { code: codeOf(error) });
    }
  };

  const keepSecond = (): Promise<void> => {
    if (second === null) return Promise.resolve();
    // A share that does not answer is asked once, not with each backup; what came meanwhile follows when it has answered.
    if (running !== null) {
      again = true;
      return running.ended;
    }
    const ended = writeSecond(second).then(() => {
      running = null;
      if (!again) return;
      again = false;
      return keepSecond();
    });
    running = { since: clock.now(), ended };
    return ended;
  };

  const read = (name: string): Backup | null => {
    const second = there();
    for (const place of second === null ? [here] : [here, second]) {
      // A name comes from a page: it must be one of those that are there, not a way to somewhere else.
      if (!backupNames(disk, place).includes(name)) continue;
      const backup = decodeBackup(sealing, disk.read(join(place, name)));
      if (backup !== null) return backup;
    }
    return null;
  };

  const allNames = (): readonly string[] => {
    const second = there();
    const places = second === null ? [here] : [here, second];
    return [...new Set(places.flatMap((place) => backupNames(disk, place)))].sort().reverse();
  };

  const freeName = (at: string): string => {
    const taken = new Set(backupNames(disk, here));
    const stem = at.replaceAll(':', '-');
    let name = `${stem}${ending}`;
    for (let again = 2; taken.has(name); again += 1) name = `${stem}-${again}${ending}`;
    return name;
  };

  const newestHere = (): Backup | null => {
    for (const name of backupNames(disk, here)) {
      const backup = decodeBackup(sealing, disk.read(join(here, name)));
      if (backup !== null) return backup;
    }
    return null;
  };

  const put = (name: string, bytes: Buffer) => {
    disk.makeFolder(here);
    disk.replace(join(here, name), bytes);
    const sizes = backupNames(disk, here).map((each) => ({ name: each, size: disk.size(join(here, each)) }));
    for (const each of superfluous(sizes)) disk.remove(join(here, each));
  };

  const hasNews = ({ head, settings: now }: Backup): boolean => {
    if (!isEmpty(head)) return true;
    if (Object.keys(now).length === 0) return false;
    settingsKept ??= JSON.stringify(newestHere()?.settings ?? {});
    return settingsKept !== JSON.stringify(now);
  };

  const makeHere = (db: Database, reason: BackupReason): ListedBackup | null => {
    const at = instant(clock.now());
    try {
      const backup = backupOf(db, at, reason, settings());
      lookedAt = at;
      failed = false;
      if (!hasNews(backup)) return null;
      const name = freeName(at);
      const bytes = encodeBackup(sealing, backup);
      put(name, bytes);
      settingsKept = JSON.stringify(backup.settings);
      log('backup-made', { reason, unsent: backup.head.unsent, bytes: bytes.length });
      return { name, ...backup.head };
    } catch (error) {
      failed = true;
      log('backup-failed', { reason, code: codeOf(error) });
      return null;
    }
  };

  return {
    make: (db, reason) => {
      const made = makeHere(db, reason);
      void keepSecond();
      return made;
    },
    list: () =>
      allNames().flatMap((name) => {
        const backup = read(name);
        return backup === null ? [] : [{ name, ...backup.head }];
      }),
    newest: () => newestHere()?.head.at ?? null,
    read,
    status: () => ({
      lookedAt,
      newest: readable(() => newestHere()?.head.at ?? null),
      failed,
      second:
        second === null
          ? null
          : {
              folder: second,
              state: running !== null && clock.now() - running.since > patience ? 'away' : secondState,
              writtenAt: readable(() => textIn(disk, notes.written)),
            },
    }),
    keepSecond,
    setSecond: (chosen) => {
      if (chosen === second) return;
      second = chosen;
      secondState = 'unknown';
      disk.remove(notes.written);
    },
  };
};

/**
 * Seals the backups in the data folder, which an earlier key sealed, under the key that counts; those that are sealed under
 * it already are left alone. One that the disk does not take stays as it is and is on no list any more.
 */
export const resealBackups = ({ disk, folder, key, log }: BackupsOptions, earlier: Buffer): void => {
  const here = backupsFolder(folder);
  const before = backupKey(earlier);
  const now = backupKey(key);
  try {
    for (const name of backupNames(disk, here)) {
      const backup = decodeBackup(before, disk.read(join(here, name)));
      if (backup !== null) disk.replace(join(here, name), encodeBackup(now, backup));
    }
    if (!disk.exists(here)) return;
    const places = new Set([...earlierPlaces(disk, here), ownPlace(earlier)]);
    disk.replace(notesIn(here).earlier, Buffer.from([...places].join('\n')));
  } catch (error) {
    log('backups-not-resealed', { code: codeOf(error) });
  }
};
