import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { BillingReportView } from '#shared/contract/billing-reports.ts';
import { reportLabel } from '#shared/domain/billing/report-label.ts';
import { type BillingReport, columnsOfReport, openRows } from '#shared/domain/billing/reports.ts';
import { minorDigits } from '#shared/domain/prices/money.ts';
import { writeCsv } from '#shared/kernel/csv.ts';

/** What a row of a report is called; `day` says how a day is written. */
export function useRowLabel() {
  const { t } = useTranslation();
  const format = useFormat();
  const open = Object.fromEntries(openRows.map((row) => [row, t(`billingReports.open.${row}`)])) as Record<
    (typeof openRows)[number],
    string
  >;
  const words = {
    open,
    nobody: { doctors: t('billingReports.nobody.doctors'), services: t('billingReports.nobody.services') },
    unknown: t('billingReports.unknown'),
  };
  return (report: BillingReport, label: string | null, day: (date: string) => string = format.day) =>
    reportLabel(report, label, words, day);
}

/** A report as a file for a spreadsheet: amounts in units of their currency, days as `YYYY-MM-DD`. */
export function useReportCsv() {
  const { t } = useTranslation();
  const format = useFormat();
  const labelOf = useRowLabel();
  return (report: BillingReport, { rows }: BillingReportView) => {
    const columns = columnsOfReport(report);
    const head = [
      t(`billingReports.first.${report}`),
      t('billingReports.currency'),
      ...columns.map(({ name }) => t(`billingReports.column.${name}`)),
    ];
    const lines = rows.map(({ label, currency, values }) => [
      labelOf(report, label, (date) => date),
      currency,
      ...values.map((value, at) =>
        columns[at]?.unit === 'money' ? value / 10 ** minorDigits(currency) : value,
      ),
    ]);
    return {
      name: `${t('billingReports.fileName', { report, date: format.today() })}.csv`,
      text: `\ufeff${writeCsv([head, ...lines])}`,
    };
  };
}
