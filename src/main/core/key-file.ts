import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { realDisk } from '#main/data/local/disk.ts';
import { holdsData } from '#main/data/local/files.ts';

/** The data folder's own files are not as they must be, in words for who started the workstation. */
export class DataFolderError extends Error {
  override readonly name: string = 'DataFolderError';
}

/** Bytes of the database's key. */
export const keyBytes = 32;

/** Windows has no such modes; there the folder's own permissions protect the file. */
const hasModes = process.platform !== 'win32';

/** @throws DataFolderError when others than the owner may read or write `file`. */
export const refuseSharedFile = (file: string): void => {
  const mode = statSync(file).mode & 0o777;
  if (hasModes && (mode & 0o077) !== 0)
    throw new DataFolderError(
      `${file} can be read by other users of this computer (mode ${mode.toString(8)}). Make it private with: chmod 600 "${file}"`,
    );
};

/** Writes a file only its owner can read, on disk when it returns. Fails when the file is already there. */
export const writePrivateFile = (file: string, text: string | Uint8Array, flags: 'wx' | 'w' = 'wx'): void => {
  const descriptor = openSync(file, flags, 0o600);
  try {
    writeSync(descriptor, typeof text === 'string' ? Buffer.from(text) : text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** The key's file inside a data folder. */
export const keyFile = (folder: string): string => join(folder, 'key');

/**
 * Puts another key in the place of a folder's: the old file or the new one is there, whenever the computer stops. The bytes of
 * the old one are written over, where the system lets a file that was replaced be written to.
 */
export const replaceKey = (folder: string, key: Buffer): void => {
  const file = keyFile(folder);
  const old = hasModes ? openSync(file, 'r+') : null;
  try {
    realDisk.replace(file, Buffer.from(key.toString('hex')));
    if (old === null) return;
    writeSync(old, randomBytes(2 * keyBytes), 0, null, 0);
    fsyncSync(old);
  } finally {
    if (old !== null) closeSync(old);
  }
};

/** The key in a file. Throws {@link DataFolderError} when there is none, others may read it or it is no key. */
export const readKey = (file: string): Buffer => {
  if (!existsSync(file)) throw new DataFolderError(`${file} is missing, and the database's key with it.`);
  refuseSharedFile(file);
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text)) throw new DataFolderError(`${file} holds no key.`);
  return Buffer.from(text, 'hex');
};

/**
 * The key of a headless workstation's database: the one that `given` with this start, which is then kept nowhere, else the
 * one in the file `key` of its data folder; made at the first start. There is no keychain where no person signs in, so
 * the file's mode is what protects it.
 * @throws DataFolderError when others may read it, it is no key, or another one than was given.
 */
export const readOrMakeKey = (
  folder: string,
  given: { readonly place: string; readonly key: Buffer } | null = null,
): Buffer => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = keyFile(folder);
  if (!existsSync(file)) {
    if (given !== null) return given.key;
    if (holdsData(realDisk, folder))
      throw new DataFolderError(
        `${file} is missing, and without it the database in ${folder} cannot be read.`,
      );
    writePrivateFile(file, randomBytes(keyBytes).toString('hex'));
  }
  const key = readKey(file);
  if (given !== null && !key.equals(given.key))
    throw new DataFolderError(
      `${given.place} gives another key than ${file} holds. The database was made with one of them: take the other away.`,
    );
  return key;
};
