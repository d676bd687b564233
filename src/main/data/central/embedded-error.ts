/** Why the embedded PostgreSQL did not start, as a code to act on. */
export type EmbeddedProblem =
  | 'port-in-use'
  | 'disk-full'
  | 'damaged'
  | 'not-writable'
  | 'already-running'
  | 'still-ending'
  | 'not-supported'
  | 'failed';

/** An expected failure of the embedded PostgreSQL. The message tells a person what happened and what to do. */
export class EmbeddedCentreError extends Error {
  readonly code: EmbeddedProblem;

  constructor(code: EmbeddedProblem, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'EmbeddedCentreError';
    this.code = code;
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** A failure of the file system, in the words of {@link EmbeddedCentreError}. */
export const fileProblem = (error: unknown, folder: string): EmbeddedCentreError => {
  if (error instanceof EmbeddedCentreError) return error;
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new EmbeddedCentreError(
      'disk-full',
      `There is no space left on the disk for ${folder}. Free some and start again.`,
      error,
    );
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code))
    return new EmbeddedCentreError(
      'not-writable',
      `The folder ${folder} cannot be written (${code}). Choose another or change its permissions.`,
      error,
    );
  const message = error instanceof Error ? error.message : String(error);
  return new EmbeddedCentreError('failed', `The database could not be started: ${message}`, error);
};

const signs: readonly (readonly [RegExp, EmbeddedCentreError['code'], string])[] = [
  [
    /No space left on device|Disk quota exceeded/i,
    'disk-full',
    'There is no space left on the disk. Free some and start again.',
  ],
  [
    /Address already in use|could not (bind|create any TCP)/i,
    'port-in-use',
    'The port is used by another program. Stop that program or choose another port.',
  ],
  [
    /pre-existing shared memory block/i,
    'still-ending',
    'A query of a PostgreSQL that was killed is still at work on this data folder. Wait for it to end, or restart the machine.',
  ],
  [
    /lock file "postmaster\.pid" already exists/i,
    'already-running',
    'Another PostgreSQL is running on this data folder. Stop it first.',
  ],
  [
    /database files are incompatible|could not locate a valid checkpoint|could not open file "(global|base|pg_)|invalid (data in|checkpoint)|incorrect checksum|is not a valid data directory|could not find the database system/i,
    'damaged',
    'The data folder is damaged. Put back a backup of it, or move it away to begin with an empty one.',
  ],
  [
    /Permission denied|Read-only file system|has invalid permissions|has wrong ownership/i,
    'not-writable',
    'The data folder cannot be used by PostgreSQL. Check its owner and permissions.',
  ],
];

/** What PostgreSQL's own last words mean. `output` is in English because it is started with LC_MESSAGES=C. */
export const outputProblem = (output: string, folder: string): EmbeddedCentreError => {
  for (const [sign, code, advice] of signs)
    if (sign.test(output)) return new EmbeddedCentreError(code, `${advice} (${folder})`, output);
  const last =
    output
      .split('\n')
      .filter((line) => /FATAL|PANIC|error/i.test(line))
      .at(-1) ??
    output.trim().split('\n').at(-1) ??
    '';
  return new EmbeddedCentreError('failed', `PostgreSQL did not start: ${last.trim()} (${folder})`, output);
};
