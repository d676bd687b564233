import type { ListedBackup } from '#main/data/local/backups.ts';
import { openLocal } from '#main/data/local/open.ts';
import { DataFolderError } from './key-file.ts';

/** A workstation that is not running, as its host opens it. */
interface Folder {
  readonly folder: string;
  readonly key: Buffer;
  readonly secondBackups: string | null;
}

const lineOf = ({ name, at, unsent, noteDrafts, formDrafts, files }: ListedBackup): string =>
  `${name}  ${at}  not sent: ${unsent}, notes: ${noteDrafts}, forms: ${formDrafts}, files: ${files}`;

/** The backups of a workstation, a line each, the newest first. Throws what `openLocal` throws, also while it runs. */
export const listBackups = (folder: Folder): string => {
  const local = openLocal(folder);
  try {
    const lines = local.backups.list().map(lineOf);
    return lines.length === 0 ? 'There is no backup that can be read.\n' : `${lines.join('\n')}\n`;
  } finally {
    local.close();
  }
};

/**
 * Brings back what is in a backup and nowhere else, and says what that was.
 * @throws DataFolderError in words, and what `openLocal` throws.
 */
export const restoreFrom = (folder: Folder, name: string): string => {
  const local = openLocal(folder);
  try {
    const restored = local.backups.restore(name);
    if (restored === null)
      throw new DataFolderError(`${name} is no backup that can be read. --backups lists those that can.`);
    if (restored === 'incomplete')
      throw new DataFolderError(
        'Not all rows have come from the centre yet. Start the workstation, wait until it is up to date, end it, and restore then.',
      );
    const { work, known, drafts, files } = restored;
    return `Brought back: ${work} pieces of work, ${drafts} drafts, ${files} files. Known already: ${known}. Start the workstation: what was brought back is sent.\n`;
  } finally {
    local.close();
  }
};
