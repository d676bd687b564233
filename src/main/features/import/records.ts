import type { FileHandle } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';

/** Where a record stands: byte offsets `start` to `end` (its line end included) and the line it begins on, the first being 1. */
export interface Place {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export type RecordProblem = 'wrong-encoding' | 'malformed-row' | 'field-too-long';
export type CsvRecord = Place &
  ({ readonly fields: readonly string[] } | { readonly problem: RecordProblem });

/** A record beyond this is refused without being held whole. */
const maxRecordBytes = 2 * 1024 * 1024;
const chunkBytes = 256 * 1024;
const lineFeed = 10;
const quote = 34;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const countLines = (bytes: Buffer): number => {
  let lines = 0;
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) lines += 1;
  return lines;
};

/** The offset after the record's line end, or -1 when the record goes on past `bytes`; quotes hide line ends (RFC 4180). */
const recordEnd = (bytes: Buffer): { readonly end: number; readonly quoted: boolean } => {
  let quoted = false;
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === quote) quoted = !quoted;
    else if (bytes[at] === lineFeed && !quoted) return { end: at + 1, quoted };
  }
  return { end: -1, quoted };
};

const fieldsOf = (bytes: Buffer): readonly string[] | RecordProblem => {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return 'wrong-encoding';
  }
  text = text.replace(/\r?\n?$/, '');
  if (!text.includes('"')) return text.split(',');
  try {
    const rows = parse(text, { record_delimiter: '\n', relax_column_count: true });
    return rows.length === 1 && rows[0] !== undefined ? rows[0] : 'malformed-row';
  } catch {
    return 'malformed-row';
  }
};

/** The unread part of a file: at most one record and one chunk of it are in memory. */
class Window {
  bytes: Buffer = Buffer.alloc(0);
  #next: number;
  readonly #file: FileHandle;
  readonly #end: number;
  start: number;
  line: number;

  constructor(file: FileHandle, place: Place) {
    this.#file = file;
    this.#next = place.start;
    this.#end = place.end;
    this.start = place.start;
    this.line = place.line;
  }

  /** False at the end of the range. */
  async more(): Promise<boolean> {
    const wanted = Math.min(Math.max(chunkBytes, this.bytes.length), this.#end - this.#next);
    if (wanted <= 0) return false;
    const chunk = Buffer.allocUnsafe(wanted);
    const { bytesRead } = await this.#file.read(chunk, 0, wanted, this.#next);
    this.#next += bytesRead;
    this.bytes = Buffer.concat([this.bytes, chunk.subarray(0, bytesRead)]);
    return bytesRead > 0;
  }

  /** Takes `length` bytes off the front and says where they stood. */
  take(length: number): { readonly taken: Buffer; readonly place: Place } {
    const taken = this.bytes.subarray(0, length);
    const place = { line: this.line, start: this.start, end: this.start + length };
    this.bytes = this.bytes.subarray(length);
    this.start += length;
    this.line += countLines(taken);
    return { taken, place };
  }

  /** Drops everything up to and with the next line end. */
  async skipLine(): Promise<void> {
    for (;;) {
      const at = this.bytes.indexOf(lineFeed);
      if (at >= 0) {
        this.take(at + 1);
        return;
      }
      this.take(this.bytes.length);
      if (!(await this.more())) return;
    }
  }
}

/** The next record when it is whole in the window or at the end of the file; null when there is none. */
async function nextRecord(window: Window): Promise<CsvRecord | null> {
  let found = recordEnd(window.bytes);
  while (found.end < 0 && window.bytes.length < maxRecordBytes && (await window.more())) {
    found = recordEnd(window.bytes);
  }
  if (window.bytes.length === 0) return null;
  if (found.end < 0 && !found.quoted && window.bytes.length < maxRecordBytes) {
    found = { end: window.bytes.length, quoted: false };
  }
  if (found.end < 0) return refuseOverlong(window, found.quoted);
  const firstLine = window.bytes.indexOf(lineFeed) + 1;
  const fields = fieldsOf(window.bytes.subarray(0, found.end));
  if (fields === 'malformed-row' && firstLine > 0 && firstLine < found.end) {
    // One stray quote must not swallow the lines after it: go on right behind the line it stands on.
    return { ...window.take(firstLine).place, problem: fields };
  }
  const { place } = window.take(found.end);
  return typeof fields === 'string' ? { ...place, problem: fields } : { ...place, fields };
}

async function refuseOverlong(window: Window, quoted: boolean): Promise<CsvRecord> {
  const firstLine = window.bytes.indexOf(lineFeed) + 1;
  if (quoted && firstLine > 0) return { ...window.take(firstLine).place, problem: 'malformed-row' };
  const overlong = window.bytes.length >= maxRecordBytes;
  const { place } = window.take(window.bytes.length);
  await window.skipLine();
  return { ...place, end: window.start, problem: overlong ? 'field-too-long' : 'malformed-row' };
}

/**
 * Reads CSV records (RFC 4180, UTF-8, LF or CRLF) of a part of a file as a stream. A record that cannot be read is
 * yielded as a problem and reading goes on at the next line. Empty lines are passed over.
 */
export async function* readRecords(file: FileHandle, place: Place): AsyncGenerator<CsvRecord> {
  const window = new Window(file, place);
  for (let record = await nextRecord(window); record !== null; record = await nextRecord(window)) {
    const empty = 'fields' in record && record.fields.length === 1 && record.fields[0] === '';
    if (!empty) yield record;
  }
}
