import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { Output } from '#shared/contract/contract.ts';
import { readAmount } from '#shared/domain/prices/money.ts';

interface OpenSheetProps {
  readonly desk: Output<'till.desk'>;
  readonly currency: string;
  readonly onClose: () => void;
}

/** Begins a session with the cash that is in the drawer. */
export function OpenSheet({ desk, currency, onClose }: OpenSheetProps) {
  const { t } = useTranslation();
  const open = useCommand('till.open');
  const taken = new Set(desk.open.map(({ tillName, siteId }) => `${siteId} ${tillName}`));
  const tills = desk.tills
    .filter(({ active }) => active)
    .toSorted((a, b) => Number(b.siteId === desk.siteId) - Number(a.siteId === desk.siteId));
  const free = tills.find(({ siteId, name }) => !taken.has(`${siteId} ${name}`)) ?? tills[0];
  const [tillId, setTill] = useHeldState<string>('till to open', free?.id ?? '');
  const [float, setFloat] = useHeldState('till float', '');
  const { save, saving, errorAt, problem } = useSave(onClose);
  const till = tills.find(({ id }) => id === tillId);
  const submit = () => {
    const read = readAmount(float, currency);
    void save(read.ok ? {} : { float: read.error }, async () => {
      if (till === undefined) return;
      await open.mutateAsync({ tillId: till.id, float });
      toast(t('till.opened', { till: till.name }));
    });
  };
  return (
    <SaveSheet
      title={t('till.open')}
      call="till.open"
      saving={saving}
      problem={problem}
      submit={t('till.openNow')}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('till.float', { currency })}
        description={t('till.floatHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data-autofocus
        inputMode="decimal"
        maxLength={40}
        value={float}
        error={errorAt('float')}
        autoComplete="off"
        onChange={(event) => setFloat(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('till.till')}
        data={tills.map(({ id, name, siteName }) => ({ value: id as string, label: `${name}, ${siteName}` }))}
        value={tillId}
        onChange={(event) => setTill(event.currentTarget.value)}
      />
    </SaveSheet>
  );
}
