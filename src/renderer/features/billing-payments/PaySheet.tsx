import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { useClient } from '#renderer/client/provider.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { printPath } from '#renderer/ui/print-paths.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { Output } from '#shared/contract/contract.ts';
import { type PaymentMethod, paymentMethods } from '#shared/domain/billing/payment.ts';
import { readAmount, typedAmount } from '#shared/domain/prices/money.ts';
import type { InvoiceId, PatientId, PaymentId } from '#shared/kernel/ids.ts';
import classes from './Payments.module.css';

type Balance = Output<'payments.balance'>;

interface PaySheetProps {
  readonly patientId: PatientId;
  /** Null: a deposit. Nothing: the oldest invoice something is open of. */
  readonly invoiceId?: InvoiceId | null;
  readonly onClose: () => void;
}

/** Takes money for an invoice or as a deposit. It stays open as long as something of the invoice is, for the next part of it. */
export function PaySheet({ patientId, invoiceId, onClose }: PaySheetProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useCall('payments.balance', { patientId }, { afresh: true });
  const [times, setTimes] = useState(0);
  if (data === undefined)
    return (
      <SideSheet title={t('payments.pay.title')} onClose={onClose}>
        {error && <Failure failure={error} onRetry={() => void refetch()} />}
      </SideSheet>
    );
  const first = data.invoices.find(({ open, payerOpen }) => open > 0 || payerOpen > 0);
  return (
    <Pay
      key={`${times} ${invoiceId}`}
      patientId={patientId}
      balance={data}
      start={invoiceId === undefined ? (first?.id ?? null) : invoiceId}
      onTaken={(rest) => (rest > 0 ? setTimes((before) => before + 1) : onClose())}
      onClose={onClose}
    />
  );
}

interface PayProps {
  readonly patientId: PatientId;
  readonly balance: Balance;
  readonly start: InvoiceId | null;
  readonly onTaken: (rest: number) => void;
  readonly onClose: () => void;
}

const deposit = 'deposit';

/** What is typed, and what it means now. */
function usePay({ patientId, balance, start }: PayProps) {
  const name = `pay ${patientId} ${start}`;
  const [target, setTarget] = useHeldState<string>(`${name} for`, start ?? deposit);
  const [payer, setPayer] = useHeldState<boolean | null>(`${name} payer`, null);
  const [chosen, setMethod] = useHeldState<PaymentMethod | typeof deposit>(`${name} method`, 'cash');
  const [typed, setAmount] = useHeldState<string | null>(`${name} amount`, null);
  const [tendered, setTendered] = useHeldState(`${name} tendered`, '');
  const [reference, setReference] = useHeldState(`${name} reference`, '');
  const [restAsDeposit, setRest] = useHeldState(`${name} rest`, false);
  const invoice = balance.invoices.find(({ id }) => id === target) ?? null;
  const currency = invoice?.currency ?? balance.currency ?? '';
  const byPayer = payer ?? (invoice !== null && invoice.open <= 0 && invoice.payerOpen > 0);
  const open = invoice === null ? 0 : Math.max(0, byPayer ? invoice.payerOpen : invoice.open);
  const left = balance.deposits.find((one) => one.currency === currency && one.left > 0) ?? null;
  const mayUse = left !== null && invoice !== null && !byPayer && open > 0;
  const method = chosen === deposit && !mayUse ? 'cash' : chosen;
  const most = method === deposit ? Math.min(open, left?.left ?? 0) : open;
  const amount = typed ?? (most === 0 || currency === '' ? '' : typedAmount(most, currency));
  const read = currency === '' ? null : readAmount(amount, currency);
  const handed = tendered.trim() === '' || currency === '' ? null : readAmount(tendered, currency);
  const value = read?.ok ? read.value : 0;
  return {
    ...{ target, setTarget, byPayer, setPayer, method, setMethod, amount, setAmount, tendered, setTendered },
    ...{
      reference,
      setReference,
      restAsDeposit,
      setRest,
      invoice,
      currency,
      open,
      read,
      value,
      mayUse,
      left,
    },
    /** What is to be given back; below zero: so much is missing. Null where nothing was counted. */
    change: method === 'cash' && handed?.ok && read?.ok ? handed.value - value : null,
    surplus: invoice !== null && method !== deposit && !byPayer ? Math.max(0, value - open) : 0,
  };
}
type PayState = ReturnType<typeof usePay>;

/** Sends it, and says what was taken and what is to be given back. */
function useTake(patientId: PatientId, pay: PayState): () => Promise<void> {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
  const [, navigate] = useLocation();
  const record = useCommand('payments.record');
  const use = useCommand('payments.useDeposit');
  const { invoice, method, amount, currency, byPayer, tendered, reference, restAsDeposit, left, value } = pay;
  const told = async (id: PaymentId, change: number) => {
    const { receiptNumber } = await client.call('payments.get', { id });
    const words = { amount: format.money(value, currency), number: receiptNumber ?? '' };
    const receipt = () => navigate(printPath.receipt(id));
    toast(
      change > 0
        ? t('payments.pay.doneChange', { ...words, change: format.money(change, currency) })
        : t('payments.pay.done', words),
      { next: { label: t('payments.pay.receipt'), keys: 'shift+r', run: receipt } },
    );
  };
  return async () => {
    if (method === deposit) {
      if (left === null || invoice === null) return;
      await use.mutateAsync({ depositId: left.id, invoiceId: invoice.id, amount });
      toast(t('payments.pay.used', { amount: format.money(value, currency) }));
      return;
    }
    const taken = await record.mutateAsync({
      ...{ patientId, invoiceId: invoice?.id ?? null, byPayer, method, amount, currency, reference },
      ...{ tendered: method === 'cash' ? tendered : '', restAsDeposit },
    });
    const [first] = taken.ids;
    if (first !== undefined) await told(first, taken.change);
  };
}

