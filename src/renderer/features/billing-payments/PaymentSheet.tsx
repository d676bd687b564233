import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { printPath } from '#renderer/ui/print-paths.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { PaymentView } from '#shared/contract/payments.ts';
import { type PaymentMethod, refundMethods } from '#shared/domain/billing/payment.ts';
import { readAmount, typedAmount } from '#shared/domain/prices/money.ts';
import classes from './Payments.module.css';

interface PaymentSheetProps {
  readonly payment: PaymentView;
  readonly onClose: () => void;
}

/** One row of the ledger, and what can be done with it: its receipt, giving back, taking back what a deposit paid. */
export function PaymentSheet({ payment: seen, onClose }: PaymentSheetProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const user = useCurrentUser();
  const payment = useCall('payments.get', { id: seen.id }).data ?? seen;
  const [act, setAct] = useState<'refund' | 'release' | null>(null);
  const { kind, left, id } = payment;
  const mayRefund =
    left > 0 && (kind === 'payment' || kind === 'deposit') && mayCall(user, 'payments.refund');
  const mayRelease = left > 0 && kind === 'deposit-use' && mayCall(user, 'payments.releaseDeposit');
  const hasReceipt = payment.receiptNumber !== null;
  const print = () => navigate(printPath.receipt(id));
  const title = payment.receiptNumber ?? t(`payments.kind.${kind}`);
  useKeys(title, [
    { keys: 'p|mod+p', label: t('payments.pay.receipt'), run: print, enabled: act === null && hasReceipt },
    {
      keys: 'r',
      label: t('payments.refund.act'),
      run: () => setAct('refund'),
      enabled: act === null && mayRefund,
    },
    {
      keys: 'r',
      label: t('payments.release.act'),
      run: () => setAct('release'),
      enabled: act === null && mayRelease,
    },
  ]);
  if (act === 'refund') return <RefundSheet payment={payment} onClose={() => setAct(null)} />;
  if (act === 'release') return <ReleaseSheet payment={payment} onClose={() => setAct(null)} />;
  return (
    <SideSheet
      title={title}
      onClose={onClose}
      footer={
        <>
          {hasReceipt && (
            <Button
              data-autofocus
              leftSection={<IconPrinter size={16} stroke={1.6} />}
              rightSection={<KeyHint keys="p" quiet />}
              onClick={print}
            >
              {t('payments.pay.receipt')}
            </Button>
          )}
          {(mayRefund || mayRelease) && (
            <Button
              variant="default"
              leftSection={<IconArrowBackUp size={16} stroke={1.6} />}
              rightSection={<KeyHint keys="r" quiet />}
              onClick={() => setAct(mayRefund ? 'refund' : 'release')}
            >
              {t(mayRefund ? 'payments.refund.act' : 'payments.release.act')}
            </Button>
          )}
        </>
      }
    >
      <Facts payment={payment} />
    </SideSheet>
  );
}

function Facts({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { kind, method, amount, currency, tendered, change, reference, invoice, left } = payment;
  const facts: readonly (readonly [string, string | null])[] = [
    [t('payments.column.what'), t(`payments.kind.${kind}`)],
    [t('payments.column.who'), payment.patientName],
    [t('payments.column.amount'), format.money(amount, currency)],
    [t('payments.column.method'), t(`payments.method.${method}`)],
    [t('payments.pay.reference'), reference],
    [t('payments.pay.tendered'), tendered === null ? null : format.money(tendered, currency)],
    [t('payments.pay.back'), change === 0 ? null : format.money(change, currency)],
    [
      t('payments.pay.for'),
      invoice && (invoice.provisional ? t('payments.pay.provisional', invoice) : invoice.number),
    ],
    [t('payments.pay.by'), payment.payerName],
    [t('payments.refund.reason'), payment.reason],
    [t('payments.column.left'), left > 0 && left < amount ? format.money(left, currency) : null],
    [t('payments.column.time'), format.dateTime(payment.paidAt)],
    [t('payments.column.by'), payment.recordedBy],
  ];
  return (
    <>
      <dl className={classes.facts}>
        {facts.map(([label, text]) =>
          text === null ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <bdi dir="auto">{text}</bdi>
              </dd>
            </div>
          ),
        )}
      </dl>
      {payment.certainty !== 'confirmed' && (
        <p className={classes.quiet}>
          <CertaintyMark certainty={payment.certainty} />{' '}
          {t(kind === 'refund' ? 'payments.refund.waiting' : 'payments.account.unconfirmed')}
        </p>
      )}
    </>
  );
}

