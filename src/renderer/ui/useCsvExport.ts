import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { writeCsv } from '#shared/kernel/csv.ts';
import { downloadFile } from './download.ts';
import { errorText } from './error-text.ts';
import { toast } from './toasts.ts';

interface CsvExport<Row, Place> {
  readonly headings: readonly string[];
  readonly cells: (row: Row) => readonly string[];
  /** Asks for the rows after a place, from the beginning where there is none yet. */
  readonly page: (
    after: Place | null,
  ) => Promise<{ readonly rows: readonly Row[]; readonly next: Place | null }>;
  readonly file: () => string;
  /** Tells that it is done; `cut`: not all of it fitted. */
  readonly done: (told: { readonly count: number; readonly file: string; readonly cut: boolean }) => string;
}

/** Rows of one file: more no spreadsheet is comfortable with. */
export const mostExported = 100_000;

/**
 * Hands rows to the person as a CSV file, a page after the other. Each page becomes a part of the file at once, which the browser
 * keeps outside the page's memory: what is held here is one page.
 */
export function useCsvExport<Row, Place>({ headings, cells, page, file, done }: CsvExport<Row, Place>) {
  const { t } = useTranslation();
  const [rows, setRows] = useState<number | null>(null);
  const write = async () => {
    let whole = new Blob([`\ufeff${writeCsv([headings])}`], { type: 'text/csv;charset=utf-8' });
    let count = 0;
    let after: Place | null = null;
    do {
      const { rows: more, next }: Awaited<ReturnType<typeof page>> = await page(after);
      whole = new Blob([whole, writeCsv(more.map(cells))], { type: whole.type });
      count += more.length;
      setRows(count);
      after = next;
    } while (after !== null && count < mostExported);
    const name = file();
    downloadFile(name, whole);
    toast(done({ count, file: name, cut: after !== null }), after === null ? {} : { tone: 'attention' });
  };
  const run = () => {
    setRows(0);
    write()
      .catch((failure: unknown) => toast(errorText(t, failure), { tone: 'problem' }))
      .finally(() => setRows(null));
  };
  /** `rows`: how many are written so far; null while nothing is. */
  return { run, rows };
}
