import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { InvoiceLineView, InvoiceView } from '#shared/contract/invoices.ts';
import { typedRate } from '#shared/domain/billing/rate.ts';
import classes from './Bills.module.css';
import { billPath } from './paths.ts';
import type { Sheet } from './sheet.ts';

interface InvoiceLinesProps {
  readonly invoice: InvoiceView;
  readonly onSheet: (sheet: Sheet) => void;
}

/** What a bill is made of. */
export function InvoiceLines({ invoice, onSheet }: InvoiceLinesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { currency, lines } = invoice;
  const money = (amount: number) => format.money(amount, currency);
  return (
    <table className={classes.lines}>
      <caption className="visually-hidden">{t('billing.lines')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('billing.what')}</th>
          <th scope="col">{t('billing.quantity')}</th>
          <th scope="col">{t('billing.price')}</th>
          <th scope="col">{t('billing.net')}</th>
          <th scope="col">{t('billing.tax')}</th>
          <th scope="col">{t('billing.withTax')}</th>
          <th scope="col">
            <span className="visually-hidden">{t('billing.acts')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.length === 0 && (
          <tr>
            <td colSpan={7} className={classes.quiet}>
              {t('billing.noLines')}
            </td>
          </tr>
        )}
        {lines.map((line) => (
          <tr key={line.id}>
            <th scope="row">
              {line.title}
              <About invoice={invoice} line={line} />
            </th>
            <td>{line.quantity}</td>
            <td>{money(line.unitPrice)}</td>
            <td>{money(line.net)}</td>
            <td>
              {money(line.tax)}
              <span className={classes.under}>{typedRate(line.taxRate)} %</span>
            </td>
            <td>{money(line.gross)}</td>
            <td>
              <LineActs invoice={invoice} line={line} onSheet={onSheet} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a line says besides its amounts. */
function About({ invoice, line }: { readonly invoice: InvoiceView; readonly line: InvoiceLineView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const money = (amount: number) => format.money(amount, invoice.currency);
  const isCredited =
    invoice.kind === 'invoice' && invoice.issuedAt !== null && line.left.gross !== line.gross;
  return (
    <>
      {line.discount > 0 && (
        <span className={classes.under}>
          {t('billing.discountOf', { amount: money(line.discount), reason: line.discountReason ?? '' })}
        </span>
      )}
      {line.payerShare !== 0 && (
        <span className={classes.under}>
          {t('billing.shares', {
            payer: invoice.payerName ?? '',
            theirs: money(line.payerShare),
            patients: money(line.patientShare),
          })}
        </span>
      )}
      {isCredited && (
        <span className={classes.under}>{t('billing.left', { amount: money(line.left.gross) })}</span>
      )}
      {line.alsoOn.map((other) => (
        <span key={other.id} className={classes.twice}>
          {t('billing.alsoOn')} <Link href={billPath(other.id)}>{other.number}</Link>
        </span>
      ))}
    </>
  );
}

function LineActs({ invoice, line, onSheet }: InvoiceLinesProps & { readonly line: InvoiceLineView }) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const change = useCommand('invoices.change');
  const takeOut = async () => {
    if (line.chargeId === null) return;
    try {
      await change.mutateAsync({ id: invoice.id, remove: [line.chargeId] });
      toast(t('billing.takenOut', { title: line.title }));
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    }
  };
  const isDraft = invoice.status === 'draft';
  const title = line.title;
  return (
    <span className={classes.acts}>
      {isDraft && mayCall(user, 'invoices.discount') && (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={t('billing.discountFor', { title })}
          onClick={() => onSheet({ kind: 'discount', line })}
        >
          {t('billing.discount')}
        </Button>
      )}
      {isDraft && mayCall(user, 'invoices.change') && (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={t('billing.takeOutOf', { title })}
          onClick={() => void takeOut()}
        >
          {t('billing.takeOut')}
        </Button>
      )}
      {isCreditable(invoice, line) && mayCall(user, 'invoices.credit') && (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={t('billing.creditLine', { title })}
          onClick={() => onSheet({ kind: 'credit', line })}
        >
          {t('billing.credit')}
        </Button>
      )}
    </span>
  );
}

/** Whether a credit note can take something of a line. */
const isCreditable = ({ kind, issuedAt }: InvoiceView, { left }: InvoiceLineView): boolean =>
  kind === 'invoice' && issuedAt !== null && (left.gross > 0 || left.quantity !== '0');