/** Gives money back of a payment or a deposit: what is left of it at most, the way it came or in cash. */
function RefundSheet({ payment, onClose }: PaymentSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const refund = useCommand('payments.refund');
  const { id, currency, left } = payment;
  const methods = refundMethods(payment.method);
  const [method, setMethod] = useHeldState<PaymentMethod>(`refund method ${id}`, methods[0] ?? 'cash');
  const [amount, setAmount] = useHeldState(`refund ${id}`, () => typedAmount(left, currency));
  const [reference, setReference] = useHeldState(`refund reference ${id}`, '');
  const [reason, setReason] = useHeldState(`refund reason ${id}`, '');
  const { save, saving, errorAt, problem } = useSave(onClose);
  const read = readAmount(amount, currency);
  const submit = () =>
    void save(
      {
        ...(read.ok ? {} : { amount: read.error }),
        ...(method !== 'cash' && reference.trim() === '' ? { reference: 'required' } : {}),
        ...(reason.trim() === '' ? { reason: 'required' } : {}),
      },
      async () => {
        await refund.mutateAsync({ paymentId: id, amount, method, reference, reason });
        toast(t('payments.refund.done', { amount: format.money(read.ok ? read.value : 0, currency) }));
      },
    );
  return (
    <SaveSheet
      title={t('payments.refund.title')}
      call="payments.refund"
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      submit={t('payments.refund.act')}
    >
      <p className={classes.quiet}>
        {t('payments.refund.of', {
          number: payment.receiptNumber ?? '',
          amount: format.money(payment.amount, currency),
          left: format.money(left, currency),
        })}
      </p>
      <AmountField {...{ currency, amount, setAmount }} error={errorAt('amount')} />
      <NativeSelect
        label={t('payments.refund.method')}
        data={methods.map((one) => ({ value: one as string, label: t(`payments.method.${one}`) }))}
        value={method}
        error={errorAt('method')}
        onChange={(event) => setMethod(event.currentTarget.value as PaymentMethod)}
      />
      {method !== 'cash' && (
        <TextInput
          label={t('payments.pay.reference')}
          maxLength={200}
          autoComplete="off"
          value={reference}
          error={errorAt('reference')}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
      )}
      <ReasonField {...{ reason, setReason }} error={errorAt('reason')} />
    </SaveSheet>
  );
}

/** So much of what a deposit paid is in the deposit again. */
function ReleaseSheet({ payment, onClose }: PaymentSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const release = useCommand('payments.releaseDeposit');
  const { id, currency, left } = payment;
  const [amount, setAmount] = useHeldState(`release ${id}`, () => typedAmount(left, currency));
  const [reason, setReason] = useHeldState(`release reason ${id}`, '');
  const { save, saving, errorAt, problem } = useSave(onClose);
  const read = readAmount(amount, currency);
  const submit = () =>
    void save(
      {
        ...(read.ok ? {} : { amount: read.error }),
        ...(reason.trim() === '' ? { reason: 'required' } : {}),
      },
      async () => {
        await release.mutateAsync({ useId: id, amount, reason });
        toast(t('payments.release.done', { amount: format.money(read.ok ? read.value : 0, currency) }));
      },
    );
  return (
    <SaveSheet
      title={t('payments.release.title')}
      call="payments.releaseDeposit"
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      submit={t('payments.release.act')}
    >
      <AmountField {...{ currency, amount, setAmount }} error={errorAt('amount')} />
      <ReasonField {...{ reason, setReason }} error={errorAt('reason')} />
    </SaveSheet>
  );
}

interface AmountFieldProps {
  readonly currency: string;
  readonly amount: string;
  readonly setAmount: (typed: string) => void;
  readonly error: string | undefined;
}

function AmountField({ currency, amount, setAmount, error }: AmountFieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('payments.pay.amountIn', { currency })}
      data-autofocus
      inputMode="decimal"
      maxLength={40}
      autoComplete="off"
      value={amount}
      error={error}
      onChange={(event) => setAmount(event.currentTarget.value)}
    />
  );
}

interface ReasonFieldProps {
  readonly reason: string;
  readonly setReason: (typed: string) => void;
  readonly error: string | undefined;
}

function ReasonField({ reason, setReason, error }: ReasonFieldProps) {
  const { t } = useTranslation();
  return (
    <Textarea
      label={t('payments.refund.reason')}
      autosize
      minRows={2}
      maxLength={500}
      value={reason}
      error={error}
      onChange={(event) => setReason(event.currentTarget.value)}
    />
  );
}
