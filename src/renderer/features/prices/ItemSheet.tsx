import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { StandsNotice } from '#renderer/ui/StandsNotice.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useEdited } from '#renderer/ui/useEdited.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { ChargeItemView } from '#shared/contract/prices.ts';
import { type ChargeCategory, chargeCategories } from '#shared/domain/billing/charge.ts';
import { orderTests } from '#shared/domain/orders/catalogue.ts';
import { ItemPrices } from './ItemPrices.tsx';
import { draftOf, type ItemDraft, readItem } from './item-draft.ts';
import { RaisedByField } from './RaisedByField.tsx';

const labels = {
  code: 'prices.code',
  title: 'prices.what',
  category: 'prices.kind',
  tax: 'prices.tax',
  visitTypeId: 'prices.visitType',
  serviceCode: 'prices.test',
  medicineId: 'prices.medicine',
  active: 'prices.active',
} as const satisfies Record<keyof ItemDraft, string>;

/** Of another category it is something else that raises it. */
const raisedByNothing = { visitTypeId: null, serviceCode: null, medicineId: null } as const;

interface ItemSheetProps {
  /** Null for a new one. */
  readonly item: ChargeItemView | null;
  readonly list: Output<'prices.list'>;
  /** A price is to be set for it. */
  readonly onPrice: (id: string) => void;
  readonly onClose: () => void;
}

/** Something that is charged for, and every price it has, had and will have. A new one goes on to its first price. */
export function ItemSheet({ item, list, onPrice, onClose }: ItemSheetProps) {
  const { t } = useTranslation();
  const types = useCall('scheduling.visitTypes', {}).data ?? [];
  const all = useCall('prices.list', {});
  const define = useCommand('prices.define');
  const { was, draft, change, stands, meet } = useEdited(`charge item ${item?.id ?? ''}`, () =>
    draftOf(item),
  );
  const { save, saving, errorAt, problem } = useSave(
    () => undefined,
    async () => {
      const now = (await all.refetch()).data?.items.find(({ id }) => id === item?.id);
      if (now) meet(draftOf(now));
    },
  );
  const medicineName = item?.medicineName ?? null;
  const shownOf = (name: keyof ItemDraft): string => {
    const value = stands[name];
    if (name === 'visitTypeId') return types.find((one) => one.id === value)?.name ?? '';
    if (name === 'serviceCode') return orderTests.find(({ code }) => code === value)?.name ?? '';
    if (name === 'medicineId') return medicineName ?? '';
    if (name === 'category') return stands.category ? t(`prices.category.${stands.category}`) : '';
    return name === 'active' ? t(stands.active ? 'records.yes' : 'records.no') : String(value ?? '');
  };
  const standsWords = (Object.keys(stands) as (keyof ItemDraft)[]).map((name) => ({
    label: t(labels[name]),
    value: shownOf(name),
  }));
  const submit = () => {
    const details = readItem(draft);
    const before = readItem(was);
    void save(details.ok ? {} : { tax: details.error }, async () => {
      if (!details.ok) return;
      const { id } = await define.mutateAsync({
        ...details.value,
        id: item?.id ?? null,
        was: item && before.ok ? before.value : null,
      });
      toast(t('prices.saved', { title: draft.title.trim() }));
      if (item === null) onPrice(id);
      else onClose();
    });
  };
  return (
    <SaveSheet
      title={t(item ? 'prices.change' : 'prices.add')}
      call="prices.define"
      saving={saving}
      problem={problem}
      width={460}
      onSubmit={submit}
      onClose={onClose}
      above={<StandsNotice fields={standsWords} />}
    >
      <TextInput
        label={t('prices.what')}
        data-autofocus
        maxLength={200}
        value={draft.title}
        error={errorAt('title')}
        autoComplete="off"
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <TextInput
        label={t('prices.code')}
        description={t('prices.codeHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxLength={64}
        value={draft.code}
        error={errorAt('code')}
        autoComplete="off"
        onChange={(event) => change({ code: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('prices.kind')}
        data={chargeCategories.map((value) => ({ value, label: t(`prices.category.${value}`) }))}
        value={draft.category}
        onChange={(event) =>
          change({ ...raisedByNothing, category: event.currentTarget.value as ChargeCategory })
        }
      />
      <RaisedByField draft={draft} medicineName={medicineName} change={change} errorAt={errorAt} />
      <TextInput
        label={t('prices.tax')}
        description={t('prices.taxHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        inputMode="decimal"
        maxLength={20}
        value={draft.tax}
        error={errorAt('tax') ?? errorAt('taxRate')}
        autoComplete="off"
        onChange={(event) => change({ tax: event.currentTarget.value })}
      />
      <Checkbox
        label={t('prices.active')}
        checked={draft.active}
        onChange={(event) => change({ active: event.currentTarget.checked })}
      />
      {item && <ItemPrices item={item} list={list} onPrice={() => onPrice(item.id)} />}
    </SaveSheet>
  );
}
