import { IconAlertTriangle, IconArrowBigUp, IconArrowBigUpLines } from '@tabler/icons-react';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { DataTable, type DataTableHandle, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { minutesText, stateText } from '#renderer/ui/visits/visit-words.ts';
import { Waiting } from '#renderer/ui/visits/Waiting.tsx';
import type { VisitView } from '#shared/contract/visits.ts';
import { isWaiting, visitState } from '#shared/domain/visits/course.ts';
import type { VisitPriority } from '#shared/domain/visits/waiting.ts';
import classes from './QueueScreen.module.css';

const priorityIcons = {
  urgent: IconArrowBigUp,
  asap: IconArrowBigUpLines,
  stat: IconAlertTriangle,
} as const;

/** Nothing for the usual case, so that what is not usual is seen. */
function Priority({ priority }: { priority: VisitPriority }) {
  const { t } = useTranslation();
  if (priority === 'routine') return <span className="visually-hidden">{t('visits.priority.routine')}</span>;
  const Icon = priorityIcons[priority];
  return (
    <span className={classes.priority} data-priority={priority}>
      <Icon size={14} stroke={1.8} aria-hidden />
      {t(`visits.priority.${priority}`)}
    </span>
  );
}

function useColumns(narrow: boolean): readonly TableColumn<VisitView>[] {
  const { t } = useTranslation();
  const columns: readonly (TableColumn<VisitView> & { readonly wide?: true })[] = [
    {
      key: 'number',
      header: t('visits.number'),
      width: '80px',
      tabular: true,
      cell: ({ number }) => <strong>{number}</strong>,
    },
    {
      key: 'patient',
      header: t('visits.queue.patient'),
      width: 'minmax(160px, 2.4fr)',
      cell: (visit) => (
        <span className={classes.patient}>
          <span className={classes.name} title={visit.patientName}>
            {visit.patientName}
          </span>
          {visit.walkIn && <span className={classes.walkIn}>{t('visits.queue.walkInMark')}</span>}
          <CertaintyMark certainty={visit.certainty} quiet />
        </span>
      ),
    },
    {
      key: 'state',
      header: t('visits.queue.state'),
      width: 'minmax(128px, 1.2fr)',
      cell: (visit) => stateText(t, visit, null),
    },
    {
      key: 'wait',
      header: t('visits.queue.wait'),
      width: '112px',
      tabular: true,
      cell: (visit) =>
        isWaiting(visitState(visit)) ? <Waiting minutes={visit.minutes} /> : minutesText(t, visit.minutes),
    },
    {
      key: 'priority',
      header: t('visits.priority.label'),
      width: 'minmax(96px, 1fr)',
      cell: ({ priority }) => <Priority priority={priority} />,
    },
    {
      key: 'doctor',
      header: t('visits.queue.doctor'),
      width: 'minmax(136px, 1.4fr)',
      cell: ({ practitionerName, roomName }) => [practitionerName, roomName].filter(Boolean).join(', '),
      wide: true,
    },
    {
      key: 'here',
      header: t('visits.queue.here'),
      width: '104px',
      tabular: true,
      cell: ({ minutesHere }) => minutesText(t, minutesHere),
      wide: true,
    },
    {
      key: 'reason',
      header: t('visits.queue.reason'),
      width: 'minmax(96px, 1.6fr)',
      cell: ({ reason }) => reason ?? '',
      wide: true,
    },
  ];
  return narrow ? columns.filter(({ wide }) => !wide) : columns;
}

interface QueueTableProps {
  readonly visits: readonly VisitView[];
  readonly selectedId: string | null;
  /** Beside a sheet: only what decides who is next. */
  readonly narrow: boolean;
  readonly onSelect: (visit: VisitView) => void;
  readonly onOpen: (visit: VisitView) => void;
  readonly empty: ReactNode;
  readonly ref: Ref<DataTableHandle>;
}

/** Who is in the clinic, in the order of the queue. */
export function QueueTable({ visits, selectedId, narrow, ref, ...rest }: QueueTableProps) {
  const { t } = useTranslation();
  return (
    <DataTable
      {...rest}
      ref={ref}
      label={t('visits.queue.title')}
      rows={visits}
      columns={useColumns(narrow)}
      rowKey={({ id }) => id}
      selectedKey={selectedId}
    />
  );
}
