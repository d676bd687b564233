import { Button, Checkbox, MultiSelect, Select } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { fieldText } from '#renderer/ui/error-text.ts';
import { patientName } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import type { Output } from '#shared/contract/contract.ts';
import { longestSpan, standings } from '#shared/contract/oversight.ts';
import { outcomeGroups } from '#shared/domain/overview/figures.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import classes from './Oversight.module.css';
import { useOversight } from './store.ts';
import type { FilterInAddress } from './useOversightFilter.ts';

interface OversightFiltersProps extends FilterInAddress {
  readonly people: Output<'oversight.list'>['people'];
}

/** Which days, where, whose, what has become of it, and who booked it. */
export function OversightFilters({ filter, order, problem, set, people }: OversightFiltersProps) {
  const { t } = useTranslation();
  const doctors = useCall('scheduling.people', {}).data ?? [];
  const places = useCall('scheduling.places', {}).data ?? [];
  const types = useCall('scheduling.visitTypes', {}).data ?? [];
  const named = (all: readonly { readonly id: string; readonly name: string }[]) =>
    all.map(({ id, name }) => ({ value: id, label: name }));
  const tooLong = problem === 'too-long' ? t('oversight.filter.tooLong', { count: longestSpan }) : undefined;
  return (
    <search className={classes.filters} aria-label={t('oversight.filter.title')}>
      <DateField
        label={t('oversight.filter.from')}
        value={filter.from}
        onChange={(day) => set('from', day)}
      />
      <DateField
        label={t('oversight.filter.until')}
        value={filter.until}
        error={tooLong ?? (problem === 'order' ? fieldText(t, 'order') : undefined)}
        onChange={(day) => set('until', day)}
      />
      <Select
        label={t('oversight.filter.site')}
        placeholder={t('oversight.filter.anySite')}
        data={named(places.filter(({ siteId }) => siteId === null))}
        value={filter.locationId}
        onChange={(id) => set('site', id)}
        clearable
        searchable
      />
      <Select
        label={t('oversight.filter.doctor')}
        placeholder={t('oversight.filter.anyDoctor')}
        data={named(doctors)}
        value={filter.practitionerId}
        onChange={(id) => set('doctor', id)}
        clearable
        searchable
      />
      <MultiSelect
        label={t('oversight.filter.outcomes')}
        placeholder={filter.outcomes === null ? t('oversight.filter.anyOutcome') : ''}
        data={outcomeGroups.map((group) => ({ value: group, label: t(`oversight.outcome.${group}`) }))}
        value={[...(filter.outcomes ?? [])]}
        onChange={(groups) => set('is', groups.join(','))}
        clearable
      />
      <Select
        label={t('oversight.filter.standing')}
        placeholder={t('oversight.filter.anyStanding')}
        data={standings.map((one) => ({ value: one, label: t(`oversight.standing.${one}`) }))}
        value={filter.standing}
        onChange={(one) => set('standing', one)}
        clearable
      />
      {types.length > 0 && (
        <Select
          label={t('oversight.filter.visitType')}
          placeholder={t('oversight.filter.anyVisitType')}
          data={named(types)}
          value={filter.visitTypeId}
          onChange={(id) => set('type', id)}
          clearable
          searchable
        />
      )}
      <Select
        label={t('oversight.filter.person')}
        placeholder={t('oversight.filter.anybody')}
        data={named(people)}
        value={filter.personId}
        onChange={(id) => set('by', id)}
        clearable
        searchable
      />
      <div className={classes.rest}>
        <Checkbox
          label={t('oversight.filter.overbooked')}
          checked={filter.overbooked === true}
          onChange={(event) => set('overbooked', event.currentTarget.checked ? '1' : null)}
        />
        <Checkbox
          label={t('oversight.filter.unanswered')}
          checked={filter.unanswered === true}
          onChange={(event) => set('unanswered', event.currentTarget.checked ? '1' : null)}
        />
        {filter.patientId === null ? (
          <Button
            variant="default"
            leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
            rightSection={<KeyHint keys="f" quiet />}
            onClick={() => useOversight.getState().open('find')}
          >
            {t('oversight.filter.patient')}
          </Button>
        ) : (
          <OfPatient id={filter.patientId} onClear={() => set('patient', null)} />
        )}
        <Select
          aria-label={t('oversight.filter.order')}
          className={classes.order ?? ''}
          data={(['asc', 'desc'] as const).map((one) => ({
            value: one,
            label: t(`oversight.filter.${one}`),
          }))}
          value={order}
          allowDeselect={false}
          onChange={(one) => set('order', one === 'asc' ? null : one)}
        />
      </div>
    </search>
  );
}

function OfPatient({ id, onClear }: { id: PatientId; onClear: () => void }) {
  const { t } = useTranslation();
  const { data } = useCall('patients.get', { id });
  const name = data ? `${patientName(data)}, ${data.mrn}` : t('oversight.filter.aPatient');
  return (
    <Button
      variant="light"
      rightSection={<IconX size={14} stroke={1.8} aria-hidden />}
      aria-label={t('oversight.filter.clearPatient', { name })}
      onClick={onClear}
    >
      {name}
    </Button>
  );
}
