import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { NewPasswordFields, newPasswordProblems } from '#renderer/ui/NewPasswordFields.tsx';
import { OwnPasswordField } from '#renderer/ui/PinField.tsx';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useSave } from '#renderer/ui/useSave.ts';

/** Another password of whoever works here. */
export function PasswordSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const change = useCommand('session.changePassword');
  const [password, setPassword] = useState('');
  const [wanted, setWanted] = useState({ next: '', again: '' });
  const { save, saving, errorAt, problem } = useSave(() => {
    toast(t('session.newPassword.done'));
    onClose();
  });
  const problems = () => ({
    ...(password === '' ? { password: 'required' } : {}),
    ...newPasswordProblems(wanted),
  });
  return (
    <SaveSheet
      title={t('session.newPassword.change')}
      saving={saving}
      problem={problem}
      onSubmit={() => void save(problems(), () => change.mutateAsync({ password, next: wanted.next }))}
      onClose={onClose}
    >
      <OwnPasswordField value={password} error={errorAt('password')} autoFocus onChange={setPassword} />
      <NewPasswordFields value={wanted} onChange={setWanted} errorAt={errorAt} />
    </SaveSheet>
  );
}
