import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { genders } from '#shared/domain/patients/gender.ts';
import { columnWord } from './record-words.ts';
import { useValueText } from './useValueText.ts';

export interface ValueInputProps {
  readonly column: string;
  readonly format: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | null;
  readonly first?: boolean;
}

/** A field for one value of a record, as its format asks. What is typed is read where it is kept, in any spelling. */
export function ValueInput({ column, format, value, onChange, error, first = false }: ValueInputProps) {
  const { t } = useTranslation();
  const textOf = useValueText();
  const shared = {
    label: columnWord(t, column),
    error: error ?? undefined,
    ...(first ? { 'data-autofocus': true } : {}),
  };
  const choices = format === 'flag' ? ['1', '0'] : format === 'gender' ? genders : null;
  if (choices !== null)
    return (
      <Select
        {...shared}
        allowDeselect={false}
        data={choices.map((choice) => ({ value: choice, label: textOf(format, choice) }))}
        value={value || null}
        onChange={(next) => onChange(next ?? '')}
      />
    );
  return (
    <TextInput
      {...shared}
      type={format === 'phone' ? 'tel' : format === 'email' ? 'email' : 'text'}
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...(format === 'birth-day' ? { description: t('patients.birthDateHint') } : {})}
    />
  );
}
