import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { type WaitView, waitStages } from '#shared/contract/overview.ts';
import { FigureTable } from './FigureTable.tsx';

interface WaitsTableProps {
  readonly today: readonly WaitView[];
  readonly recent: readonly WaitView[];
}

/** How long was waited, the middle one and the one that nine of ten do not exceed. */
export function WaitsTable({ today, recent }: WaitsTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const minutes = (value: number | null) =>
    value === null ? '–' : t('overview.waits.minutes', { number: format.number(value) });
  const rows = waitStages.flatMap((stage) =>
    [
      ...today.map((wait) => ({ ...wait, period: 'today' as const })),
      ...recent.map((wait) => ({ ...wait, period: 'recent' as const })),
    ].filter((wait) => wait.stage === stage),
  );
  return (
    <FigureTable
      title={t('overview.waits.title')}
      first={t('overview.waits.stage')}
      columns={(['visits', 'median', 'ninetieth'] as const).map((name) => t(`overview.waits.${name}`))}
      rows={rows.map(({ stage, period, visits, median, ninetieth }) => ({
        key: `${stage} ${period}`,
        name: `${t(`overview.waits.${stage}`)}, ${t(`overview.waits.${period}`)}`,
        cells: [format.number(visits), minutes(median), minutes(ninetieth)],
      }))}
    />
  );
}
