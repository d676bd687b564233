import { Select } from '@mantine/core';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import type { LocationId, PractitionerId } from '#shared/kernel/ids.ts';

interface WhoProps {
  readonly value: PractitionerId | null;
  readonly onChange: (id: PractitionerId | null) => void;
  readonly error: string | undefined;
  /** What no choice means; without it one must be made. */
  readonly none?: string;
  readonly ref?: Ref<HTMLInputElement>;
}

/** Whose hours. */
export function WhoField({ value, onChange, error, none, ref }: WhoProps) {
  const { t } = useTranslation();
  const people = useCall('scheduling.people', {}).data ?? [];
  return (
    <Select
      {...(ref ? { ref } : {})}
      label={t('scheduling.exception.who')}
      openOnFocus={false}
      searchable
      clearable={none !== undefined}
      clearButtonProps={{ 'aria-label': none ?? '' }}
      placeholder={none ?? ''}
      data={people.map((one) => ({ value: one.id, label: `${one.name} · ${one.specialities.join(', ')}` }))}
      value={value}
      error={error}
      onChange={(id) => onChange(people.find((one) => one.id === id)?.id ?? null)}
    />
  );
}

interface WhereProps {
  readonly label: string;
  readonly value: LocationId | null;
  readonly onChange: (id: LocationId | null) => void;
  readonly error: string | undefined;
  readonly none?: string;
  /** The rooms of a site instead of the sites. */
  readonly roomsOf?: LocationId | null;
  /** Only these, and what is chosen already. */
  readonly among?: readonly LocationId[] | undefined;
}

/** At which site, or in which of its rooms. */
export function WhereField({ label, value, onChange, error, none, roomsOf = null, among }: WhereProps) {
  const all = useCall('scheduling.places', {}).data ?? [];
  const places = all.filter(
    (one) => one.siteId === roomsOf && (among === undefined || among.includes(one.id) || one.id === value),
  );
  return (
    <Select
      label={label}
      clearable={none !== undefined}
      clearButtonProps={{ 'aria-label': none ?? '' }}
      placeholder={none ?? ''}
      data={places.map((one) => ({ value: one.id, label: one.name }))}
      value={value}
      error={error}
      onChange={(id) => onChange(places.find((one) => one.id === id)?.id ?? null)}
    />
  );
}
