import { type Clock, neverBack } from '#shared/kernel/clock.ts';
import type { ChainLink } from '#shared/sync/wire.ts';
import type { AppendFile, Disk } from './disk.ts';
import { LocalError } from './error.ts';
import { mirrorFile } from './files.ts';
import {
  type Contents,
  contentsOf,
  contentsOfDatabase,
  type Entry,
  entriesOf,
  type Identity,
  identityOf,
  mirrorFormat,
} from './mirror-entries.ts';
import { type Decoded, decodeRecords, encodeRecord, mirrorKey, newFileMark } from './mirror-format.ts';
import { readState } from './state.ts';
import type { Statements } from './statements.ts';

/** What could be read of a mirror. */
export interface MirrorRead extends Contents, Omit<Decoded, 'texts'> {
  /** Whether anything could be: then the key is the one it was written with. */
  readonly readable: boolean;
}

/** Reads a folder's mirror; null when there is none, or an empty file. Throws {@link LocalError} `newer`. */
export const readMirror = (disk: Disk, folder: string, key: Buffer): MirrorRead | null => {
  const file = mirrorFile(folder);
  if (!disk.exists(file) || disk.size(file) === 0) return null;
  const { texts, ...decoded } = decodeRecords(disk.read(file), mirrorKey(key));
  const entries = texts.flatMap((text) => JSON.parse(text) as readonly Entry[]);
  if (entries.some((entry) => entry.t === 'identity' && entry.format > mirrorFormat)) {
    throw new LocalError(
      'newer',
      'The data folder was written by a later version of ClinicHub. Nothing was changed.',
    );
  }
  return { ...contentsOf(entries), ...decoded, readable: texts.length > 0 };
};

/** Mutations in one record of a new file. */
const mutationsPerRecord = 200;

/** Puts a mirror that says `contents` in place of the folder's, durably. Returns the mark and the number of its records. */
export const writeMirror = (
  disk: Disk,
  folder: string,
  key: Buffer,
  contents: Contents,
): { readonly mark: Buffer; readonly records: number } => {
  const mark = newFileMark();
  const sealing = mirrorKey(key);
  const records: Buffer[] = [];
  let group: Entry[] = [];
  const seal = () => {
    if (group.length > 0) records.push(encodeRecord(sealing, mark, records.length, JSON.stringify(group)));
    group = [];
  };
  for (const entry of entriesOf(contents)) {
    group.push(entry);
    if (group.length === mutationsPerRecord || entry.t === 'identity') seal();
  }
  seal();
  disk.replace(mirrorFile(folder), Buffer.concat(records));
  return { mark, records: records.length };
};

/**
 * A second, append-only copy of the outbox beside the database. A record is written after the commit it tells of and
 * before the caller hears of that commit; it reaches the disk a moment later, without anybody waiting.
 */
export interface Mirror {
  /** To be written when the transaction under way has committed. */
  add(entry: Entry): void;
  /** As `add` of who we are to the centre, when that is news. */
  addIdentity(): void;
  /** As `add` of the place of the centre's ledger that the next mutation was made at, when that is news. */
  addPlace(): void;
  /** The mirror is to be written anew when the transaction under way has committed: numbers or payloads changed. */
  renew(): void;
  committed(): void;
  /** As `committed`, after a pull: a file that has grown is written anew when nothing waits but what is parked: till then it is of use. */
  settled(): void;
  rolledBack(): void;
  /** Whether the mirror lacks something, because the disk is full or failing. */
  behind(): boolean;
  /** Leaves the mirror on the disk as the database is. */
  close(): void;
}

export interface MirrorOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly key: Buffer;
  readonly statements: Statements;
  readonly clock: Clock;
  readonly log: (event: string, facts: Readonly<Record<string, string | number | boolean | null>>) => void;
}

/** A file that has not grown beyond this is left alone. */
const smallBytes = 256 * 1024;
/** The least time between two tries to catch up. */
const patience = 5_000;

/** A failure of the disk or of SQLite carries a code; anything else is a bug, or the end of a simulated process. */
const isFailure = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string';

