import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { patientName } from '#renderer/ui/format.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { InvoiceView } from '#shared/contract/invoices.ts';
import { shownNumber } from '#shared/domain/billing/number.ts';
import type { InvoiceId } from '#shared/kernel/ids.ts';
import classes from './Bills.module.css';
import { CreditSheet } from './CreditSheet.tsx';
import { DiscountSheet } from './DiscountSheet.tsx';
import { InvoiceActions } from './InvoiceActions.tsx';
import { InvoiceLines } from './InvoiceLines.tsx';
import { InvoiceTotals } from './InvoiceTotals.tsx';
import { billPath, patientBillPath } from './paths.ts';
import { StateMark } from './StateMark.tsx';
import type { Sheet } from './sheet.ts';

/** One bill: what it is made of, what became of it, and what can be done about it. */
export function InvoiceScreen({ id }: { readonly id: InvoiceId }) {
  const { data, error, refetch } = useCall('invoices.get', { id });
  const [sheet, open] = useState<Sheet | null>(null);
  const close = () => open(null);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (!data) return <div aria-busy="true" />;
  const { currency } = data;
  return (
    <div className={classes.page}>
      <Head invoice={data} />
      <InvoiceLines invoice={data} onSheet={open} />
      <InvoiceTotals invoice={data} />
      <After invoice={data} />
      <InvoiceActions invoice={data} free={sheet === null} onSheet={open} />
      {sheet?.kind === 'credit' && <CreditSheet invoice={data} line={sheet.line} onClose={close} />}
      {sheet?.kind === 'discount' && sheet.line.chargeId !== null && (
        <DiscountSheet
          charge={{ ...sheet.line, chargeId: sheet.line.chargeId }}
          currency={currency}
          onClose={close}
        />
      )}
    </div>
  );
}

function Head({ invoice }: { readonly invoice: InvoiceView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const patient = useCall('patients.get', { id: invoice.patientId }).data;
  const { number, provisional } = shownNumber(invoice);
  const isTwice = invoice.lines.some(({ alsoOn }) => alsoOn.length > 0);
  return (
    <>
      <header className={classes.head}>
        <h1 className={classes.title}>
          {t(`billing.kind.${invoice.kind}`, { number })}{' '}
          <CertaintyMark certainty={invoice.certainty} quiet={invoice.status === 'draft'} />
        </h1>
        <StateMark bill={invoice} twice={isTwice} />
      </header>
      <p className={classes.about}>
        <Link href={patientBillPath(invoice.patientId)}>{patient ? patientName(patient) : ''}</Link>
        {patient && ` · ${patient.mrn}`}
        {invoice.issuedAt !== null && ` · ${format.dateTime(invoice.issuedAt)}`}
        {invoice.payerName !== null && ` · ${invoice.payerName}`}
        {!provisional && ` · ${t('billing.before', { number: invoice.provisionalNumber })}`}
        {invoice.reason !== null && ` · ${invoice.reason}`}
        {invoice.corrects !== null && (
          <>
            {' · '}
            <Link href={billPath(invoice.corrects)}>{t('billing.corrected')}</Link>
          </>
        )}
      </p>
      {provisional && invoice.issuedAt !== null && (
        <p className={classes.quiet}>{t('billing.provisional')}</p>
      )}
      {isTwice && (
        <Alert color="orange" icon={<IconAlertTriangle size={18} aria-hidden />} role="status">
          {t('billing.twiceHint')}
        </Alert>
      )}
    </>
  );
}

/** Credit notes and payments. */
function After({ invoice }: { readonly invoice: InvoiceView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { credits, payments, currency } = invoice;
  return (
    <>
      {credits.length > 0 && (
        <section aria-labelledby="credits">
          <h2 id="credits" className={classes.part}>
            {t('billing.credits')}
          </h2>
          <ul className={classes.bills}>
            {credits.map((note) => (
              <li key={note.id}>
                <Link href={billPath(note.id)} className={classes.bill}>
                  <span className={classes.number}>
                    {note.number} <CertaintyMark certainty={note.certainty} quiet />
                  </span>
                  <span>{note.issuedAt === null ? '' : format.dateTime(note.issuedAt)}</span>
                  <span className={classes.wrapped}>{note.reason}</span>
                  <span className={classes.amount}>{format.money(note.total, currency)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {payments.length > 0 && (
        <section aria-labelledby="payments">
          <h2 id="payments" className={classes.part}>
            {t('billing.payments')}
          </h2>
          <ul className={classes.bills}>
            {payments.map((moved) => (
              <li key={moved.id} className={classes.bill}>
                <span className={classes.number}>
                  {t(`billing.moved.${moved.kind}`)} <CertaintyMark certainty={moved.certainty} quiet />
                </span>
                <span>{format.dateTime(moved.paidAt)}</span>
                <span>{moved.receiptNumber}</span>
                <span className={classes.amount}>{format.money(moved.amount, currency)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
