import { Select, type SelectProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { orderTests } from '#shared/domain/orders/catalogue.ts';
import { MedicineId } from '#shared/kernel/ids.ts';
import type { ItemDraft } from './item-draft.ts';

interface RaisedByProps {
  readonly draft: ItemDraft;
  /** The name of the medicine that stands. */
  readonly medicineName: string | null;
  readonly change: (part: Partial<ItemDraft>) => void;
  readonly errorAt: (field: string) => string | undefined;
}

const field = {
  openOnFocus: false,
  searchable: true,
  clearable: true,
  inputWrapperOrder: ['label', 'input', 'description', 'error'],
} satisfies Partial<SelectProps>;

/** What raises an entry of the price list by itself: of a visit its kind, of a procedure the test, of a medicine the medicine. */
export function RaisedByField(props: RaisedByProps) {
  switch (props.draft.category) {
    case 'visit':
      return <VisitTypeChoice {...props} />;
    case 'procedure':
      return <TestChoice {...props} />;
    case 'medicine':
      return <MedicineChoice {...props} />;
    default:
      return null;
  }
}

function VisitTypeChoice({ draft, change, errorAt }: RaisedByProps) {
  const { t } = useTranslation();
  const types = useCall('scheduling.visitTypes', {}).data ?? [];
  return (
    <Select
      {...field}
      label={t('prices.visitType')}
      description={t('prices.visitTypeHint')}
      placeholder={t('prices.service')}
      clearButtonProps={{ 'aria-label': t('prices.service') }}
      data={types
        .filter((one) => one.active || one.id === draft.visitTypeId)
        .map(({ id, name }) => ({ value: id as string, label: name }))}
      value={draft.visitTypeId}
      error={errorAt('visitTypeId')}
      onChange={(id) => change({ visitTypeId: types.find((one) => one.id === id)?.id ?? null })}
    />
  );
}

function TestChoice({ draft, change, errorAt }: RaisedByProps) {
  const { t } = useTranslation();
  return (
    <Select
      {...field}
      label={t('prices.test')}
      description={t('prices.testHint')}
      placeholder={t('prices.byHand')}
      clearButtonProps={{ 'aria-label': t('prices.byHand') }}
      data={orderTests.map(({ code, name }) => ({ value: code, label: name }))}
      value={draft.serviceCode}
      error={errorAt('serviceCode')}
      onChange={(serviceCode) => change({ serviceCode })}
    />
  );
}

/** Medicines are looked for in the formulary while one types: it may hold thousands. */
function MedicineChoice({ draft, medicineName, change, errorAt }: RaisedByProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(medicineName);
  const may = mayCall(useCurrentUser(), 'formulary.search');
  const found = useCall(
    'formulary.search',
    { text },
    { enabled: may && text.trim() !== '', keepPrevious: true },
  );
  const options = (found.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const isListed = options.some(({ value }) => value === draft.medicineId);
  const own = draft.medicineId === null || isListed ? [] : [{ value: draft.medicineId, label: chosen ?? '' }];
  return (
    <Select
      {...field}
      label={t('prices.medicine')}
      description={t('prices.medicineHint')}
      placeholder={t('prices.findMedicine')}
      nothingFoundMessage={t('prices.noMedicine')}
      clearButtonProps={{ 'aria-label': t('prices.byHand') }}
      filter={({ options: all }) => all}
      data={[...own, ...options]}
      value={draft.medicineId}
      error={errorAt('medicineId')}
      onSearchChange={setText}
      onChange={(id, option) => {
        setChosen(option?.label ?? null);
        change({ medicineId: id === null ? null : MedicineId.parse(id) });
      }}
    />
  );
}
