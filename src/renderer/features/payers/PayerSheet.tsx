import { Checkbox, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { StandsNotice } from '#renderer/ui/StandsNotice.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useEdited } from '#renderer/ui/useEdited.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { PayerDetails, PayerView } from '#shared/contract/payers.ts';

const detailsOf = (payer: PayerView | null): PayerDetails => ({
  name: payer?.name ?? '',
  identifier: payer?.identifier ?? null,
  email: payer?.email ?? null,
  phone: payer?.phone ?? null,
  addressLine: payer?.addressLine ?? null,
  active: payer?.active ?? true,
});

const texts = [
  ['identifier', 100],
  ['phone', 100],
  ['email', 200],
  ['addressLine', 400],
] as const;

interface PayerSheetProps {
  /** Null for a new one. */
  readonly payer: PayerView | null;
  readonly onClose: () => void;
}

/** Somebody who pays for patients. */
export function PayerSheet({ payer, onClose }: PayerSheetProps) {
  const { t } = useTranslation();
  const all = useCall('payers.list', {});
  const command = useCommand('payers.save');
  const { was, draft, change, stands, meet } = useEdited(`payer ${payer?.id ?? ''}`, () => detailsOf(payer));
  const { save, saving, errorAt, problem } = useSave(onClose, async () => {
    const now = (await all.refetch()).data?.payers.find(({ id }) => id === payer?.id);
    if (now) meet(detailsOf(now));
  });
  const standsWords = (Object.keys(stands) as (keyof PayerDetails)[]).map((name) => ({
    label: t(`payers.${name}`),
    value: name === 'active' ? t(stands.active ? 'records.yes' : 'records.no') : (stands[name] ?? ''),
  }));
  const submit = () =>
    void save(draft.name.trim() === '' ? { name: 'required' } : {}, async () => {
      await command.mutateAsync({ ...draft, id: payer?.id ?? null, was: payer ? was : null });
      toast(t('payers.saved', { name: draft.name.trim() }));
    });
  return (
    <SaveSheet
      title={t(payer ? 'payers.change' : 'payers.add')}
      call="payers.save"
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      above={<StandsNotice fields={standsWords} />}
    >
      <TextInput
        label={t('payers.name')}
        data-autofocus
        maxLength={200}
        value={draft.name}
        error={errorAt('name')}
        autoComplete="off"
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      {texts.map(([name, most]) => (
        <TextInput
          key={name}
          label={t(`payers.${name}`)}
          {...(name === 'identifier' ? { description: t('payers.identifierHint') } : {})}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={most}
          value={draft[name] ?? ''}
          error={errorAt(name)}
          autoComplete="off"
          onChange={(event) => change({ [name]: event.currentTarget.value || null })}
        />
      ))}
      <Checkbox
        label={t('payers.active')}
        description={t('payers.activeHint')}
        checked={draft.active}
        onChange={(event) => change({ active: event.currentTarget.checked })}
      />
    </SaveSheet>
  );
}
