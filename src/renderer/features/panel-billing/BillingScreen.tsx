import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { keepFile } from '#renderer/ui/panel/keep-file.ts';
import { NotYet } from '#renderer/ui/panel/NotYet.tsx';
import { Notice, Page, Paged } from '#renderer/ui/panel/Page.tsx';
import classes from '#renderer/ui/panel/Parts.module.css';
import { usePages } from '#renderer/ui/panel/usePages.ts';
import { usePerson } from '#renderer/ui/panel/usePerson.ts';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PanelInvoice, PanelPayment } from '#shared/contract/panel-billing.ts';
import type { PanelFile } from '#shared/contract/panel-records.ts';
import type { PatientId } from '#shared/kernel/ids.ts';

interface Of {
  readonly patientId: PatientId;
}

/** What is to be paid, and what was billed. */
export function BillingScreen() {
  const { t } = useTranslation();
  const { person } = usePerson();
  return (
    <Page title={t('panelRecords.bill.title')}>
      <NotYet />
      {person?.approved && (
        <Fragment key={person.patientId}>
          <Bills patientId={person.patientId} />
          <Payments patientId={person.patientId} />
        </Fragment>
      )}
    </Page>
  );
}

function Bills({ patientId }: Of) {
  const { t } = useTranslation();
  const format = useFormat();
  const pages = usePages('panel.invoices', { patientId });
  const open = pages.first?.open ?? [];
  return (
    <Paged pages={pages}>
      <section className={classes.card} aria-label={t('panelRecords.bill.open')}>
        <h2>{t('panelRecords.bill.open')}</h2>
        {open.length === 0 && <p className={classes.quiet}>{t('panelRecords.bill.nothing')}</p>}
        {open.map(({ currency, amount, invoices }) => (
          <div key={currency} className={classes.line}>
            <span className={classes.amount}>{format.money(amount, currency)}</span>
            <span className={classes.about}>{t('panelRecords.bill.of', { count: invoices })}</span>
          </div>
        ))}
      </section>
      <Notice>{t('panelRecords.bill.pay')}</Notice>
      <h2>{t('panelRecords.bill.list')}</h2>
      {pages.items.length === 0 && <p className={classes.quiet}>{t('panelRecords.bill.none')}</p>}
      <ul className={classes.list}>
        {pages.items.map((invoice) => (
          <Invoice key={invoice.id} patientId={patientId} invoice={invoice} />
        ))}
      </ul>
    </Paged>
  );
}

const tones = { issued: 'attention', balanced: 'good', cancelled: undefined } as const;

/** Makes a file of the clinic and keeps it in the browser. */
function Download({ make, label, title }: { make: () => Promise<PanelFile>; label: string; title: string }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const download = async () => {
    setProblem('');
    setBusy(true);
    try {
      keepFile(await make());
    } catch (failure) {
      setProblem(errorText(t, failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div className={classes.actions}>
        <Button
          size="md"
          variant="default"
          leftSection={<IconDownload size={20} aria-hidden="true" />}
          loading={busy}
          aria-label={`${label}: ${title}`}
          onClick={() => void download()}
        >
          {label}
        </Button>
      </div>
      <div role="status">{problem}</div>
    </>
  );
}

function Invoice({ patientId, invoice }: Of & { readonly invoice: PanelInvoice }) {
  const { t } = useTranslation();
  const format = useFormat();
  const language = usePreferences((state) => state.language);
  const make = useCommand('panel.invoiceFile');
  const { id, number, provisional, status, total, open, currency, issuedAt } = invoice;
  const title = t('panelRecords.bill.number', { number });
  const amount = format.money(Math.abs(open), currency);
  return (
    <li className={classes.card}>
      <div className={classes.line}>
        <h3>{title}</h3>
        <span className={classes.amount}>{format.money(total, currency)}</span>
        <span className={classes.mark} data-tone={tones[status]}>
          {t(`panelRecords.bill.status.${status}`)}
        </span>
        <span className={classes.about}>
          {[format.day(issuedAt), provisional ? t('panelRecords.bill.provisional') : '']
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      {open > 0 && open !== total && <p>{t('panelRecords.bill.openOf', { amount })}</p>}
      {open < 0 && <p>{t('panelRecords.bill.overpaid', { amount })}</p>}
      <Download
        make={() => make.mutateAsync({ patientId, id, language })}
        label={t('panelRecords.bill.download')}
        title={title}
      />
    </li>
  );
}

/** What was paid and given back. */
function Payments({ patientId }: Of) {
  const { t } = useTranslation();
  const pages = usePages('panel.payments', { patientId });
  return (
    <Paged pages={pages}>
      <h2>{t('panelRecords.bill.payments')}</h2>
      {pages.items.length === 0 && <p className={classes.quiet}>{t('panelRecords.bill.noPayments')}</p>}
      <ul className={classes.list}>
        {pages.items.map((payment) => (
          <Payment key={payment.id} patientId={patientId} payment={payment} />
        ))}
      </ul>
    </Paged>
  );
}

function Payment({ patientId, payment }: Of & { readonly payment: PanelPayment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const language = usePreferences((state) => state.language);
  const make = useCommand('panel.receiptFile');
  const { id, kind, amount, currency, invoice, receiptNumber, paidAt, certainty } = payment;
  const title = receiptNumber === null ? '' : t('panelRecords.bill.receipt', { number: receiptNumber });
  return (
    <li className={classes.card}>
      <div className={classes.line}>
        <h3>{t(`panelRecords.bill.kind.${kind}`)}</h3>
        <span className={classes.amount}>{format.money(amount, currency)}</span>
        <span className={classes.about}>
          {[
            format.day(paidAt),
            invoice && t('panelRecords.bill.forInvoice', { number: invoice.number }),
            title,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      {certainty !== 'confirmed' && <p className={classes.quiet}>{t('panelRecords.bill.unconfirmed')}</p>}
      {receiptNumber !== null && (
        <Download
          make={() => make.mutateAsync({ patientId, id, language })}
          label={t('panelRecords.bill.downloadReceipt')}
          title={title}
        />
      )}
    </li>
  );
}
