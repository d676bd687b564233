import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { realDisk } from '#main/data/local/disk.ts';
import { recoveryFile } from '#main/data/local/files.ts';
import {
  type RecoveryKeyProblem,
  readRecoveryKey,
  recoveryDigits,
  writeRecoveryKey,
} from '#shared/domain/recovery/recovery-key.ts';
import { DataFolderError, refuseSharedFile } from './key-file.ts';

const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'));
const Sealed = z.object({
  format: z.literal(1),
  salt: base64,
  nonce: base64,
  sealed: base64,
  tag: base64,
});

/** A recovery key is 148 random bits: it needs no slow derivation, which would be there for words people choose. */
const sealingKey = (recoveryKey: string, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', recoveryKey, salt, 'clinichub recovery key', 32));

/** A new recovery key, drawn at random. It is kept nowhere. */
export const newRecoveryKey = (): string =>
  writeRecoveryKey(Array.from({ length: recoveryDigits }, () => randomInt(31)));

/** Keeps the database's key sealed under a recovery key, in the data folder. An earlier recovery key is of no use from then on. */
export const sealUnder = (folder: string, databaseKey: Buffer, recoveryKey: string): void => {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(recoveryKey, salt), nonce);
  cipher.setAAD(salt);
  const sealed = Buffer.concat([cipher.update(databaseKey), cipher.final()]);
  const parts = { salt, nonce, sealed, tag: cipher.getAuthTag() };
  const written = Object.entries(parts).map(([name, bytes]) => [name, bytes.toString('base64')]);
  realDisk.makeFolder(folder);
  realDisk.replace(
    recoveryFile(folder),
    Buffer.from(JSON.stringify({ format: 1, ...Object.fromEntries(written) })),
  );
};

/**
 * Makes a recovery key for the database's key: it is returned to be shown once, and kept nowhere; the folder keeps the
 * database's key sealed under it. An earlier recovery key is of no use from then on.
 */
export const makeRecoveryKey = (folder: string, databaseKey: Buffer): string => {
  const recoveryKey = newRecoveryKey();
  sealUnder(folder, databaseKey, recoveryKey);
  return recoveryKey;
};

/** Why a recovery key opens nothing: a slip in it, no file beside it, a damaged one, or it is another one's. */
export type RecoveryProblem = RecoveryKeyProblem | { readonly problem: 'missing' | 'damaged' | 'other' };

/** A recovery key that was typed opens nothing. The message is for whoever typed it at a terminal. */
export class RecoveryError extends DataFolderError {
  override readonly name = 'RecoveryError';
  readonly reason: RecoveryProblem;

  constructor(reason: RecoveryProblem, message: string) {
    super(message);
    this.reason = reason;
  }
}

const slip = (problem: RecoveryKeyProblem): string => {
  if (problem.problem === 'length') return 'A recovery key has six groups of six symbols.';
  if (problem.problem === 'symbol')
    return `Group ${problem.group} has a symbol that no recovery key has: there is no 0, O, 1, I or L in it.`;
  return `Group ${problem.group} was not typed as it was printed. Compare it with the paper.`;
};

const readSealed = (file: string) => {
  if (!existsSync(file))
    throw new RecoveryError(
      { problem: 'missing' },
      `${file} is missing: no recovery key was ever made for this data folder.`,
    );
  refuseSharedFile(file);
  try {
    return Sealed.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new RecoveryError(
      { problem: 'damaged' },
      `${file} is damaged, and a recovery key is of no use without it.`,
    );
  }
};

/**
 * The database's key, from the recovery key somebody typed.
 * @throws RecoveryError in words for that person: where the slip is, or that it is another folder's key.
 */
export const recoverKey = (folder: string, typed: string): Buffer => {
  const read = readRecoveryKey(typed);
  if (!read.ok) throw new RecoveryError(read, slip(read));
  const { salt, nonce, sealed, tag } = readSealed(recoveryFile(folder));
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(read.key, salt), nonce, { authTagLength: 16 });
  decipher.setAAD(salt);
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  } catch {
    throw new RecoveryError(
      { problem: 'other' },
      'This is not the recovery key of this data folder, or not its newest one: an earlier one is of no use.',
    );
  }
};
