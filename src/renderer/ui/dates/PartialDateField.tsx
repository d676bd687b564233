import { TextInput } from '@mantine/core';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { parsePartialDate } from '#shared/domain/problems/partial-date.ts';

export interface PartialDateFieldProps {
  readonly label: string;
  /** What was typed. */
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly error?: string | undefined;
}

/** A FHIR date, as precise as it is known: `2019`, `Mar 2019`, `3 Mar 2019`. */
export function usePartialDate() {
  const format = useFormat();
  return (date: string | null): string => {
    if (date === null || date.length === 4) return date ?? '';
    if (date.length === 10) return format.day(date);
    const at = Date.parse(`${date}-01T00:00:00Z`);
    return Number.isNaN(at)
      ? date
      : new Intl.DateTimeFormat(format.locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
          at,
        );
  };
}

/** When something began or ended, in any spelling; below it stands how it was read. */
export function PartialDateField({ label, value, onChange, error }: PartialDateFieldProps) {
  const { today } = useFormat();
  const shown = usePartialDate();
  const read = parsePartialDate(value, today());
  const text = read.ok && read.value !== null ? shown(read.value) : '';
  return (
    <TextInput
      label={label}
      value={value}
      maxLength={40}
      error={error}
      description={text !== '' && text !== value.trim() ? text : null}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
