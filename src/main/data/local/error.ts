/**
 * Why the workstation's own database cannot be used:
 * - `wrong-key`: the file is whole, the key is another one;
 * - `damaged`: what the file holds is not what was written;
 * - `in-use`: another process has this data folder open;
 * - `newer`: the file was written by a later version of the program;
 * - `disk-full`, `disk-failed`: the write did not happen, nothing of it is left;
 * - `lease-expired`: no contact with the centre for longer than it allows; nothing is lost;
 * - `wiped`: an administrator has ordered the end of this copy;
 * - `not-ready`: the first copy from the centre has not arrived yet;
 * - `no-such-row`: a change was asked of a row that is not here;
 * - `overtaken`: what a change was made for is not as it was when somebody looked; nothing was written;
 * - `replica`: a change from the centre does not fit what is here.
 */
export type LocalErrorCode =
  | 'wrong-key'
  | 'damaged'
  | 'in-use'
  | 'newer'
  | 'disk-full'
  | 'disk-failed'
  | 'not-ready'
  | 'lease-expired'
  | 'wiped'
  | 'no-such-row'
  | 'overtaken'
  | 'replica';

/** An expected failure of the workstation's own database. The message carries no value of any row. */
export class LocalError extends Error {
  readonly code: LocalErrorCode;

  constructor(code: LocalErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'LocalError';
    this.code = code;
  }
}

const messages: readonly (readonly [prefix: string, code: LocalErrorCode, message: string])[] = [
  ['SQLITE_FULL', 'disk-full', 'The disk is full. Nothing of the change was written.'],
  ['SQLITE_IOERR', 'disk-failed', 'The disk failed while reading or writing.'],
  ['SQLITE_READONLY', 'disk-failed', 'The data folder cannot be written to.'],
  ['SQLITE_CANTOPEN', 'disk-failed', 'The data folder cannot be opened.'],
  ['SQLITE_CORRUPT', 'damaged', 'The database file is damaged.'],
  ['SQLITE_CONSTRAINT_FOREIGNKEY', 'no-such-row', 'A row this change names is not here.'],
  ['SQLITE_NOTADB', 'damaged', 'The database file is damaged.'],
];

/** The SQLite result code of an error thrown by the driver, or null. */
export const sqliteCode = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_')
    ? String(error.code)
    : null;

/** `error` as a {@link LocalError} when SQLite's result code tells what happened; any other error unchanged. */
export const asLocalError = (error: unknown): unknown => {
  const code = sqliteCode(error);
  const known = messages.find(([prefix]) => code?.startsWith(prefix));
  return known === undefined ? error : new LocalError(known[1], known[2], error);
};
