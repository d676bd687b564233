import { Checkbox, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { SuggestField } from '#renderer/ui/SuggestField.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { StockLine } from '#shared/contract/stock.ts';
import { parseUnit } from '#shared/domain/prescribing/units.ts';
import type { MedicineId, StockItemId } from '#shared/kernel/ids.ts';
import { useStockWords } from './useStockWords.ts';

interface ItemSheetProps {
  readonly item: StockLine | null;
  readonly onSaved?: (id: StockItemId) => void;
  readonly onClose: () => void;
}

interface Draft {
  readonly title: string;
  readonly unit: string;
  readonly medicineText: string;
  readonly medicineId: MedicineId | null;
  readonly active: boolean;
}

/** What is kept: its name, the unit it is counted in, and which medicine of the formulary it is. */
export function ItemSheet({ item, onSaved, onClose }: ItemSheetProps) {
  const { t } = useTranslation();
  const words = useStockWords();
  const command = useCommand('stock.saveItem');
  const [draft, setDraft] = useHeldState<Draft>(`stock item ${item?.id ?? ''}`, {
    title: item?.title ?? '',
    unit: item ? words.unit(item.unit) : '',
    medicineText: item?.medicineName ?? '',
    medicineId: item?.medicineId ?? null,
    active: item?.active ?? true,
  });
  const change = (more: Partial<Draft>) => setDraft({ ...draft, ...more });
  const [settled] = useDebouncedValue(draft.medicineText.trim(), 80);
  const found = useCall(
    'formulary.search',
    { text: settled.slice(0, 200) },
    { enabled: settled !== '' && draft.medicineId === null, keepPrevious: true },
  );
  const { save, saving, errorAt, problem } = useSave(onClose);
  const submit = () =>
    void save(
      {
        ...(draft.title.trim() === '' && { title: 'required' }),
        ...(draft.unit.trim() === '' && { unit: 'required' }),
      },
      async () => {
        const { id } = await command.mutateAsync({
          id: item?.id ?? null,
          title: draft.title,
          // What a unit is called here is kept as it is called everywhere.
          unit: parseUnit(draft.unit) ?? draft.unit,
          medicineId: draft.medicineId,
          active: draft.active,
        });
        toast(t('stock.saved', { title: draft.title }));
        onSaved?.(id);
      },
    );
  const text = draft.medicineText.trim();
  return (
    <SaveSheet
      title={t(item ? 'stock.edit' : 'stock.add')}
      call="stock.saveItem"
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('stock.item')}
        description={t('stock.titleHint')}
        data-autofocus
        maxLength={200}
        value={draft.title}
        error={errorAt('title')}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <TextInput
        label={t('stock.unit')}
        description={t('stock.unitHint')}
        maxLength={50}
        value={draft.unit}
        error={errorAt('unit')}
        onChange={(event) => change({ unit: event.currentTarget.value })}
      />
      <SuggestField
        label={t('stock.medicine')}
        listLabel={t('stock.medicineList')}
        text={draft.medicineText}
        maxLength={200}
        onText={(typed) => change({ medicineText: typed, medicineId: null })}
        suggestions={(settled === '' ? [] : (found.data ?? [])).map(({ id, name, form }) => ({
          key: id,
          label: name,
          ...(form ? { detail: form } : {}),
        }))}
        ready={settled === text && !found.isPlaceholderData}
        chosen={draft.medicineId !== null}
        onChoose={({ key, label }) => change({ medicineId: key as MedicineId, medicineText: label })}
        error={errorAt('medicineId')}
        note={
          text === ''
            ? { text: t('stock.medicineHint'), warn: false }
            : {
                text: t(draft.medicineId === null ? 'stock.noMedicine' : 'stock.isMedicine'),
                warn: draft.medicineId === null,
              }
        }
      />
      <Checkbox
        label={t('stock.active')}
        checked={draft.active}
        onChange={(event) => change({ active: event.currentTarget.checked })}
      />
    </SaveSheet>
  );
}
