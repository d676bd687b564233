import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import form from '#renderer/ui/Form.module.css';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { BatchView, StockLine, StoreView } from '#shared/contract/stock.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { useStockWords } from './useStockWords.ts';

/** What can be done with a batch that needs a quantity. */
export const moves = ['transfer', 'putAside', 'waste', 'adjust'] as const;
export type Move = (typeof moves)[number];

interface MoveSheetProps {
  readonly move: Move;
  readonly item: StockLine;
  readonly batch: BatchView;
  readonly store: LocationId;
  readonly stores: readonly StoreView[];
  readonly onClose: () => void;
}

/** What of the batch can be taken by it; of a correction there is no such thing. */
const leftOf = (move: Move, { quantity, held, usable }: BatchView): number =>
  move === 'putAside' ? usable : Math.max(quantity - Math.max(held, 0), 0);

/** Moves some of a batch: to another store, aside, away, or as the book should have had it. */
export function MoveSheet({ move, item, batch, store, stores, onClose }: MoveSheetProps) {
  const { t } = useTranslation();
  const words = useStockWords();
  const command = useCommand(`stock.${move}`);
  const others = stores.filter(({ id, active }) => active && id !== store);
  const [to, setTo] = useHeldState<string>(`stock ${move} to ${batch.id}`, others[0]?.id ?? '');
  const [quantity, setQuantity] = useHeldState(`stock ${move} ${batch.id}`, '');
  const [reason, setReason] = useHeldState(`stock ${move} why ${batch.id}`, '');
  const { save, saving, errorAt, problem } = useSave(onClose);
  const isNeeded = move !== 'transfer';
  const submit = () =>
    void save(
      {
        ...(quantity.trim() === '' && { quantity: 'required' }),
        ...(isNeeded && reason.trim() === '' && { reason: 'required' }),
        ...(move === 'transfer' && to === '' && { to: 'required' }),
      },
      async () => {
        await command.mutateAsync({
          batchId: batch.id,
          locationId: store,
          to: to as LocationId,
          quantity,
          reason,
        });
        toast(t('stock.moved'));
      },
    );
  const title = t('stock.moveOf', { what: t(`stock.${move}`), lot: batch.lot });
  return (
    <SaveSheet
      title={title}
      call={`stock.${move}`}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={form.quiet}>
        {item.title}
        {move !== 'adjust' &&
          `. ${t('stock.left', { quantity: words.amount(leftOf(move, batch), item.unit) })}`}
      </p>
      {move === 'transfer' && (
        <NativeSelect
          label={t('stock.to')}
          data={others.map(({ id, siteName, name }) => ({
            value: id as string,
            label: t('stock.storeOf', { site: siteName, name }),
          }))}
          value={to}
          error={errorAt('to')}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      )}
      <TextInput
        label={t('stock.quantity')}
        {...(move === 'adjust' ? { description: t('stock.adjustHint') } : { inputMode: 'numeric' })}
        data-autofocus
        maxLength={40}
        value={quantity}
        error={errorAt('quantity')}
        autoComplete="off"
        rightSection={<span className={form.quiet}>{words.unit(item.unit)}</span>}
        rightSectionWidth={96}
        onChange={(event) => setQuantity(event.currentTarget.value)}
      />
      <TextInput
        label={t(isNeeded ? 'stock.reason' : 'stock.optionalReason')}
        maxLength={1000}
        value={reason}
        error={errorAt('reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </SaveSheet>
  );
}
