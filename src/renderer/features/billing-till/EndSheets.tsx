import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import formClasses from '#renderer/ui/Form.module.css';
import { PinField } from '#renderer/ui/PinField.tsx';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { TillSessionView } from '#shared/contract/till.ts';

interface EndSheetProps {
  readonly session: TillSessionView;
  readonly onClose: () => void;
}

/** The counted cash goes to a colleague, who says yes with their PIN. */
export function HandOverSheet({
  session,
  cashiers,
  onClose,
}: EndSheetProps & { readonly cashiers: Output<'till.desk'>['cashiers'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const handOver = useCommand('till.handOver');
  const [toId, setTo] = useState('');
  const [pin, setPin] = useState('');
  const { save, saving, errorAt, problem } = useSave(onClose);
  const others = cashiers.filter(({ id }) => id !== session.cashierId);
  const to = others.find(({ id }) => id === toId);
  const submit = () =>
    void save(
      { ...(to === undefined && { toId: 'required' }), ...(pin === '' && { pin: 'required' }) },
      async () => {
        if (to === undefined) return;
        try {
          await handOver.mutateAsync({ sessionId: session.id, toId: to.id, pin });
        } finally {
          setPin('');
        }
        toast(t('till.handedOver', { name: to.name }));
      },
    );
  return (
    <SaveSheet
      title={t('till.handOver')}
      call="till.handOver"
      saving={saving}
      problem={problem}
      submit={t('till.handOver')}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={formClasses.quiet}>
        {t('till.handOverHint', { amount: format.money(session.figures?.counted ?? 0, session.currency) })}
      </p>
      <NativeSelect
        label={t('till.handOverTo')}
        data-autofocus
        data={[
          { value: '', label: t('till.choose') },
          ...others.map(({ id, name }) => ({ value: id as string, label: name })),
        ]}
        value={toId}
        error={errorAt('toId')}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      {to && (
        <PinField
          label={t('till.theirPin', { name: to.name })}
          value={pin}
          error={errorAt('pin')}
          onChange={setPin}
        />
      )}
    </SaveSheet>
  );
}

/** The end of a session; there is no way back. */
export function CloseSheet({ session, onClose }: EndSheetProps) {
  const { t } = useTranslation();
  const close = useCommand('till.close');
  const { save, saving, problem } = useSave(onClose);
  const submit = () =>
    void save({}, async () => {
      await close.mutateAsync({ sessionId: session.id });
      toast(t('till.closed'));
    });
  return (
    <SaveSheet
      title={t('till.close')}
      call="till.close"
      saving={saving}
      problem={problem}
      submit={t('till.close')}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={formClasses.quiet}>
        {session.tillName} · {session.cashierName}. {t('till.closeSure')}
      </p>
    </SaveSheet>
  );
}
