import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import { type Outcomes, percentOf } from '#shared/domain/overview/figures.ts';
import { FigureTable } from './FigureTable.tsx';
import classes from './Overview.module.css';

interface TrendTableProps {
  readonly today: Outcomes;
  readonly trend: Output<'overview.trend'> | undefined;
}

/** Who did not come and who cancelled, of all that was booked: today, the last 30 days, the 30 before. */
export function TrendTable({ today, trend }: TrendTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const share = (part: number, whole: number) => {
    const percent = percentOf(part, whole);
    const number = format.number(part);
    return percent === null ? number : t('overview.trend.percent', { number, percent });
  };
  const rows = {
    booked: ({ booked }: Outcomes) => format.number(booked),
    noshow: ({ noshow, booked }: Outcomes) => share(noshow, booked),
    cancelled: ({ cancelled, booked }: Outcomes) => share(cancelled, booked + cancelled),
  };
  return (
    <FigureTable
      title={t('overview.trend.title')}
      first={t('overview.trend.what')}
      columns={(['today', 'recent', 'before'] as const).map((name) => t(`overview.trend.${name}`))}
      rows={(['booked', 'noshow', 'cancelled'] as const).map((name) => ({
        key: name,
        name: t(`overview.doctors.${name}`),
        cells: [today, trend?.recent, trend?.before].map((of) => of && rows[name](of)),
      }))}
      after={trend && !trend.complete && <p className={classes.none}>{t('overview.incomplete')}</p>}
    />
  );
}
