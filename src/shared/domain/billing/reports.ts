import { ageBuckets } from './aging.ts';

/** What a column of a report holds: money in minor units of the row's currency, or how many. */
type Unit = 'money' | 'count';

const turnover = { lines: 'count', net: 'money', tax: 'money', gross: 'money' } as const;

/** The reports of billing and their columns. `period`: they are of days; the others are of now. */
export const billingReports = {
  /** Money that came in and went out by day; what was used of a deposit came in before. */
  takings: {
    period: true,
    columns: {
      cash: 'money',
      card: 'money',
      'mobile-money': 'money',
      'bank-transfer': 'money',
      cheque: 'money',
      refunds: 'money',
      total: 'money',
    },
  },
  /** What was issued less what was credited, by who did it. */
  doctors: { period: true, columns: turnover },
  /** The same, by what was done. */
  services: { period: true, columns: turnover },
  /** What is open by the age of the invoice. */
  outstanding: {
    period: false,
    columns: { invoices: 'count', patient: 'money', payer: 'money', total: 'money' },
  },
  /** Who owes most. */
  debtors: { period: false, columns: { invoices: 'count', patient: 'money' } },
  /** What is in the stores, in smallest units, what of it nobody said the cost of, and what the rest cost. */
  stock: { period: false, columns: { quantity: 'count', uncosted: 'count', value: 'money' } },
} as const satisfies Record<
  string,
  { readonly period: boolean; readonly columns: Readonly<Record<string, Unit>> }
>;

export type BillingReport = keyof typeof billingReports;
export const billingReportNames = Object.keys(billingReports) as [BillingReport, ...BillingReport[]];

type ColumnName = {
  [R in BillingReport]: keyof (typeof billingReports)[R]['columns'] & string;
}[BillingReport];

/** A column of any report, with what it holds. */
interface ReportColumn {
  readonly name: ColumnName;
  readonly unit: Unit;
}

export const columnsOfReport = (report: BillingReport): readonly ReportColumn[] =>
  Object.entries(billingReports[report].columns).map(([name, unit]) => ({ name: name as ColumnName, unit }));

/** The rows of what is open: the ages, and what was paid too much. */
export const openRows = [...ageBuckets, 'overpaid'] as const;

interface Summed {
  readonly currency: string;
  readonly values: readonly number[];
}

/** The sums of rows, of each currency by its code: two currencies are never added. */
export const sumsByCurrency = (rows: readonly Summed[]): { currency: string; values: number[] }[] =>
  [...Map.groupBy(rows, ({ currency }) => currency)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, own]) => ({
      currency,
      values: (own[0]?.values ?? []).map((_, at) =>
        own.reduce((sum, { values }) => sum + (values[at] ?? 0), 0),
      ),
    }));
