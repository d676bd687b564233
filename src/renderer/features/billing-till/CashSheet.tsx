import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { TillSessionView } from '#shared/contract/till.ts';
import { readAmount } from '#shared/domain/prices/money.ts';

interface CashSheetProps {
  readonly session: TillSessionView;
  readonly kind: 'cash-in' | 'cash-out';
  readonly onClose: () => void;
}

/** Cash that is put in or taken out, with why. */
export function CashSheet({ session, kind, onClose }: CashSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const cash = useCommand('till.cash');
  const [amount, setAmount] = useHeldState(`till ${kind} ${session.id}`, '');
  const [reason, setReason] = useHeldState(`till ${kind} why ${session.id}`, '');
  const { save, saving, errorAt, problem } = useSave(onClose);
  const { currency } = session;
  const title = t(kind === 'cash-in' ? 'till.cashInTitle' : 'till.cashOutTitle');
  const submit = () => {
    const read = readAmount(amount, currency);
    const known = {
      ...(read.ok ? {} : { amount: read.error }),
      ...(reason.trim() === '' ? { reason: 'required' } : {}),
    };
    void save(known, async () => {
      await cash.mutateAsync({ sessionId: session.id, kind, amount, reason });
      const shown = read.ok ? format.money(read.value, currency) : amount;
      toast(t(kind === 'cash-in' ? 'till.moved.in' : 'till.moved.out', { amount: shown }));
    });
  };
  return (
    <SaveSheet
      title={title}
      call="till.cash"
      saving={saving}
      problem={problem}
      submit={t(kind === 'cash-in' ? 'till.cashIn' : 'till.cashOut')}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('till.amountIn', { currency })}
        data-autofocus
        inputMode="decimal"
        maxLength={40}
        value={amount}
        error={errorAt('amount')}
        autoComplete="off"
        onChange={(event) => setAmount(event.currentTarget.value)}
      />
      <TextInput
        label={t('till.reason')}
        description={t('till.reasonHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxLength={1000}
        value={reason}
        error={errorAt('reason')}
        autoComplete="off"
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </SaveSheet>
  );
}
