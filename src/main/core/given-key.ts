import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataFolderError, refuseSharedFile } from './key-file.ts';

/** The name of the key among a service's credentials, as in systemd's `LoadCredentialEncrypted=clinichub-key`. */
const credentialName = 'clinichub-key';

/** The key that `text` writes in hexadecimal or base64, or null when it is none. */
export const keyIn = (text: string): Buffer | null => {
  const written = text.trim();
  if (/^[0-9a-f]{64}$/i.test(written)) return Buffer.from(written, 'hex');
  if (/^[\w+/-]{43}=?$/.test(written)) return Buffer.from(written, 'base64');
  return null;
};

/** The key a place says. The words never quote it. */
const keyAt = (place: string, text: string): Buffer => {
  const key = keyIn(text);
  if (key !== null) return key;
  throw new DataFolderError(
    `${place} holds no key: it has to be 32 random bytes, written as 64 hexadecimal digits or in base64. Make one with: openssl rand -hex 32`,
  );
};

const read = (place: string, file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new DataFolderError(`${place} names ${file}, which cannot be read.`);
  }
};

/** A key that was given at this start, and where: for words. */
export interface GivenKey {
  readonly place: string;
  readonly key: Buffer;
}

const fromVariable = (env: NodeJS.ProcessEnv): readonly GivenKey[] => {
  const text = env.CLINICHUB_KEY;
  // What this process starts has no need of it, and what it tells of itself must not have it.
  delete env.CLINICHUB_KEY;
  return text ? [{ place: 'CLINICHUB_KEY', key: keyAt('CLINICHUB_KEY', text) }] : [];
};

const fromFile = (place: string, file: string | null | undefined): readonly GivenKey[] => {
  return file ? [{ place, key: keyFrom(place, file) }] : [];
};

/** The key in a file that whoever starts a command names. @throws DataFolderError */
export const keyFrom = (place: string, file: string): Buffer => {
  const text = read(place, file);
  refuseSharedFile(file);
  return keyAt(place, text);
};

/** The folder is this service's alone; its files' modes say nothing, since the right to them may be an access list's. */
const fromCredential = (env: NodeJS.ProcessEnv): readonly GivenKey[] => {
  const folder = env.CREDENTIALS_DIRECTORY;
  const file = folder ? join(folder, credentialName) : null;
  if (file === null || !existsSync(file)) return [];
  const place = `the credential ${credentialName}`;
  return [{ place, key: keyAt(place, read('CREDENTIALS_DIRECTORY', file)) }];
};

/**
 * The database's key as whoever started this process gives it: in `file` (`--key`), in the variable CLINICHUB_KEY, which is
 * taken out of `env`, in the file that CLINICHUB_KEY_FILE names, or as the credential `clinichub-key` of a service. Null when none is given.
 * @throws DataFolderError when it is no key, or two places give different ones.
 */
export const givenKey = (file: string | null, env: NodeJS.ProcessEnv): GivenKey | null => {
  const given = [
    ...fromVariable(env),
    ...fromFile('--key', file),
    ...fromFile('CLINICHUB_KEY_FILE', env.CLINICHUB_KEY_FILE),
    ...fromCredential(env),
  ];
  const [first, ...others] = given;
  const other = others.find(({ key }) => first !== undefined && !key.equals(first.key));
  if (first !== undefined && other !== undefined)
    throw new DataFolderError(
      `${first.place} and ${other.place} give different keys. Leave the one with which the database was made.`,
    );
  return first ?? null;
};
