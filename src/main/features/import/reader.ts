import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportProblem } from '#shared/contract/import.ts';
import { type Place, readRecords } from './records.ts';

export type ProblemCode = ImportProblem['code'];

/** A row of a table, by column name; a column the file does not have reads as ''. */
export interface Row {
  readonly place: Place;
  readonly get: (column: string) => string;
}

export interface BadRow {
  readonly place: Place;
  readonly code: ProblemCode;
  readonly column: string | null;
}

export const isBad = (row: Row | BadRow): row is BadRow => 'code' in row;

/** An open CSV file whose header has been read. */
export interface Table {
  readonly file: string;
  /** All rows, or those of one part of the file that begins and ends at a row. */
  rows(part?: Place): AsyncGenerator<Row | BadRow>;
  close(): Promise<void>;
}

export type Opened =
  | { readonly ok: true; readonly table: Table }
  | { readonly ok: false; readonly bad: BadRow };

/** No field of a medical record we import is longer; what is, is a mistake or an attack. */
const maxFieldLength = 10_000;
const utf8Mark = Buffer.from([0xef, 0xbb, 0xbf]);
const utf16Marks = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];
const top: Place = { line: 1, start: 0, end: 0 };

const headerOf = async (file: FileHandle, whole: Place) => {
  for await (const record of readRecords(file, whole)) return record;
  return null;
};

/** The byte after a UTF-8 byte order mark, or null for a file in UTF-16. */
const firstByte = async (file: FileHandle): Promise<number | null> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(3), 0, 3, 0);
  const head = buffer.subarray(0, bytesRead);
  if (utf16Marks.some((mark) => head.subarray(0, 2).equals(mark))) return null;
  return head.equals(utf8Mark) ? 3 : 0;
};

const rowsOf = async function* (
  file: FileHandle,
  columns: ReadonlyMap<string, number>,
  width: number,
  part: Place,
): AsyncGenerator<Row | BadRow> {
  const names = [...columns.keys()];
  for await (const record of readRecords(file, part)) {
    const place = { line: record.line, start: record.start, end: record.end };
    if ('problem' in record) {
      yield { place, code: record.problem, column: null };
      continue;
    }
    const { fields } = record;
    const long = fields.findIndex((field) => field.length > maxFieldLength);
    if (fields.length !== width) yield { place, code: 'malformed-row', column: null };
    else if (long >= 0) yield { place, code: 'field-too-long', column: names[long] ?? null };
    else yield { place, get: (column) => (fields[columns.get(column) ?? -1] ?? '').trim() };
  }
};

const openTable = async (file: FileHandle, name: string, required: readonly string[]): Promise<Opened> => {
  const begin = await firstByte(file);
  const refuse = (code: ProblemCode, column: string | null): Opened => ({
    ok: false,
    bad: { place: top, code, column },
  });
  if (begin === null) return refuse('wrong-encoding', null);
  const { size } = await file.stat();
  const header = await headerOf(file, { line: 1, start: begin, end: size });
  if (header !== null && 'problem' in header) return refuse(header.problem, null);
  const names = (header?.fields ?? []).map((field) => field.trim().toUpperCase());
  const missing = required.find((column) => !names.includes(column));
  if (header === null || missing !== undefined)
    return refuse('missing-column', missing ?? required[0] ?? null);
  const columns = new Map(names.map((column, index) => [column, index]));
  const breaks = header.fields.join('').split('\n').length;
  const body = { line: header.line + breaks, start: header.end, end: size };
  const rows = (part: Place = body) => rowsOf(file, columns, names.length, part);
  return { ok: true, table: { file: name, rows, close: () => file.close() } };
};

/**
 * Opens `name` in `folder`. Not ok when a required column (in capitals) is missing or the file is not UTF-8: then the
 * whole file is refused. Rejects when the file cannot be opened or is no regular file.
 */
export const readTable = async (
  folder: string,
  name: string,
  required: readonly string[],
): Promise<Opened> => {
  const path = join(folder, name);
  // Looked at before it is opened: opening a named pipe would wait for somebody to write into it.
  if (!(await stat(path)).isFile()) throw Object.assign(new Error('not a file'), { code: 'EINVAL', path });
  const file = await open(path, 'r');
  try {
    const opened = await openTable(file, name, required);
    if (!opened.ok) await file.close();
    return opened;
  } catch (error) {
    await file.close();
    throw error;
  }
};
