import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { openLocal } from '#main/data/local/open.ts';
import { type GivenKey, keyFrom } from './given-key.ts';
import { changeKey } from './key-change.ts';
import { DataFolderError, keyBytes, keyFile, readKey, replaceKey } from './key-file.ts';
import { tellRecoveryKey } from './recovery-commands.ts';

interface RekeyOptions {
  readonly data: string;
  readonly backupTo: string | null;
}

/** The key that counts now, the one that is to, and how that is kept. */
const keysOf = (data: string, newKey: string | null, given: GivenKey | null) => {
  if (given === null || existsSync(keyFile(data))) {
    if (newKey !== null)
      throw new DataFolderError(
        `The key is in ${keyFile(data)} and --rekey makes the new one: leave --new-key out.`,
      );
    return {
      key: readKey(keyFile(data)),
      next: randomBytes(keyBytes),
      replace: async (next: Buffer) => replaceKey(data, next),
      last: '',
    };
  }
  if (newKey === null)
    throw new DataFolderError(
      `The key is given by ${given.place}: say with --new-key which file has the new one. Make one with: openssl rand -hex 32`,
    );
  return {
    key: given.key,
    next: keyFrom('--new-key', newKey),
    // Whoever gives the key keeps it.
    replace: async () => undefined,
    last: `From now on ${given.place} has to give the new key: the old one opens nothing any more.\n`,
  };
};

/**
 * Encrypts everything of a workstation that does not run with a new key, and tells the new recovery key. What a kill has
 * left of it is finished or taken back by the next start, or by this command.
 * @throws DataFolderError or LocalError in words; then the old key opens everything.
 */
export const rekeyFolder = async (
  { data, backupTo: secondBackups }: RekeyOptions,
  { newKey }: { readonly newKey: string | null },
  given: GivenKey | null,
  say: (text: string) => void,
): Promise<void> => {
  const { key, next, replace, last } = keysOf(data, newKey, given);
  if (next.equals(key)) throw new DataFolderError('The new key is the one that is in use.');
  // What is wrong with the database is found, and put right, before anything else.
  openLocal({ folder: data, key, secondBackups }).close();
  await changeKey(data, key, next, { replace });
  const local = openLocal({ folder: data, key: next, secondBackups });
  await local.backups.keepSecond();
  local.close();
  say(`Everything is encrypted with a new key, backups too. ${last}`);
  say(tellRecoveryKey(data, next));
};
