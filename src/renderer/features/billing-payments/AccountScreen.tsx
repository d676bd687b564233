import { Button, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconCash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { DataTable } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { PatientBanner } from '#renderer/ui/PatientBanner.tsx';
import type { PaymentView } from '#shared/contract/payments.ts';
import type { InvoiceId, PatientId } from '#shared/kernel/ids.ts';
import { Balance } from './Balance.tsx';
import { PaymentSheet } from './PaymentSheet.tsx';
import classes from './Payments.module.css';
import { PaySheet } from './PaySheet.tsx';
import { usePaymentColumns } from './usePaymentColumns.tsx';
import { usePaymentPages } from './usePaymentPages.ts';

type Sheet = { readonly kind: 'pay' | 'deposit' } | { readonly kind: 'row'; readonly row: PaymentView };

interface AccountScreenProps {
  readonly id: PatientId;
  /** The invoice somebody came to pay. */
  readonly paid: InvoiceId | undefined;
}

/** How a patient stands, by age, and all that was paid and given back. */
export function AccountScreen({ id, paid }: AccountScreenProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const mayTake = mayCall(useCurrentUser(), 'payments.record');
  const patient = useCall('patients.get', { id });
  const balance = useCall('payments.balance', { patientId: id });
  const { first, rows, error, more } = usePaymentPages('payments.of', { patientId: id });
  const columns = usePaymentColumns('patient');
  const [sheet, open] = useState<Sheet | null>(paid && mayTake ? { kind: 'pay' } : null);
  const close = () => open(null);
  const back = () => navigate(`/patients/${id}`);
  const pay = () => open({ kind: 'pay' });
  const deposit = () => open({ kind: 'deposit' });
  const isFree = mayTake && sheet === null;
  useKeys(t('payments.account.page'), [
    { keys: 'n', label: t('payments.pay.title'), run: pay, enabled: isFree },
    { keys: 'd', label: t('payments.account.takeDeposit'), run: deposit, enabled: isFree },
    { keys: 'Backspace', label: t('common.back'), run: back, enabled: sheet === null },
  ]);
  const failure = patient.error ?? balance.error ?? error;
  if (failure) return <Failure failure={failure} onRetry={() => void balance.refetch()} />;
  if (!patient.data) return <div className={classes.screen} aria-busy="true" />;
  return (
    <div className={classes.screen}>
      <PatientBanner
        patient={patient.data}
        actions={
          <>
            <Tooltip label={<KeyHint keys="Backspace" />}>
              <Button variant="subtle" leftSection={<IconArrowLeft size={16} stroke={1.6} />} onClick={back}>
                {t('common.back')}
              </Button>
            </Tooltip>
            {mayTake && (
              <>
                <Button
                  leftSection={<IconCash size={16} stroke={1.6} />}
                  rightSection={<KeyHint keys="n" quiet />}
                  onClick={pay}
                >
                  {t('payments.pay.title')}
                </Button>
                <Button variant="default" rightSection={<KeyHint keys="d" quiet />} onClick={deposit}>
                  {t('payments.account.takeDeposit')}
                </Button>
              </>
            )}
          </>
        }
      />
      <section className={classes.head} aria-label={t('payments.account.title')}>
        {balance.data && <Balance balance={balance.data} />}
      </section>
      <div className={classes.ledger}>
        <DataTable
          label={t('payments.account.ledger')}
          rows={rows}
          columns={columns}
          rowKey={(row) => row.id}
          onOpen={(row) => open({ kind: 'row', row })}
          onNearEnd={more}
          empty={first && <EmptyState text={t('payments.account.noLedger')} />}
        />
      </div>
      {sheet?.kind === 'row' && <PaymentSheet key={sheet.row.id} payment={sheet.row} onClose={close} />}
      {sheet?.kind === 'pay' && (
        <PaySheet patientId={id} {...(paid && { invoiceId: paid })} onClose={close} />
      )}
      {sheet?.kind === 'deposit' && <PaySheet patientId={id} invoiceId={null} onClose={close} />}
    </div>
  );
}
