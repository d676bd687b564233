import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCommand } from '#renderer/client/calls.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { InvoiceLineView, InvoiceView } from '#shared/contract/invoices.ts';
import { shownNumber } from '#shared/domain/billing/number.ts';
import classes from './Bills.module.css';
import { billPath } from './paths.ts';

interface CreditSheetProps {
  readonly invoice: InvoiceView;
  /** Null: all that is left of the invoice. */
  readonly line: InvoiceLineView | null;
  readonly onClose: () => void;
}

const ways = ['rest', 'amount', 'quantity'] as const;

/** Takes back what was issued, whole or a part of a line, with the reason. */
export function CreditSheet({ invoice, line, onClose }: CreditSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [, navigate] = useLocation();
  const credit = useCommand('invoices.credit');
  const [by, setBy] = useState<(typeof ways)[number]>('rest');
  const [typed, setTyped] = useState('');
  const other = line?.alsoOn[0];
  const [reason, setReason] = useState(other ? t('billing.billedTwice', { number: other.number }) : '');
  const [chargeAgain, setChargeAgain] = useState(true);
  const { save, saving, errorAt, problem } = useSave(onClose);
  const { number } = shownNumber(invoice);
  const title =
    line === null ? t('billing.creditOf', { number }) : t('billing.creditLine', { title: line.title });
  const left = line?.left.gross ?? invoice.lines.reduce((sum, one) => sum + one.left.gross, 0);
  const submit = () =>
    void save({}, async () => {
      const lines = line === null ? null : [{ id: line.id, by, typed }];
      const { id } = await credit.mutateAsync({ id: invoice.id, lines, reason, chargeAgain });
      toast(t('billing.wasCredited'));
      navigate(billPath(id));
    });
  return (
    <SaveSheet
      title={title}
      call="invoices.credit"
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      submit={t('billing.creditSubmit')}
    >
      <p className={classes.quiet}>{t('billing.left', { amount: format.money(left, invoice.currency) })}</p>
      {line !== null && (
        <NativeSelect
          label={t('billing.creditBy')}
          value={by}
          data={ways.map((value) => ({ value, label: t(`billing.way.${value}`) }))}
          onChange={({ currentTarget }) => setBy(ways.find((one) => one === currentTarget.value) ?? 'rest')}
        />
      )}
      {by !== 'rest' && line !== null && (
        <TextInput
          label={t(`billing.way.${by}`)}
          inputMode="decimal"
          maxLength={40}
          value={typed}
          error={errorAt(line.id)}
          autoComplete="off"
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      )}
      <TextInput
        label={t('billing.reason')}
        data-autofocus
        maxLength={500}
        value={reason}
        error={errorAt('reason')}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <Checkbox
        label={t('billing.chargeAgain')}
        description={t('billing.chargeAgainHint')}
        checked={chargeAgain}
        onChange={({ currentTarget }) => setChargeAgain(currentTarget.checked)}
      />
    </SaveSheet>
  );
}
