import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface NewPassword {
  readonly next: string;
  readonly again: string;
}

/** What is wrong with it before it is sent, by field; how easily it is guessed is told by the workstation. */
export const newPasswordProblems = ({ next, again }: NewPassword): Readonly<Record<string, string>> => ({
  ...(next === '' ? { next: 'required' } : {}),
  ...(next !== '' && next !== again ? { again: 'password-again' } : {}),
});

interface NewPasswordFieldsProps {
  readonly value: NewPassword;
  readonly onChange: (value: NewPassword) => void;
  readonly errorAt: (field: string) => string | undefined;
  readonly autoFocus?: boolean;
}

/** A password twice. It may be pasted. */
export function NewPasswordFields({ value, onChange, errorAt, autoFocus = false }: NewPasswordFieldsProps) {
  const { t } = useTranslation();
  const eye = { 'aria-label': t('session.showPassword'), tabIndex: 0 };
  return (
    <>
      <PasswordInput
        label={t('session.newPassword.label')}
        description={t('session.newPassword.hint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="new-password"
        maxLength={200}
        autoFocus={autoFocus}
        value={value.next}
        error={errorAt('next')}
        visibilityToggleButtonProps={eye}
        onChange={(event) => onChange({ ...value, next: event.currentTarget.value })}
      />
      <PasswordInput
        label={t('session.newPassword.again')}
        autoComplete="new-password"
        maxLength={200}
        value={value.again}
        error={errorAt('again')}
        visibilityToggleButtonProps={eye}
        onChange={(event) => onChange({ ...value, again: event.currentTarget.value })}
      />
    </>
  );
}
