import type { Statements } from './statements.ts';

interface UnsentFile {
  readonly hash: string;
  readonly size: number;
  readonly parts: number;
  readonly created_at: string;
}

/** A file of a damaged database, with its parts in order. */
export interface SavedFile extends UnsentFile {
  readonly bytes: readonly Buffer[];
}

/** Whole files that the centre lacks, as far as this database knows. */
export const unsentFiles = ({ all }: Statements): readonly UnsentFile[] =>
  all('SELECT hash, size, parts, created_at FROM blob WHERE complete = 1 AND sent < parts');

export const partsOfFile = ({ all }: Statements, hash: string): readonly Buffer[] =>
  all<{ bytes: Buffer }>('SELECT bytes FROM blob_part WHERE owner = ? ORDER BY n', hash).map(
    ({ bytes }) => bytes,
  );

/** Puts a file into a fresh database, to be sent from its beginning: what the centre has of it, it says itself. */
export const putFile = ({ run }: Statements, { hash, size, parts, created_at, bytes }: SavedFile): void => {
  run(
    'INSERT INTO blob (hash, size, parts, complete, created_at) VALUES (?, ?, ?, 1, ?)',
    ...[hash, size, parts, created_at],
  );
  for (const [n, part] of bytes.entries())
    run('INSERT INTO blob_part (owner, n, bytes) VALUES (?, ?, ?)', hash, n, part);
};
