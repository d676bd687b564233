import { useTranslation } from 'react-i18next';
import { useResultWords } from '#renderer/ui/useResultWords.ts';
import type { ReportView, ResultValue } from '#shared/contract/orders.ts';
import { InterpretationMark } from './FlagMark.tsx';
import classes from './Results.module.css';

interface ReportValuesProps {
  readonly report: ReportView;
  /** Opens a value over time. */
  readonly onTrend?: (value: ResultValue) => void;
}

/** The values of a report with their ranges and how they stand to them, then what was concluded. */
export function ReportValues({ report, onTrend }: ReportValuesProps) {
  const { t } = useTranslation();
  const words = useResultWords();
  return (
    <>
      {report.values.length > 0 && (
        <table className={classes.values}>
          <caption className="visually-hidden">{words.test(report)}</caption>
          <thead>
            <tr>
              <th scope="col">{t('orders.column.value')}</th>
              <th scope="col" className={classes.number}>
                {t('orders.column.result')}
              </th>
              <th scope="col">{t('orders.column.flag')}</th>
              <th scope="col">{t('orders.column.range')}</th>
            </tr>
          </thead>
          <tbody>
            {report.values.map((value) => (
              <tr key={value.id} data-interpretation={value.interpretation ?? undefined}>
                <th scope="row">
                  {onTrend ? (
                    <button
                      type="button"
                      className={classes.trendLink}
                      title={t('orders.trend.open')}
                      onClick={() => onTrend(value)}
                    >
                      {words.analyte(value)}
                    </button>
                  ) : (
                    words.analyte(value)
                  )}
                </th>
                <td className={classes.number}>{words.value(value)}</td>
                <td>
                  <InterpretationMark interpretation={value.interpretation} />
                </td>
                <td className={classes.range}>{words.range(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {report.conclusion && <p className={classes.conclusion}>{report.conclusion}</p>}
    </>
  );
}
