import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import { typedAmount } from '#shared/domain/prices/money.ts';
import type { ChargeId } from '#shared/kernel/ids.ts';

interface DiscountSheetProps {
  readonly charge: {
    readonly chargeId: ChargeId;
    readonly title: string;
    readonly discount: number;
    readonly discountReason: string | null;
  };
  readonly currency: string;
  readonly onClose: () => void;
}

/** What is taken off something before it is billed, as an amount or in percent, and why. */
export function DiscountSheet({ charge, currency, onClose }: DiscountSheetProps) {
  const { t } = useTranslation();
  const { chargeId, title } = charge;
  const set = useCommand('invoices.discount');
  const now = charge.discount === 0 ? '' : typedAmount(charge.discount, currency);
  const [discount, setDiscount] = useHeldState(`discount ${chargeId}`, now);
  const [reason, setReason] = useHeldState(`discount reason ${chargeId}`, charge.discountReason ?? '');
  const { save, saving, errorAt, problem } = useSave(onClose);
  const submit = () =>
    void save({}, async () => {
      await set.mutateAsync({ chargeId, discount, reason });
      toast(t('billing.discountSaved', { title }));
    });
  return (
    <SaveSheet
      title={t('billing.discountFor', { title })}
      call="invoices.discount"
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('billing.discountIn', { currency })}
        description={t('billing.discountHint')}
        data-autofocus
        inputMode="decimal"
        maxLength={40}
        value={discount}
        error={errorAt('discount')}
        autoComplete="off"
        onChange={({ currentTarget }) => setDiscount(currentTarget.value)}
      />
      <TextInput
        label={t('billing.reason')}
        maxLength={500}
        value={reason}
        error={errorAt('reason')}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </SaveSheet>
  );
}
