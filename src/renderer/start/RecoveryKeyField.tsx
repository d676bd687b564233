import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Start.module.css';

interface RecoveryKeyFieldProps {
  readonly value: string;
  readonly error: string | null;
  readonly onChange: (text: string) => void;
}

/** Where a recovery key is typed from paper. */
export function RecoveryKeyField({ value, error, onChange }: RecoveryKeyFieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      classNames={{ input: classes.key }}
      label={t('protection.start.recover.field')}
      description={t('protection.start.recover.hint')}
      placeholder="XXXXXX-XXXXXX-XXXXXX-XXXXXX-XXXXXX-XXXXXX"
      value={value}
      error={error}
      autoFocus
      autoComplete="off"
      autoCapitalize="characters"
      spellCheck={false}
      maxLength={200}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
