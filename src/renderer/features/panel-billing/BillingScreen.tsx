import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
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
import type { PanelInvoice } from '#shared/contract/panel-billing.ts';
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
      {person?.approved && <Bills key={person.patientId} patientId={person.patientId} />}
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
      <Notice>{t('panelRecords.bill.later')}</Notice>
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

function Invoice({ patientId, invoice }: Of & { readonly invoice: PanelInvoice }) {
  const { t } = useTranslation();
  const format = useFormat();
  const language = usePreferences((state) => state.language);
  const make = useCommand('panel.invoiceFile');
  const [problem, setProblem] = useState('');
  const { id, number, provisional, status, total, currency, issuedAt } = invoice;
  const title = t('panelRecords.bill.number', { number });
  const download = async () => {
    setProblem('');
    try {
      keepFile(await make.mutateAsync({ patientId, id, language }));
    } catch (failure) {
      setProblem(errorText(t, failure));
    }
  };
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
      <div className={classes.actions}>
        <Button
          size="md"
          variant="default"
          leftSection={<IconDownload size={20} aria-hidden="true" />}
          loading={make.isPending}
          aria-label={`${t('panelRecords.bill.download')}: ${title}`}
          onClick={() => void download()}
        >
          {t('panelRecords.bill.download')}
        </Button>
      </div>
      <div role="status">{problem}</div>
    </li>
  );
}
