import { parse } from 'csv-parse/sync';
import {
  type BadLine,
  type HolidayLine,
  isHolidayName,
  readHolidayDay,
} from '#shared/domain/scheduling/holiday-file.ts';

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** What the columns may be called; `last` and `site` may be missing. */
const columnNames = {
  first: ['date', 'day', 'start', 'jour', 'd\u00e9but'],
  last: ['end', 'last', 'fin'],
  name: ['name', 'holiday', 'summary', 'nom', 'f\u00eate'],
  site: ['site', 'lieu'],
} as const;

/** The holidays of a CSV file, commas or semicolons, with a line of names first; what cannot be read is named with its line. */
export const readHolidayCsv = (csv: string): readonly (HolidayLine | BadLine)[] => {
  // Where a semicolon parts the columns, a name may have commas.
  const delimiter = csv.split(/[\r\n]/, 1)[0]?.includes(';') ? ';' : ',';
  let rows: readonly Row[];
  try {
    // With `info`, rows come so; the types do not say it.
    rows = parse(csv, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as readonly Row[];
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 1;
    return [{ line, code: 'malformed-row' }];
  }
  const header = (rows[0]?.record ?? []).map((name) => name.toLocaleLowerCase());
  const columnOf = (names: readonly string[]) => header.findIndex((name) => names.includes(name));
  const [first, last, name, site] = [
    columnOf(columnNames.first),
    columnOf(columnNames.last),
    columnOf(columnNames.name),
    columnOf(columnNames.site),
  ];
  if (first < 0 || name < 0) return [{ line: 1, code: 'missing-column' }];
  return rows.slice(1).map(({ record, info: { lines: line } }): HolidayLine | BadLine => {
    const at = (column: number) => record[column] ?? '';
    if (record.length > header.length) return { line, code: 'malformed-row' };
    const startDate = readHolidayDay(at(first));
    const endDate = at(last) === '' ? startDate : readHolidayDay(at(last));
    if (startDate === null || endDate === null || endDate < startDate) return { line, code: 'day' };
    if (!isHolidayName(at(name))) return { line, code: 'name' };
    return { line, startDate, endDate, name: at(name), site: at(site) };
  });
};
