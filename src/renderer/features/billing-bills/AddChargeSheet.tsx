import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { ChargeItemId, PatientId } from '#shared/kernel/ids.ts';

interface AddChargeSheetProps {
  readonly patientId: PatientId;
  readonly onClose: () => void;
}

/** Something of the price list that nothing raises by itself, at what it costs here today. */
export function AddChargeSheet({ patientId, onClose }: AddChargeSheetProps) {
  const { t } = useTranslation();
  const list = useCall('prices.list', {});
  const add = useCommand('charges.add');
  const [definitionId, setDefinitionId] = useHeldState<string | null>(`charge of ${patientId}`, null);
  const [quantity, setQuantity] = useHeldState(`charge quantity ${patientId}`, '1');
  const { save, saving, errorAt, problem } = useSave(onClose);
  const submit = () =>
    void save(definitionId === null ? { definitionId: 'required' } : {}, async () => {
      const { title } = await add.mutateAsync({
        patientId,
        definitionId: definitionId as ChargeItemId,
        quantity,
      });
      toast(t('billing.added', { title }));
    });
  const items = (list.data?.items ?? []).filter(({ active }) => active);
  return (
    <SaveSheet
      title={t('billing.add')}
      call="charges.add"
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <Select
        label={t('billing.what')}
        data-autofocus
        searchable
        limit={50}
        nothingFoundMessage={t('billing.noSuchPrice')}
        data={items.map(({ id, code, title }) => ({ value: id, label: `${title} (${code})` }))}
        value={definitionId}
        error={errorAt('definitionId')}
        onChange={setDefinitionId}
      />
      <TextInput
        label={t('billing.quantity')}
        inputMode="decimal"
        maxLength={40}
        autoComplete="off"
        value={quantity}
        error={errorAt('quantity')}
        onChange={({ currentTarget }) => setQuantity(currentTarget.value)}
      />
    </SaveSheet>
  );
}
