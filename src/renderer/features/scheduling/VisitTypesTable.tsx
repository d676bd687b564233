import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useVisitTypeHues } from '#renderer/ui/visit-type-hues.ts';
import type { VisitTypeView } from '#shared/contract/scheduling.ts';
import classes from './ScheduleScreen.module.css';

function useColumns(): readonly TableColumn<VisitTypeView>[] {
  const { t } = useTranslation();
  const hues = useVisitTypeHues();
  const minutes = (count: number) => (count === 0 ? '' : t('appointments.book.minutes', { count }));
  const ahead = ({ leadMinutes, horizonDays }: VisitTypeView) =>
    [
      leadMinutes !== null && t('scheduling.visitType.lead', { hours: Math.round(leadMinutes / 0.6) / 100 }),
      horizonDays !== null && t('scheduling.visitType.horizon', { days: horizonDays }),
    ]
      .filter(Boolean)
      .join(', ');
  const asks = (row: VisitTypeView) =>
    [
      row.staffOnly && t('scheduling.visitType.staffOnly'),
      row.needsRoom && t('scheduling.visitType.needsRoom'),
      !row.active && t('scheduling.visitType.notOffered'),
    ]
      .filter(Boolean)
      .join(', ');
  return [
    {
      key: 'name',
      header: t('scheduling.visitType.name'),
      width: 'minmax(160px, 1.4fr)',
      cell: ({ id, name, active }) => (
        <span className={`hue ${active ? '' : classes.quiet}`} data-hue={hues.get(id)}>
          {name}
        </span>
      ),
    },
    {
      key: 'minutes',
      header: t('scheduling.visitType.minutes'),
      width: '88px',
      align: 'end',
      tabular: true,
      cell: (row) => minutes(row.minutes),
    },
    {
      key: 'before',
      header: t('scheduling.visitType.before'),
      width: '96px',
      align: 'end',
      tabular: true,
      cell: (row) => minutes(row.bufferBefore),
    },
    {
      key: 'after',
      header: t('scheduling.visitType.after'),
      width: '96px',
      align: 'end',
      tabular: true,
      cell: (row) => minutes(row.bufferAfter),
    },
    {
      key: 'cap',
      header: t('scheduling.visitType.cap'),
      width: '96px',
      align: 'end',
      tabular: true,
      cell: ({ dailyCap }) => dailyCap ?? '',
    },
    { key: 'ahead', header: t('scheduling.visitType.ahead'), width: 'minmax(120px, 1fr)', cell: ahead },
    { key: 'asks', header: t('scheduling.visitType.asks'), width: 'minmax(200px, 2fr)', cell: asks },
  ];
}

/** Kinds of visits, those no longer offered too. `onOpen` with null begins a new one. */
export function VisitTypesTable({ onOpen }: { onOpen: ((id: string | null) => void) | undefined }) {
  const { t } = useTranslation();
  const columns = useColumns();
  const { data, error, refetch } = useCall('scheduling.visitTypes', {});
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  return (
    <div className={classes.list}>
      <DataTable
        label={t('scheduling.view.visit-types')}
        rows={data ?? []}
        columns={columns}
        rowKey={({ id }) => id}
        {...(onOpen ? { onOpen: ({ id }: VisitTypeView) => onOpen(id) } : {})}
        empty={
          data && (
            <EmptyState
              text={t('scheduling.visitType.none')}
              action={
                onOpen && <Button onClick={() => onOpen(null)}>{t('scheduling.add.visit-types')}</Button>
              }
            />
          )
        }
      />
    </div>
  );
}
