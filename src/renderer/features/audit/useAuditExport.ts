import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { useCsvExport } from '#renderer/ui/useCsvExport.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { AuditFilter, AuditLine } from '#shared/contract/audit.ts';
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

/** Everything the filter leaves as a file. */
export function useAuditExport(filter: AuditFilter) {
  const { t } = useTranslation();
  const format = useFormat();
  const page = useCommand('audit.export');
  return useCsvExport<AuditLine, string>({
    headings: columns.map((column) => t(`audit.column.${column}`)),
    cells: (line) => [
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
    ],
    page: async (before) => {
      const kinds = filter.kinds === null ? null : [...filter.kinds];
      const { lines, next } = await page.mutateAsync({ ...filter, kinds, before });
      return { rows: lines, next };
    },
    file: () => t('audit.file', { date: format.today() }),
    done: ({ count, file, cut }) =>
      cut
        ? t('audit.exportedMost', { number: format.number(count), file })
        : t('audit.exported', { count, file }),
  });
}
