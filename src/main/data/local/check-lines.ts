import type { TableName } from '#shared/sync/catalogue.ts';
import type { Cell } from '#shared/sync/wire.ts';
import type { LocalContext } from './context.ts';
import { rowSql } from './rows.ts';

/** A row as the centre has it, as far as is known here: its id and its text on the wire. */
export interface Line {
  readonly id: string;
  readonly text: string;
}

/** Some rows of a range in order of id. `upto`: how far they reach; null is the end of the table. */
export interface Slice {
  readonly lines: readonly Line[];
  readonly upto: string | null;
}

const cellText = (cell: Cell): string =>
  cell === null ? 'null' : typeof cell === 'number' ? String(cell) : JSON.stringify(cell);

/**
 * The text `boot_page` sends for a row: `[row_version, column, ...]`. PostgreSQL's `json_build_array` puts a space after each
 * comma and escapes what `JSON.stringify` escapes, in the same way; a test holds the two against each other.
 */
export const wireText = (version: number, values: readonly Cell[]): string => {
  let text = `[${version}`;
  for (const value of values) text += `, ${cellText(value)}`;
  return `${text}]`;
};

/** Below and above every id. */
const lowest = '';
const highest = '~';

const idAt = (table: TableName): number => rowSql[table].columns.indexOf('id');

const shownSql = (table: TableName): string =>
  `SELECT ${rowSql[table].columns.join(', ')}, row_version FROM ${table} WHERE id > ? AND id <= ? ORDER BY id LIMIT ?`;

const basesSql = `SELECT pk, row_version, image FROM sync_base WHERE tbl = ? AND pk > ? AND pk <= ? ORDER BY pk`;

interface Base {
  readonly pk: string;
  readonly row_version: number;
  readonly image: string | null;
}

/**
 * The rows of `table` after one id and up to another (null: open), at most `most` of them, as the centre should have them: a row
 * with local work on top counts as its base image. One the centre has but that is not in its table is in nobody's sight: its
 * text then agrees with nothing.
 */
export const readSlice = (
  { statements }: LocalContext,
  table: TableName,
  after: string | null,
  upto: string | null,
  most: number,
): Slice => {
  const low = after ?? lowest;
  const shown = statements
    .prepare(shownSql(table))
    .raw(true)
    .all(low, upto ?? highest, most) as (readonly Cell[])[];
  const at = idAt(table);
  const last = shown.at(-1);
  const end = shown.length === most && last !== undefined ? String(last[at]) : upto;
  const bases = statements.all<Base>(basesSql, table, low, end ?? highest);
  const lines = new Map<string, string>();
  for (const row of shown) {
    lines.set(String(row[at]), wireText(Number(row.at(-1)), row.slice(0, -1)));
  }
  for (const { pk, row_version, image } of bases) {
    if (image === null) lines.delete(pk);
    else {
      const text = wireText(row_version, JSON.parse(image) as readonly Cell[]);
      lines.set(pk, lines.has(pk) ? text : `not shown: ${text}`);
    }
  }
  const all = Array.from(lines, ([id, text]) => ({ id, text }));
  // Only a base whose row is not shown was added out of its place.
  if (bases.length > 0) all.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { lines: all, upto: end };
};
