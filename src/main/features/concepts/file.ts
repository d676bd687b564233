import { readFile, stat } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { ConceptImport } from '#shared/contract/concepts.ts';
import {
  type BadLine,
  codeOf,
  formatOf,
  type ReadCode,
  readCodes,
} from '#shared/domain/concepts/read-codes.ts';

/** ICD-10-CM has 15 MB; what is much larger is something else. */
const largest = 64 * 1024 * 1024;

export type FileFailure = NonNullable<ConceptImport['failure']>;

/** Whether there is such a file. */
export const isFile = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => null))?.isFile() ?? false;

/** The text of a file, or why there is none: it is too large, cannot be read, or is not UTF-8. */
export const readText = async (
  path: string,
): Promise<{ readonly text: string } | { readonly failure: FileFailure }> => {
  try {
    if ((await stat(path)).size > largest) return { failure: 'too-large' };
    const bytes = await readFile(path);
    if (bytes.includes(0)) return { failure: 'wrong-encoding' };
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    return { failure: error instanceof TypeError ? 'wrong-encoding' : 'unreadable' };
  }
};

const titles = ['title', 'display', 'description', 'long description', 'name', 'label'];

/** Which columns have the code and the title: as the heading says, else the first two. */
const columnsOf = (
  first: readonly string[],
): { readonly code: number; readonly title: number; readonly heading: boolean } => {
  const names = first.map((name) => name.trim().toLowerCase());
  const [code, title] = [names.indexOf('code'), names.findIndex((name) => titles.includes(name))];
  return code >= 0 && title >= 0 ? { code, title, heading: true } : { code: 0, title: 1, heading: false };
};

function* tableCodes(text: string): Generator<ReadCode | BadLine> {
  const bad: BadLine[] = [];
  const first = text.split(/\r?\n/, 1)[0] ?? '';
  const delimiter = first.split(';').length > first.split(',').length ? ';' : ',';
  const rows = parse(text, {
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => void bad.push({ line: Number(error?.lines ?? 0), problem: 'malformed-row' }),
  }) as unknown as readonly {
    readonly record: readonly string[];
    readonly info: { readonly lines: number };
  }[];
  const { code, title, heading } = columnsOf(rows[0]?.record ?? []);
  for (const { record, info } of heading ? rows.slice(1) : rows)
    yield codeOf(info.lines, record[code] ?? '', record[title] ?? '');
  yield* bad;
}

/** The codes of a text in whichever format it is. */
export function* codesIn(text: string): Generator<ReadCode | BadLine> {
  const format = formatOf(text);
  if (format === 'csv') yield* tableCodes(text);
  else yield* readCodes(text, format);
}