function Pay(props: PayProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { patientId, balance, onTaken, onClose } = props;
  const pay = usePay(props);
  const take = useTake(patientId, pay);
  const { invoice, currency, open, method, value, change, surplus } = pay;
  const { save, saving, errorAt, problem } = useSave(() => onTaken(open - value));
  const submit = () =>
    void save(
      {
        ...(pay.read !== null && !pay.read.ok ? { amount: pay.read.error } : {}),
        ...(method !== 'cash' && method !== deposit && pay.reference.trim() === ''
          ? { reference: 'required' }
          : {}),
      },
      take,
    );
  const money = (amount: number) => format.money(amount, currency);
  return (
    <SaveSheet
      title={t('payments.pay.title')}
      call="payments.record"
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      submit={t('payments.pay.take')}
    >
      <For pay={pay} balance={balance} />
      {currency === '' && <p className={classes.quiet}>{t('payments.pay.noCurrency')}</p>}
      {invoice?.payerName && (
        <NativeSelect
          label={t('payments.pay.by')}
          data={[
            { value: '', label: t('payments.pay.patient') },
            { value: 'payer', label: invoice.payerName },
          ]}
          value={pay.byPayer ? 'payer' : ''}
          onChange={(event) => pay.setPayer(event.currentTarget.value === 'payer')}
        />
      )}
      <TextInput
        label={t('payments.pay.amountIn', { currency })}
        data-autofocus
        inputMode="decimal"
        maxLength={40}
        autoComplete="off"
        value={pay.amount}
        error={errorAt('amount')}
        onChange={(event) => pay.setAmount(event.currentTarget.value)}
      />
      {surplus > 0 && (
        <Checkbox
          label={t('payments.pay.rest', { amount: money(surplus) })}
          checked={pay.restAsDeposit}
          onChange={(event) => pay.setRest(event.currentTarget.checked)}
        />
      )}
      <Method pay={pay} />
      {method === 'cash' && (
        <>
          <TextInput
            label={t('payments.pay.tendered')}
            description={t('payments.pay.tenderedHint')}
            inputMode="decimal"
            maxLength={40}
            autoComplete="off"
            value={pay.tendered}
            error={errorAt('tendered')}
            onChange={(event) => pay.setTendered(event.currentTarget.value)}
          />
          <p className={classes.change} role="status" data-missing={(change ?? 0) < 0 || undefined}>
            {change === null
              ? ''
              : change < 0
                ? t('payments.pay.missing', { amount: money(-change) })
                : change === 0
                  ? t('payments.pay.noChange')
                  : t('payments.pay.change', { amount: money(change) })}
          </p>
        </>
      )}
      {method !== 'cash' && method !== deposit && (
        <TextInput
          label={t('payments.pay.reference')}
          description={t('payments.pay.referenceHint')}
          maxLength={200}
          autoComplete="off"
          value={pay.reference}
          error={errorAt('reference')}
          onChange={(event) => pay.setReference(event.currentTarget.value)}
        />
      )}
    </SaveSheet>
  );
}

/** Which invoice is paid, or that it is a deposit. */
function For({ pay, balance }: { pay: PayState; balance: Balance }) {
  const { t } = useTranslation();
  const format = useFormat();
  const data = balance.invoices
    .filter(({ id, open, payerOpen }) => open > 0 || payerOpen > 0 || id === pay.target)
    .map(({ id, number, provisional, open, payerOpen, currency }) => ({
      value: id as string,
      label: t('payments.pay.invoice', {
        number: provisional ? t('payments.pay.provisional', { number }) : number,
        amount: format.money(Math.max(0, open) + Math.max(0, payerOpen), currency),
      }),
    }));
  return (
    <NativeSelect
      label={t('payments.pay.for')}
      data={[...data, { value: deposit, label: t('payments.pay.deposit') }]}
      value={pay.invoice === null ? deposit : pay.target}
      onChange={(event) => {
        pay.setTarget(event.currentTarget.value);
        pay.setPayer(null);
        pay.setAmount(null);
      }}
    />
  );
}

/** How it is paid, and into which till cash goes. */
function Method({ pay }: { pay: PayState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const till = useCall('payments.till', {}, { afresh: true });
  const isOpen = till.data?.currency === pay.currency;
  return (
    <>
      <NativeSelect
        label={t('payments.pay.method')}
        data={[
          ...paymentMethods.map((method) => ({
            value: method as string,
            label: t(`payments.method.${method}`),
          })),
          ...(pay.mayUse && pay.left
            ? [
                {
                  value: deposit,
                  label: t('payments.pay.fromDeposit', {
                    amount: format.money(pay.left.left, pay.left.currency),
                  }),
                },
              ]
            : []),
        ]}
        value={pay.method}
        onChange={(event) => {
          const method = event.currentTarget.value as PayState['method'];
          pay.setMethod(method);
          if (method === deposit || pay.method === deposit) pay.setAmount(null);
        }}
      />
      {pay.method === 'cash' && till.data !== undefined && (
        <p className={classes.quiet} role="note">
          {isOpen ? (
            t('payments.pay.till', { name: till.data?.name ?? '' })
          ) : (
            <>
              {t('payments.pay.noTill')} <Link href="/billing/till">{t('payments.pay.toTill')}</Link>
            </>
          )}
        </p>
      )}
    </>
  );
}
