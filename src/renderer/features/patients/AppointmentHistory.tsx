import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AppErrorException } from '#renderer/client/client.ts';
import { useClient } from '#renderer/client/provider.tsx';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { formatWallTime } from '#renderer/ui/format.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { AppointmentView } from '#shared/contract/appointments.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import classes from './AppointmentHistory.module.css';

const pageSize = 50;
type Page = Output<'patients.appointments'>;
interface Shown {
  readonly appointments: readonly AppointmentView[];
  /** Whether older ones may still arrive on this workstation. */
  readonly complete: boolean;
}
type Before = { readonly startAt: string; readonly id: string } | null;

function useHistory(id: PatientId) {
  const client = useClient();
  return useInfiniteQuery<Page, AppErrorException, Shown, readonly unknown[], Before>({
    queryKey: ['patients.appointments', { id }],
    queryFn: ({ pageParam }) =>
      client.call('patients.appointments', { id, before: pageParam, limit: pageSize }),
    initialPageParam: null,
    getNextPageParam: ({ appointments }) => {
      const last = appointments.at(-1);
      return last && appointments.length === pageSize ? { startAt: last.startAt, id: last.id } : undefined;
    },
    select: ({ pages }) => ({
      appointments: pages.flatMap(({ appointments }) => appointments),
      complete: pages.every(({ complete }) => complete),
    }),
  });
}

function useColumns(): readonly TableColumn<AppointmentView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'when',
      header: t('patients.historyWhen'),
      width: '152px',
      tabular: true,
      cell: (one) => `${format.day(one.startLocal)}, ${formatWallTime(one.startLocal)}`,
    },
    {
      key: 'status',
      header: t('patients.historyStatus'),
      width: '132px',
      cell: (one) => (
        <span className={classes.status} data-status={one.status}>
          {t(`common.appointmentStatus.${one.status}`)} <CertaintyMark certainty={one.certainty} quiet />
        </span>
      ),
    },
    {
      key: 'with',
      header: t('patients.historyWith'),
      width: 'minmax(140px, 2fr)',
      cell: (one) => one.practitionerName,
    },
    {
      key: 'where',
      header: t('patients.historyWhere'),
      width: 'minmax(120px, 2fr)',
      cell: (one) => one.locationName,
    },
    {
      key: 'note',
      header: t('patients.historyNote'),
      width: 'minmax(120px, 3fr)',
      cell: (one) => one.cancelReason ?? one.description,
    },
  ];
}

/** A patient's appointments, newest first, a page at a time. */
export function AppointmentHistory({ id }: { id: PatientId }) {
  const { t } = useTranslation();
  const history = useHistory(id);
  const columns = useColumns();
  if (history.error && !history.data) {
    return <Failure failure={history.error} onRetry={() => void history.refetch()} />;
  }
  const arriving = history.data?.complete === false;
  return (
    <div className={classes.table}>
      <DataTable
        label={t('patients.history')}
        rows={history.data?.appointments ?? []}
        columns={columns}
        rowKey={(one) => one.id}
        empty={
          history.isPending ? null : (
            <EmptyState text={t(arriving ? 'patients.historyArriving' : 'patients.historyEmpty')} />
          )
        }
        after={
          <>
            {history.hasNextPage && (
              <Button
                variant="default"
                size="compact-sm"
                loading={history.isFetchingNextPage}
                onClick={() => void history.fetchNextPage()}
              >
                {t('common.showMore')}
              </Button>
            )}
            {arriving && !history.hasNextPage && (history.data?.appointments.length ?? 0) > 0 && (
              <p className={classes.arriving} role="status">
                {t('patients.historyArriving')}
              </p>
            )}
          </>
        }
      />
    </div>
  );
}
