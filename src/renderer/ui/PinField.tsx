import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface SecretFieldProps {
  readonly value: string;
  readonly error?: string | undefined;
  readonly onChange: (value: string) => void;
  readonly label?: string;
  readonly autoFocus?: boolean;
}

interface PinFieldProps extends SecretFieldProps {
  /** As wide as what is round it. */
  readonly wide?: boolean;
}

/** A PIN, hidden as it is typed; anything but digits is left out. */
export function PinField({ value, error, onChange, label, autoFocus = false, wide = false }: PinFieldProps) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      label={label ?? t('session.pin.label')}
      value={value}
      error={error}
      inputMode="numeric"
      autoComplete="off"
      maxLength={8}
      {...(wide ? {} : { maw: 260 })}
      {...(autoFocus ? { 'data-autofocus': true } : {})}
      visibilityToggleButtonProps={{ 'aria-label': t('session.pin.show'), tabIndex: 0 }}
      onChange={(event) => onChange(event.currentTarget.value.replaceAll(/\D/g, ''))}
    />
  );
}

/** The account's own password, asked for again. */
export function OwnPasswordField({ value, error, onChange, label, autoFocus = false }: SecretFieldProps) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      label={label ?? t('session.pin.password')}
      value={value}
      error={error}
      autoComplete="current-password"
      maxLength={200}
      {...(autoFocus ? { 'data-autofocus': true } : {})}
      visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword'), tabIndex: 0 }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
