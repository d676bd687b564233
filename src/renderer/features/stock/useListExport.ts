import { useTranslation } from 'react-i18next';
import { useCsvExport } from '#renderer/ui/useCsvExport.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';

interface ListExport<Row> {
  readonly rows: readonly Row[];
  readonly headings: readonly string[];
  readonly cells: (row: Row) => readonly string[];
  readonly file: 'reorderFile' | 'expiryFile';
}

/** A list of the stock room as a CSV file. */
export function useListExport<Row>({ rows, headings, cells, file }: ListExport<Row>) {
  const { t } = useTranslation();
  const format = useFormat();
  return useCsvExport<Row, never>({
    headings,
    cells,
    page: async () => ({ rows, next: null }),
    file: () => t(`stock.${file}`, { date: format.today() }),
    done: (told) => t('stock.exported', told),
  });
}
