import { CentreAdminError } from '#main/data/central/admin-error.ts';
import { EmbeddedCentreError } from '#main/data/central/embedded-error.ts';
import { LocalError } from '#main/data/local/error.ts';

/** An expected failure of `npm start`. The message says what happened, what was kept and what to do. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}

const fileSystem: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. What was saved before is kept. Free some space and start again.',
  EDQUOT:
    'Your share of the disk is used up. What was saved before is kept. Free some space and start again.',
  EACCES:
    'may not be written to. Nothing was changed. Change its permissions, or choose another with --data <folder>.',
  EPERM:
    'may not be written to. Nothing was changed. Change its permissions, or choose another with --data <folder>.',
  EROFS: 'is on a disk that cannot be written to. Choose another with --data <folder>.',
  ENOTDIR: 'is not a folder, or lies in something that is none. Choose another with --data <folder>.',
  ENAMETOOLONG: 'has too long a name. Choose another with --data <folder>.',
  ELOOP: 'is a link that leads back to itself. Choose another with --data <folder>.',
  EEXIST: 'is not a folder. Choose another with --data <folder>.',
};

const beginAnew =
  'Nothing was changed. To begin with a new demonstration clinic and keep this one aside: npm start -- --fresh';

const kept: Partial<Record<EmbeddedCentreError['code'], string>> = {
  damaged: beginAnew,
  failed: beginAnew,
  'already-running': 'Nothing was changed.',
};

/** What to print for a person, without a stack trace; null for what is a bug. */
export const explain = (error: unknown, folder: string): string | null => {
  if (error instanceof StartProblem || error instanceof CentreAdminError) return error.message;
  if (error instanceof LocalError) return error.message;
  if (error instanceof EmbeddedCentreError)
    return [error.message, kept[error.code]].filter(Boolean).join(' ');
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words = fileSystem[code];
  if (words === undefined) return null;
  return words.startsWith('The ') || words.startsWith('Your ') ? words : `The folder ${folder} ${words}`;
};
