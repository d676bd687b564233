import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { downloadFile } from '#renderer/ui/download.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { AuditFilter, AuditLine } from '#shared/contract/audit.ts';
import { writeCsv } from '#shared/kernel/csv.ts';
import { kindText, placeText, recordText, whoText } from './audit-words.ts';

const columns = [
  'when',
  'who',
  'what',
  'record',
  'patient',
  'mrn',
  'workstation',
  'outcome',
  'detail',
  'rowId',
  'version',
] as const;

/** Everything the filter leaves, a large page after the other, each made into its part of the file at once. */
export function useAuditExport(filter: AuditFilter) {
  const { t } = useTranslation();
  const format = useFormat();
  const page = useCommand('audit.export');
  const [rows, setRows] = useState<number | null>(null);
  const cells = (line: AuditLine): readonly string[] => [
    line.at,
    whoText(t, line),
    kindText(t, line.kind),
    recordText(t, line),
    line.patient?.name ?? '',
    line.patient?.mrn ?? '',
    placeText(t, line),
    line.event?.outcome ?? '',
    line.event?.detail ?? '',
    line.rowId,
    String(line.version),
  ];
  const write = async (): Promise<number> => {
    const parts: string[] = [`\ufeff${writeCsv([columns.map((column) => t(`audit.column.${column}`))])}`];
    let count = 0;
    for (let before: string | null = null; ; ) {
      const kinds = filter.kinds === null ? null : [...filter.kinds];
      const { lines, next } = await page.mutateAsync({ ...filter, kinds, before });
      parts.push(writeCsv(lines.map(cells)));
      count += lines.length;
      setRows(count);
      if (next === null) break;
      before = next;
    }
    const file = t('audit.file', { date: format.today() });
    downloadFile(file, new Blob(parts, { type: 'text/csv;charset=utf-8' }));
    toast(t('audit.exported', { count, file }));
    return count;
  };
  const run = () => {
    setRows(0);
    write()
      .catch((failure: unknown) => toast(errorText(t, failure), { tone: 'problem' }))
      .finally(() => setRows(null));
  };
  return { run, rows };
}
