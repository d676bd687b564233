import { Button, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { patientName } from '#renderer/ui/format.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import classes from './AuditScreen.module.css';
import { kindChoices } from './audit-words.ts';
import type { FilterInAddress } from './useAuditFilter.ts';

type Known = Pick<Output<'audit.list'>, 'people' | 'workstations'>;

/** Who, what, where, when; and whose, for which a patient's record leads here. */
export function AuditFilters({ filter, set, known }: FilterInAddress & { known: Known }) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const kinds = useMemo(() => [...kindChoices(t, locale)], [t, locale]);
  return (
    <div className={classes.filters}>
      <Select
        label={t('audit.filter.person')}
        placeholder={t('audit.filter.anybody')}
        value={filter.personId}
        onChange={(value) => set('person', value)}
        data={known.people.map(({ id, name }) => ({ value: id, label: name }))}
        clearable
        searchable
      />
      <Select
        label={t('audit.filter.kind')}
        placeholder={t('audit.filter.anything')}
        value={filter.kinds?.join(',') ?? null}
        onChange={(value) => set('kind', value)}
        data={kinds}
        clearable
        searchable
      />
      <Select
        label={t('audit.filter.workstation')}
        placeholder={t('audit.filter.anywhere')}
        value={filter.workstation === null ? null : String(filter.workstation)}
        onChange={(value) => set('workstation', value)}
        data={[
          { value: '0', label: t('audit.centre') },
          ...known.workstations.map(({ no, name }) => ({ value: String(no), label: name })),
        ]}
        disabled={known.workstations.length === 0}
        clearable
        searchable
      />
      <DateField
        label={t('audit.filter.from')}
        value={filter.from ?? ''}
        onChange={(day) => set('from', day)}
      />
      <DateField
        label={t('audit.filter.until')}
        value={filter.until ?? ''}
        onChange={(day) => set('until', day)}
      />
      {filter.patientId !== null && <OfPatient id={filter.patientId} onClear={() => set('patient', null)} />}
    </div>
  );
}

function OfPatient({ id, onClear }: { id: PatientId; onClear: () => void }) {
  const { t } = useTranslation();
  const { data } = useCall('patients.get', { id });
  const name = data ? `${patientName(data)}, ${data.mrn}` : t('audit.filter.aPatient');
  return (
    <Button
      variant="light"
      rightSection={<IconX size={14} stroke={1.8} aria-hidden />}
      aria-label={t('audit.filter.clearPatient', { name })}
      onClick={onClear}
    >
      {name}
    </Button>
  );
}
