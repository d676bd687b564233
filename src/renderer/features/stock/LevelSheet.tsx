import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { StockLine } from '#shared/contract/stock.ts';
import type { LocationId } from '#shared/kernel/ids.ts';

interface LevelSheetProps {
  readonly item: StockLine;
  readonly store: LocationId;
  readonly onClose: () => void;
}

/** How much of an item a store wants to have. */
export function LevelSheet({ item, store, onClose }: LevelSheetProps) {
  const { t } = useTranslation();
  const command = useCommand('stock.setLevel');
  const [minimum, setMinimum] = useHeldState(`stock minimum ${item.id}`, String(item.minimum ?? ''));
  const [fillTo, setFillTo] = useHeldState(`stock fill ${item.id}`, String(item.fillTo ?? ''));
  const { save, saving, errorAt, problem } = useSave(onClose);
  const submit = () =>
    void save({}, async () => {
      await command.mutateAsync({ itemId: item.id, locationId: store, minimum, fillTo });
      toast(t('stock.levelSaved', { title: item.title }));
    });
  return (
    <SaveSheet
      title={t('stock.level', { title: item.title })}
      call="stock.setLevel"
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('stock.minimum')}
        description={t('stock.minimumHint')}
        data-autofocus
        inputMode="numeric"
        maxLength={40}
        value={minimum}
        error={errorAt('minimum')}
        onChange={(event) => setMinimum(event.currentTarget.value)}
      />
      <TextInput
        label={t('stock.fillTo')}
        description={t('stock.fillToHint')}
        inputMode="numeric"
        maxLength={40}
        value={fillTo}
        error={errorAt('fillTo')}
        onChange={(event) => setFillTo(event.currentTarget.value)}
      />
    </SaveSheet>
  );
}
