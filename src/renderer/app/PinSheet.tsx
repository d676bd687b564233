import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { type NewPin, NewPinFields, newPinProblems, noPin } from '#renderer/ui/NewPinFields.tsx';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useSave } from '#renderer/ui/useSave.ts';

/** Sets or changes the PIN of whoever works here. */
export function PinSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const isSet = useCall('session.pin', {}).data?.set === true;
  const setPin = useCommand('session.setPin');
  const [value, setValue] = useState<NewPin>(noPin);
  const { save, saving, errorAt, problem } = useSave(() => {
    toast(t('session.pin.done'));
    onClose();
  });
  const submit = () =>
    void save(newPinProblems(value), () => setPin.mutateAsync({ password: value.password, pin: value.pin }));
  return (
    <SaveSheet
      title={t(isSet ? 'session.pin.change' : 'session.pin.set')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <NewPinFields value={value} onChange={setValue} errorAt={errorAt} />
    </SaveSheet>
  );
}
