import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import type { VisitTypeView } from '#shared/contract/scheduling.ts';
import { useVisitTypeHues } from './visit-type-hues.ts';

interface VisitTypeFieldProps {
  readonly value: string | null;
  readonly onChange: (visitType: VisitTypeView | null) => void;
}

/** The kind of a visit; not shown where the clinic has none. */
export function VisitTypeField({ value, onChange }: VisitTypeFieldProps) {
  const { t } = useTranslation();
  const hues = useVisitTypeHues();
  const all = useCall('scheduling.visitTypes', {}).data ?? [];
  const offered = all.filter((one) => one.active || one.id === value);
  if (offered.length === 0) return null;
  return (
    <Select
      label={t('appointments.book.visitType')}
      placeholder={t('appointments.book.visitTypeNone')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('appointments.book.visitTypeClear') }}
      data={offered.map((one) => ({
        value: one.id,
        label: `${one.name} · ${t('appointments.book.minutes', { count: one.minutes })}`,
      }))}
      renderOption={({ option }) => (
        <span className="hue" data-hue={hues.get(option.value)}>
          {option.label}
        </span>
      )}
      value={value}
      onChange={(id) => onChange(offered.find((one) => one.id === id) ?? null)}
    />
  );
}
