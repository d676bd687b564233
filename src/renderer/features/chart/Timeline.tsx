import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { OpenChart, TimelineItem } from '#shared/contract/chart.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { type TimelineKind, timelineKinds } from '#shared/domain/chart/timeline.ts';
import type { ChartNav } from './parts.ts';
import classes from './Timeline.module.css';
import { timelineIcons, useStatusWord, viewOfKind } from './timeline-words.ts';
import { useTimeline } from './useTimeline.ts';

function useColumns(): readonly TableColumn<TimelineItem>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const statusWord = useStatusWord();
  return [
    {
      key: 'when',
      header: t('chart.timeline.when'),
      width: '112px',
      tabular: true,
      cell: ({ at }) => format.day(dayAt(Date.parse(at), format.timeZone)),
    },
    {
      key: 'kind',
      header: t('chart.timeline.kind'),
      width: '128px',
      cell: ({ kind }) => {
        const Icon = timelineIcons[kind];
        return (
          <span className={classes.kind}>
            <Icon size={16} stroke={1.6} aria-hidden />
            {t(`chart.kind.${kind}`)}
          </span>
        );
      },
    },
    {
      key: 'what',
      header: t('chart.timeline.what'),
      width: 'minmax(200px, 4fr)',
      cell: (item) => (
        <span className={classes.what} title={[item.title, item.detail].filter(Boolean).join(' · ')}>
          <span className={classes.title}>{item.title}</span>
          {item.detail && <span className={classes.detail}>{item.detail}</span>}
          <CertaintyMark certainty={item.certainty} quiet />
        </span>
      ),
    },
    {
      key: 'status',
      header: t('chart.timeline.status'),
      width: 'minmax(104px, 1fr)',
      cell: (item) =>
        item.grave ? (
          <span className={classes.grave} data-grave={item.grave}>
            {t(`chart.grave.${item.grave}`)}
          </span>
        ) : (
          statusWord(item)
        ),
    },
    {
      key: 'who',
      header: t('chart.timeline.who'),
      width: 'minmax(140px, 1.6fr)',
      cell: ({ who, where }) => [who, where].filter(Boolean).join(', '),
    },
  ];
}

/** Everything that happened to a patient in one list; more of it comes while one scrolls. */
export function Timeline({ chart, nav }: { chart: OpenChart; nav: ChartNav }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [kind, setKind] = useState<TimelineKind | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const timeline = useTimeline(chart.patient.id, kind === null ? [] : [kind]);
  const columns = useColumns();
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch, isPending } = timeline;
  // A page may hold nothing but what another says better.
  useEffect(() => {
    if (data?.items.length === 0 && hasNextPage && !isFetching) void fetchNextPage();
  });
  const open = (item: TimelineItem) => {
    const view = viewOfKind[item.kind];
    if (view && nav.has(view)) navigate(nav.path(view));
  };
  return (
    <div className={classes.timeline}>
      <Kinds kind={kind} onChange={setKind} />
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      <div className={classes.table}>
        <DataTable
          label={t('chart.view.timeline')}
          rows={data?.items ?? []}
          columns={columns}
          rowKey={({ id }) => id}
          selectedKey={selected}
          onSelect={({ id }) => setSelected(id)}
          onOpen={open}
          onNearEnd={() => hasNextPage && !isFetching && void fetchNextPage()}
          empty={isPending || error ? null : <EmptyState text={t('chart.timeline.empty')} />}
          after={
            hasNextPage ? (
              <p className={classes.arriving}>{t('common.loading')}</p>
            ) : data?.complete === false ? (
              <p className={classes.arriving} role="status">
                {t('patients.historyArriving')}
              </p>
            ) : null
          }
        />
      </div>
    </div>
  );
}

interface KindsProps {
  readonly kind: TimelineKind | null;
  readonly onChange: (kind: TimelineKind | null) => void;
}

function Kinds({ kind, onChange }: KindsProps) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a border and a legend
    <div role="group" className={classes.kinds} aria-label={t('chart.timeline.filter')}>
      {[null, ...timelineKinds].map((one) => (
        <Button
          key={one ?? 'all'}
          size="compact-sm"
          variant={one === kind ? 'light' : 'default'}
          aria-pressed={one === kind}
          onClick={() => onChange(one)}
        >
          {one === null ? t('chart.timeline.all') : t(`chart.kinds.${one}`)}
        </Button>
      ))}
    </div>
  );
}
