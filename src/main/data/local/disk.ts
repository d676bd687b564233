import {
  closeSync,
  copyFileSync,
  existsSync,
  fdatasync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';

/** A file that only grows at its end. */
export interface AppendFile {
  /** Bytes in the file. */
  readonly size: () => number;
  /** Adds `bytes`. When it throws, a part of them may be there. */
  readonly append: (bytes: Uint8Array) => void;
  /** On the disk when it returns. */
  readonly sync: () => void;
  /** Resolves when what was added before the call is on the disk; does not keep the thread waiting. */
  readonly syncSoon: () => Promise<void>;
  readonly close: () => void;
}

/**
 * All that a workstation's data folder needs of the disk. Injected, so that a test can run something before each file
 * operation and each SQLite statement, and fail there as a full or dying disk does.
 */
export interface Disk {
  /** Opens, or makes, the SQLite database in `file`; waits `timeout` milliseconds for another's lock. */
  readonly open: (file: string, timeout: number) => Database.Database;
  readonly exists: (file: string) => boolean;
  readonly size: (file: string) => number;
  readonly read: (file: string) => Buffer;
  /** The names in a folder; none for a folder that is not there. */
  readonly list: (folder: string) => readonly string[];
  readonly makeFolder: (folder: string) => void;
  /** Puts `bytes` in place of the whole file: after a crash it is the old one or the new one. */
  readonly replace: (file: string, bytes: Uint8Array) => void;
  /** Copies a file to a place where none is, durably. */
  readonly copy: (from: string, to: string) => void;
  /** Moves a file, durably, within one file system. */
  readonly move: (from: string, to: string) => void;
  /** Nothing happens when the file is not there; a folder goes with all that is in it. */
  readonly remove: (file: string) => void;
  /** Opens a file, or makes it, to add at its end. */
  readonly append: (file: string) => AppendFile;
}

const dataSync = promisify(fdatasync);

/** A name in a folder is durable when the folder is. Windows cannot sync a folder, and its file system needs none. */
const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

const writeAll = (descriptor: number, bytes: Uint8Array): void => {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
};

const appendFile = (file: string): AppendFile => {
  const descriptor = openSync(file, 'a', 0o600);
  let size = statSync(file).size;
  let syncing = 0;
  let closed = false;
  return {
    size: () => size,
    append: (bytes) => {
      writeAll(descriptor, bytes);
      size += bytes.length;
    },
    sync: () => fsyncSync(descriptor),
    syncSoon: async () => {
      syncing += 1;
      try {
        await dataSync(descriptor);
      } finally {
        syncing -= 1;
        if (closed && syncing === 0) closeSync(descriptor);
      }
    },
    close: () => {
      if (closed) return;
      closed = true;
      // While a sync is under way the number must not become another file's.
      if (syncing === 0) closeSync(descriptor);
    },
  };
};

/** The computer's own disk. */
export const realDisk: Disk = {
  open: (file, timeout) => new Database(file, { timeout }),
  exists: existsSync,
  size: (file) => statSync(file).size,
  read: (file) => readFileSync(file),
  list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
  makeFolder: (folder) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  },
  replace: (file, bytes) => {
    const temporary = `${file}.new`;
    const descriptor = openSync(temporary, 'w', 0o600);
    try {
      writeAll(descriptor, bytes);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
    syncFolder(dirname(file));
  },
  copy: (from, to) => {
    copyFileSync(from, to);
    const descriptor = openSync(to, 'r+');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    syncFolder(dirname(to));
  },
  move: (from, to) => {
    renameSync(from, to);
    syncFolder(dirname(to));
    syncFolder(dirname(from));
  },
  remove: (file) => rmSync(file, { force: true, recursive: true }),
  append: appendFile,
};
