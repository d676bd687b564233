import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { realDisk } from '#main/data/local/disk.ts';
import { recoveryFile } from '#main/data/local/files.ts';
import { checkKey } from '#main/data/local/key-check.ts';
import { DataFolderError, keyFile, writePrivateFile } from './key-file.ts';
import { makeRecoveryKey, recoverKey } from './recovery.ts';

/** Whether a recovery key was made for a data folder. */
export const hasRecoveryKey = (folder: string): boolean => existsSync(recoveryFile(folder));

/** Makes a recovery key and says it, with what it is for: the only time that it can be read. */
export const tellRecoveryKey = (folder: string, databaseKey: Buffer): string => `
Recovery key of this workstation. Write it down or print it, and keep it away from this computer:

    ${makeRecoveryKey(folder, databaseKey)}

It is shown this once. With it, and this data folder, the database can be opened when its key is lost:
start with --recover. It takes the place of any earlier recovery key.
When the key and the recovery key are both lost, nobody can open this database again. All that was
synchronised is at the centre: enrol a new workstation. What had not been sent is lost.

`;

/** The first line of what is typed, or piped in. */
const firstLine = async (input: Readable): Promise<string> => {
  const lines = createInterface({ input });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
  }
};

/**
 * Asks for the recovery key on `input` and puts the database's key back into its file.
 * @throws DataFolderError or LocalError in words; nothing is changed then.
 */
export const recoverKeyFile = async (
  folder: string,
  input: Readable,
  say: (text: string) => void,
): Promise<void> => {
  const file = keyFile(folder);
  if (existsSync(file))
    throw new DataFolderError(
      `${file} is there, and nothing was changed. If it is not the right key, move it away and start with --recover again.`,
    );
  say('Recovery key: ');
  const key = recoverKey(folder, await firstLine(input));
  checkKey(realDisk, folder, key, false);
  writePrivateFile(file, key.toString('hex'));
  say(`\nThe key is back in ${file}. Start the workstation as ever, without --recover.\n`);
};