/** Writes the folder's mirror anew from the database, and goes on with it from there. */
export const openMirror = (options: MirrorOptions): Mirror => {
  const { disk, folder, statements, clock, log } = options;
  const key = mirrorKey(options.key);
  const elapsed = neverBack(clock);
  let file: AppendFile | null = null;
  let mark = newFileMark();
  let sequence = 0;
  let pending: Entry[] = [];
  let told: Identity | null = null;
  let toldPlace: ChainLink | null = null;
  let renewed = false;
  let failedAt: number | null = null;
  let compactAt = smallBytes;
  let syncing = false;
  let unsynced = false;

  const fellBehind = (code: string) => {
    if (failedAt === null) log('mirror-behind', { code });
    failedAt = elapsed.now();
  };

  const failed = (error: unknown) => {
    if (!isFailure(error)) throw error;
    fellBehind(error.code);
  };

  const rewrite = () => {
    pending = [];
    renewed = false;
    try {
      const contents = contentsOfDatabase(statements);
      file?.close();
      file = null;
      ({ mark, records: sequence } = writeMirror(disk, folder, options.key, contents));
      file = disk.append(mirrorFile(folder));
      told = contents.identity;
      toldPlace = null;
      compactAt = Math.max(smallBytes, 2 * file.size());
      if (failedAt !== null) log('mirror-caught-up', {});
      failedAt = null;
    } catch (error) {
      failed(error);
    }
  };

  /** One sync is under way, and at most one more is to come, however many commits there are. */
  const sync = () => {
    unsynced = true;
    if (syncing || file === null) return;
    syncing = true;
    unsynced = false;
    file
      .syncSoon()
      .catch((error: unknown) => fellBehind(isFailure(error) ? error.code : 'unknown'))
      .finally(() => {
        syncing = false;
        if (unsynced) sync();
      });
  };

  const write = (entries: readonly Entry[]) => {
    if (file === null) return;
    try {
      file.append(encodeRecord(key, mark, sequence, JSON.stringify(entries)));
      sequence += 1;
      sync();
    } catch (error) {
      failed(error);
    }
  };

  const committed = () => {
    const entries = pending;
    pending = [];
    if (failedAt !== null) {
      if (elapsed.now() - failedAt >= patience) rewrite();
      return;
    }
    if (renewed) return rewrite();
    if (entries.length === 0) return;
    write(entries);
  };

  rewrite();

  return {
    add: (entry) => {
      pending.push(entry);
    },
    addIdentity: () => {
      const identity = identityOf(readState(statements));
      if (told !== null && JSON.stringify(identityOf(told)) === JSON.stringify(identity)) return;
      const before = told?.device_id ?? null;
      // Another device's numbers begin anew: what is in the file is no longer this workstation's.
      renewed ||= before !== null && before !== identity.device_id;
      told = identity;
      pending.push(identity);
    },
    addPlace: () => {
      const { cursor, chain } = readState(statements);
      if (chain === null || chain === toldPlace?.chain) return;
      // All was copied anew from a centre that was restored: the file tells of places that were lost.
      renewed ||= toldPlace !== null && cursor < toldPlace.seq;
      toldPlace = { seq: cursor, chain };
      pending.push({ t: 'place', ...toldPlace });
    },
    renew: () => {
      renewed = true;
    },
    committed,
    settled: () => {
      committed();
      const grown = failedAt === null && file !== null && file.size() > compactAt;
      if (grown && statements.get(`SELECT 1 FROM outbox WHERE status <> 'parked' LIMIT 1`) === undefined)
        rewrite();
    },
    rolledBack: () => {
      if (pending.some(({ t }) => t === 'identity')) told = null;
      toldPlace = null;
      renewed = false;
      pending = [];
    },
    behind: () => failedAt !== null,
    close: () => {
      if (failedAt !== null) rewrite();
      try {
        file?.sync();
      } catch (error) {
        failed(error);
      }
      file?.close();
      file = null;
    },
  };
};
