import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { BillingReportView } from '#shared/contract/billing-reports.ts';
import { type BillingReport, columnsOfReport } from '#shared/domain/billing/reports.ts';
import classes from './Reports.module.css';
import { useRowLabel } from './useReportCsv.ts';

interface ReportTableProps {
  readonly report: BillingReport;
  readonly data: BillingReportView;
  readonly currency: string;
}

/** The rows of one currency with their sum. The last column is drawn as bars too, which say nothing the figures do not. */
export function ReportTable({ report, data, currency }: ReportTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const labelOf = useRowLabel();
  const columns = columnsOfReport(report);
  const rows = data.rows.filter((row) => row.currency === currency);
  const total = data.totals.find((one) => one.currency === currency);
  const most = Math.max(1, ...rows.map(({ values }) => values.at(-1) ?? 0));
  const cells = (values: readonly number[]) =>
    columns.map(({ name, unit }, at) => (
      <td key={name} className={classes.number}>
        {unit === 'money' ? format.money(values[at] ?? 0, currency) : format.number(values[at] ?? 0)}
      </td>
    ));
  return (
    <div className={classes.panel}>
      <table className={classes.table} aria-label={`${t(`billingReports.report.${report}`)}, ${currency}`}>
        <thead>
          <tr>
            <th scope="col">{t(`billingReports.first.${report}`)}</th>
            {columns.map(({ name }) => (
              <th key={name} scope="col" className={classes.number}>
                {t(`billingReports.column.${name}`)}
              </th>
            ))}
            <td aria-hidden className={classes.chart} />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label, values }) => (
            <tr key={key}>
              <th scope="row">{labelOf(report, label)}</th>
              {cells(values)}
              <td aria-hidden className={classes.chart}>
                <span
                  className={classes.barOf}
                  style={{ width: `${(100 * Math.max(0, values.at(-1) ?? 0)) / most}%` }}
                />
              </td>
            </tr>
          ))}
        </tbody>
        {total && (
          <tfoot>
            <tr>
              <th scope="row">{t('billingReports.total')}</th>
              {cells(total.values)}
              <td aria-hidden className={classes.chart} />
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
