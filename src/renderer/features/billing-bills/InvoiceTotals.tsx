import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { InvoiceView } from '#shared/contract/invoices.ts';
import { sumOfLines } from '#shared/domain/billing/line.ts';
import { typedRate } from '#shared/domain/billing/rate.ts';
import { taxesByRate } from '#shared/domain/billing/taxes.ts';
import classes from './Bills.module.css';

/** What a bill comes to: tax by rate, the parts of payer and patient, what was credited and paid, what is open. */
export function InvoiceTotals({ invoice }: { readonly invoice: InvoiceView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { lines, currency, payerName, open, credits, kind, status } = invoice;
  const money = (amount: number) => format.money(amount, currency);
  const sum = sumOfLines(lines);
  const credited = credits.reduce((all, { total }) => all + total, 0);
  const paid = sum.gross + credited - open.patient - open.payer;
  const isStanding =
    kind === 'invoice' && (status === 'issued' || status === 'balanced' || status === 'cancelled');
  const rows: readonly (readonly [string, number, boolean?])[] = [
    [t('billing.net'), sum.net],
    ...taxesByRate(lines)
      .filter(({ rate }) => rate > 0)
      .map(({ rate, tax }) => [t('billing.taxOf', { rate: typedRate(rate) }), tax] as const),
    [t('billing.total'), invoice.total, true],
    ...(payerName === null
      ? []
      : ([
          [t('billing.partOf', { payer: payerName }), sum.payerShare],
          [t('billing.partOfPatient'), sum.patientShare],
        ] as const)),
    ...(isStanding && credited !== 0 ? ([[t('billing.credited'), credited]] as const) : []),
    ...(isStanding && paid !== 0 ? ([[t('billing.paid'), paid]] as const) : []),
    ...(isStanding ? ([[t('billing.open'), open.patient + open.payer, true]] as const) : []),
  ];
  return (
    <dl className={classes.totals}>
      {rows.map(([label, amount, strong = false]) => (
        <div key={label} data-strong={strong || undefined}>
          <dt>{label}</dt>
          <dd>{money(amount)}</dd>
        </div>
      ))}
    </dl>
  );
}
