import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { errorText, fieldText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { PractitionerId } from '#shared/kernel/ids.ts';
import classes from './Templates.module.css';

type Supervised = Output<'notes.supervision'>[number];

/** Whose notes are signed by whom as well. */
export function SupervisionTable() {
  const { t } = useTranslation();
  const { data, error, refetch } = useCall('notes.supervision', {});
  const write = useCommand('notes.setSupervisor');
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  const people = data ?? [];
  const set = async ({ id, name }: Supervised, supervisorId: PractitionerId | null) => {
    try {
      await write.mutateAsync({ practitionerId: id, supervisorId });
      toast(t('notes.supervision.saved', { name }));
    } catch (failure) {
      const field = failure instanceof AppErrorException ? failure.error.fields?.supervisorId : undefined;
      toast(field ? fieldText(t, field) : errorText(t, failure), { tone: 'problem' });
    }
  };
  const columns: readonly TableColumn<Supervised>[] = [
    {
      key: 'name',
      header: t('notes.supervision.practitioner'),
      width: 'minmax(180px, 1fr)',
      cell: ({ name }) => name,
    },
    {
      key: 'speciality',
      header: t('notes.templates.speciality'),
      width: 'minmax(140px, 1fr)',
      cell: ({ speciality }) => speciality,
    },
    {
      key: 'supervisor',
      header: t('notes.supervision.supervisor'),
      width: '260px',
      cell: (person) => (
        <Select
          aria-label={t('notes.supervision.of', { name: person.name })}
          placeholder={t('notes.supervision.none')}
          size="xs"
          clearable
          searchable
          value={person.supervisorId}
          data={people
            .filter(({ id }) => id !== person.id)
            .map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => void set(person, id as PractitionerId | null)}
        />
      ),
    },
  ];
  return (
    <>
      <p className={classes.hint}>{t('notes.supervision.hint')}</p>
      <DataTable
        label={t('notes.supervision.supervisor')}
        rows={people}
        columns={columns}
        rowKey={({ id }) => id}
      />
    </>
  );
}
