import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import { type Outcomes, percentOf } from '#shared/domain/overview/figures.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { Figure } from './Figure.tsx';
import { FigureTable } from './FigureTable.tsx';
import classes from './Overview.module.css';

interface TrendTableProps {
  readonly today: Output<'overview.today'>;
  readonly trend: Output<'overview.trend'> | undefined;
  readonly site: string | null;
}

/** Who did not come and who cancelled, of all that was booked: today, the last 30 days, the 30 before. */
export function TrendTable({ today: { all, date }, trend, site }: TrendTableProps) {
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
  const periods = [
    { name: 'today', of: all, from: date, until: date },
    { name: 'recent', of: trend?.recent, from: addDays(date, -30), until: addDays(date, -1) },
    { name: 'before', of: trend?.before, from: addDays(date, -60), until: addDays(date, -31) },
  ] as const;
  return (
    <FigureTable
      title={t('overview.trend.title')}
      first={t('overview.trend.what')}
      columns={periods.map(({ name }) => t(`overview.trend.${name}`))}
      rows={(['booked', 'noshow', 'cancelled'] as const).map((name) => ({
        key: name,
        name: t(`overview.doctors.${name}`),
        cells: periods.map(
          ({ name: period, of, from, until }) =>
            of && (
              <Figure
                key={period}
                counts={name}
                counted={{ from, until, site }}
                value={of[name]}
                text={rows[name](of)}
                label={`${t(`overview.doctors.${name}`)}, ${t(`overview.trend.${period}`)}`}
              />
            ),
        ),
      }))}
      after={trend && !trend.complete && <p className={classes.none}>{t('overview.incomplete')}</p>}
    />
  );
}
