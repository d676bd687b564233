import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { weekdayName } from '#renderer/ui/weekdays.ts';
import type { HoursView } from '#shared/contract/scheduling.ts';
import classes from './ScheduleScreen.module.css';

function useColumns(): readonly TableColumn<HoursView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const validity = ({ validFrom, validTo, intervalWeeks }: HoursView) =>
    [
      intervalWeeks === null
        ? t('scheduling.hours.everyWeek')
        : t('scheduling.hours.everyWeeks', { count: intervalWeeks }),
      validFrom && t('scheduling.hours.from', { day: format.day(validFrom) }),
      validTo && t('scheduling.hours.to', { day: format.day(validTo) }),
    ]
      .filter(Boolean)
      .join(' ');
  return [
    {
      key: 'who',
      header: t('scheduling.exception.who'),
      width: 'minmax(160px, 1.2fr)',
      cell: ({ practitionerName }) => practitionerName,
    },
    {
      key: 'weekday',
      header: t('scheduling.hours.weekday'),
      width: 'minmax(96px, 0.7fr)',
      cell: ({ weekday }) => weekdayName(weekday, format.locale),
    },
    {
      key: 'time',
      header: t('scheduling.hours.time'),
      width: 'minmax(120px, 1fr)',
      tabular: true,
      cell: ({ startTime, endTime, overlaps }) => (
        <>
          {`${startTime}–${endTime}`}
          {overlaps && <span className={classes.waiting}> · {t('scheduling.hours.overlaps')}</span>}
        </>
      ),
    },
    {
      key: 'where',
      header: t('scheduling.exception.where'),
      width: 'minmax(140px, 1fr)',
      cell: ({ locationName, roomName }) => [locationName, roomName].filter(Boolean).join(' · '),
    },
    {
      key: 'weeks',
      header: t('scheduling.hours.weeks'),
      width: 'minmax(160px, 1.4fr)',
      cell: validity,
    },
  ];
}

/** Everybody's weekly hours, a line for each stretch; what lies between two lines of a day is a break. `onOpen` with null begins a new one. */
export function HoursTable({ onOpen }: { onOpen: ((id: string | null) => void) | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = useColumns();
  const { data, error, refetch } = useCall(
    'scheduling.hours',
    { from: format.today() },
    { keepPrevious: true },
  );
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  return (
    <div className={classes.list}>
      <DataTable
        label={t('scheduling.view.hours')}
        rows={data ?? []}
        columns={columns}
        rowKey={({ id }) => id}
        {...(onOpen ? { onOpen: ({ id }: HoursView) => onOpen(id) } : {})}
        empty={
          data && (
            <EmptyState
              text={t('scheduling.hours.none')}
              action={onOpen && <Button onClick={() => onOpen(null)}>{t('scheduling.add.hours')}</Button>}
            />
          )
        }
      />
    </div>
  );
}
