import { Checkbox, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import form from '#renderer/ui/Form.module.css';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { StockLine } from '#shared/contract/stock.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { useStockWords } from './useStockWords.ts';

interface ReceiveSheetProps {
  readonly item: StockLine;
  readonly store: LocationId;
  readonly today: string;
  /** Null where the clinic has none: nothing can have a cost. */
  readonly currency: string | null;
  readonly onClose: () => void;
}

const nothing = { lot: '', expiry: '', expires: true, quantity: '', cost: '', costUnits: '', reference: '' };

/** What came in: of which lot, until when it may be used, how much, and what it cost. */
export function ReceiveSheet({ item, store, today, currency, onClose }: ReceiveSheetProps) {
  const { t } = useTranslation();
  const words = useStockWords();
  const receive = useCommand('stock.receive');
  const [draft, setDraft] = useHeldState(`stock receive ${item.id}`, nothing);
  const change = (more: Partial<typeof nothing>) => setDraft({ ...draft, ...more });
  const { save, saving, errorAt, problem } = useSave(onClose);
  const submit = () =>
    void save(
      {
        ...(draft.lot.trim() === '' && { lot: 'required' }),
        ...(draft.expires && draft.expiry === '' && { expiry: 'required' }),
        ...(draft.quantity.trim() === '' && { quantity: 'required' }),
      },
      async () => {
        const { lot, quantity, cost, costUnits, reference } = draft;
        await receive.mutateAsync({
          itemId: item.id,
          locationId: store,
          lot,
          expiry: draft.expires ? draft.expiry : null,
          quantity,
          cost,
          costUnits,
          reference,
        });
        toast(t('stock.received', { quantity, title: item.title }));
      },
    );
  const typed = (key: 'lot' | 'quantity' | 'cost' | 'costUnits' | 'reference') => ({
    value: draft[key],
    error: errorAt(key),
    autoComplete: 'off',
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      change({ [key]: event.currentTarget.value }),
  });
  return (
    <SaveSheet
      title={t('stock.receiveOf', { title: item.title })}
      call="stock.receive"
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      submit={t('stock.receive')}
    >
      <TextInput label={t('stock.lot')} data-autofocus maxLength={64} {...typed('lot')} />
      {draft.expires && (
        <DateField
          label={t('stock.expiry')}
          value={draft.expiry}
          error={errorAt('expiry')}
          onChange={(expiry) => change({ expiry })}
        />
      )}
      <Checkbox
        label={t('stock.hasNoExpiry')}
        checked={!draft.expires}
        onChange={(event) => change({ expires: !event.currentTarget.checked })}
      />
      <TextInput
        label={t('stock.quantity')}
        inputMode="numeric"
        maxLength={40}
        rightSection={<span className={form.quiet}>{words.unit(item.unit)}</span>}
        rightSectionWidth={96}
        {...typed('quantity')}
      />
      {currency !== null && (
        <div className={form.pair}>
          <TextInput
            label={t('stock.costIn', { currency })}
            description={t('stock.costHint')}
            inputMode="decimal"
            maxLength={40}
            {...typed('cost')}
          />
          <TextInput
            label={t('stock.costUnits')}
            description={t('stock.costUnitsHint')}
            inputMode="numeric"
            maxLength={40}
            {...typed('costUnits')}
          />
        </div>
      )}
      <TextInput label={t('stock.reference')} maxLength={200} {...typed('reference')} />
      <p className={form.quiet} role="status">
        {draft.expires && draft.expiry !== '' && draft.expiry < today && t('stock.alreadyExpired')}
      </p>
    </SaveSheet>
  );
}
