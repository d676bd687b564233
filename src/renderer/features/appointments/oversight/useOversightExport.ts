import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { useCsvExport } from '#renderer/ui/useCsvExport.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { OversightRow } from '#shared/contract/oversight.ts';
import type { Oversight } from './filter.ts';
import { standingOf, useStateText } from './words.ts';

const columns = [
  'when',
  'patient',
  'mrn',
  'doctor',
  'site',
  'visitType',
  'state',
  'reason',
  'overbooked',
  'standing',
  'bookedBy',
  'bookedAt',
] as const;

/** Everything the filter leaves as a file, with what the list shows of it. */
export function useOversightExport({ filter, order }: Oversight) {
  const { t } = useTranslation();
  const format = useFormat();
  const stateText = useStateText();
  const page = useCommand('oversight.export');
  return useCsvExport<OversightRow, NonNullable<Output<'oversight.export'>['next']>>({
    headings: columns.map((column) => t(`oversight.column.${column}`)),
    cells: (row) => [
      row.startLocal.replace('T', ' '),
      row.patientName,
      row.patientMrn,
      row.practitionerName,
      row.locationName,
      row.visitTypeName ?? '',
      stateText(row),
      row.cancelReason ?? '',
      row.overbooked ? t('oversight.overbooked') : '',
      t(`oversight.standing.${standingOf(row)}`),
      row.bookedBy ?? '',
      row.bookedAt,
    ],
    page: (after) =>
      page.mutateAsync({
        ...filter,
        outcomes: filter.outcomes === null ? null : [...filter.outcomes],
        order,
        after,
      }),
    file: () => t('oversight.file', { date: format.today() }),
    done: ({ count, file, cut }) =>
      cut
        ? t('oversight.exportedMost', { number: format.number(count), file })
        : t('oversight.exported', { count, file }),
  });
}
