import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { FollowUpView } from '#shared/contract/orders.ts';
import classes from './Results.module.css';

/** What is still to be done about results, the soonest due first. */
export function FollowUps() {
  const { t } = useTranslation();
  const format = useFormat();
  const tasks = useCall('results.followUps', {});
  const done = useCommand('results.followUpDone');
  const finish = async (task: FollowUpView) => {
    try {
      await done.mutateAsync({ id: task.id });
      toast(t('orders.done.followUpDone', { patient: task.patientName }));
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    }
  };
  const today = format.today();
  const columns: readonly TableColumn<FollowUpView>[] = [
    {
      key: 'due',
      header: t('orders.followUps.due'),
      width: '120px',
      tabular: true,
      cell: ({ dueDate }) => (
        <span className={dueDate !== null && dueDate < today ? classes.overdue : undefined}>
          {dueDate === null ? '' : format.day(dueDate)}
        </span>
      ),
    },
    {
      key: 'patient',
      header: t('orders.column.patient'),
      width: 'minmax(140px, 1fr)',
      cell: ({ patientId, patientName, certainty }) => (
        <>
          <Link className={classes.link ?? ''} href={`/patients/${patientId}/chart/results`}>
            {patientName}
          </Link>{' '}
          <CertaintyMark certainty={certainty} quiet />
        </>
      ),
    },
    {
      key: 'what',
      header: t('orders.followUps.what'),
      width: 'minmax(160px, 2fr)',
      cell: ({ text, restricted }) =>
        restricted ? t('orders.followUps.restricted') : <span title={text}>{text}</span>,
    },
    {
      key: 'about',
      header: t('orders.followUps.about'),
      width: 'minmax(120px, 1fr)',
      cell: ({ display }) => display ?? '',
    },
    {
      key: 'owner',
      header: t('orders.followUps.owner'),
      width: 'minmax(120px, 1fr)',
      cell: ({ ownerName }) => ownerName ?? '',
    },
    {
      key: 'done',
      header: t('orders.followUps.done'),
      width: '96px',
      cell: (task) => (
        <Button
          disabled={task.restricted}
          size="compact-xs"
          variant="default"
          aria-label={`${t('orders.followUps.done')}: ${task.text}`}
          onClick={() => void finish(task)}
        >
          {t('orders.followUps.done')}
        </Button>
      ),
    },
  ];
  if (tasks.error) return <Failure failure={tasks.error} onRetry={() => void tasks.refetch()} />;
  if (!tasks.data) return <div className={classes.work} aria-busy="true" />;
  return (
    <DataTable
      label={t('orders.followUps.title')}
      rows={tasks.data}
      columns={columns}
      rowKey={({ id }) => id}
      empty={<EmptyState text={t('orders.followUps.empty')} />}
    />
  );
}
