import { useTranslation } from 'react-i18next';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import type { TableColumn } from '#renderer/ui/DataTable.tsx';
import { formatWallTime } from '#renderer/ui/format.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { OversightRow } from '#shared/contract/oversight.ts';
import { outcomeOf } from '#shared/domain/overview/figures.ts';
import classes from './Oversight.module.css';
import { isLost, useStateText } from './words.ts';

/** The columns of the list; beside a sheet the few that tell one appointment from another. */
export function useOversightColumns(beside: boolean): readonly TableColumn<OversightRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const stateText = useStateText();
  const text = (words: string) => <span title={words}>{words}</span>;
  const all: readonly (TableColumn<OversightRow> & { readonly wide?: true })[] = [
    {
      key: 'when',
      header: t('oversight.column.when'),
      width: '170px',
      tabular: true,
      cell: ({ startLocal }) => `${format.day(startLocal)} ${formatWallTime(startLocal)}`,
    },
    {
      key: 'patient',
      header: t('oversight.column.patient'),
      width: 'minmax(140px, 1.6fr)',
      cell: ({ patientName }) => text(patientName),
    },
    {
      key: 'mrn',
      header: t('oversight.column.mrn'),
      width: '124px',
      tabular: true,
      wide: true,
      cell: ({ patientMrn }) => patientMrn,
    },
    {
      key: 'doctor',
      header: t('oversight.column.doctor'),
      width: 'minmax(120px, 1.3fr)',
      cell: ({ practitionerName }) => text(practitionerName),
    },
    {
      key: 'site',
      header: t('oversight.column.site'),
      width: 'minmax(90px, 1fr)',
      wide: true,
      cell: ({ locationName }) => text(locationName),
    },
    {
      key: 'visitType',
      header: t('oversight.column.visitType'),
      width: 'minmax(90px, 1fr)',
      wide: true,
      cell: ({ visitTypeName }) => visitTypeName && text(visitTypeName),
    },
    {
      key: 'state',
      header: t('oversight.column.state'),
      width: 'minmax(150px, 1.2fr)',
      cell: (row) => (
        <span className={classes.state}>
          <span className={classes.word} data-outcome={isLost(row) ? 'lost' : outcomeOf(row)}>
            {stateText(row)}
          </span>
          {row.overbooked && <span className={classes.tag}>{t('oversight.overbooked')}</span>}
          <CertaintyMark certainty={row.certainty} quiet />
        </span>
      ),
    },
    {
      key: 'bookedBy',
      header: t('oversight.column.bookedBy'),
      width: 'minmax(90px, 1fr)',
      wide: true,
      cell: ({ bookedBy }) => bookedBy && text(bookedBy),
    },
  ];
  return beside ? all.filter(({ wide }) => !wide) : all;
}
