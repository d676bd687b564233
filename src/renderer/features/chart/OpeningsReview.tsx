import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { DataTable, type DataTableHandle, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { download } from '#renderer/ui/download.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import classes from '#renderer/ui/ListScreen.module.css';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { GlassOpening } from '#shared/contract/chart.ts';
import { writeCsv } from '#shared/kernel/csv.ts';
import own from './OpeningsReview.module.css';

const lists = ['open', 'reviewed'] as const;
type List = (typeof lists)[number];

function useColumns(): readonly TableColumn<GlassOpening>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'when',
      header: t('chart.openings.when'),
      width: '152px',
      tabular: true,
      cell: ({ startedAt }) => format.dateTime(startedAt),
    },
    {
      key: 'who',
      header: t('chart.openings.who'),
      width: 'minmax(160px, 1.4fr)',
      cell: ({ accountName, role }) =>
        [accountName, role && t(`common.role.${role}`)].filter(Boolean).join(', '),
    },
    {
      key: 'patient',
      header: t('chart.openings.patient'),
      width: 'minmax(180px, 1.6fr)',
      cell: ({ patientName, patientMrn, certainty }) => (
        <>
          {patientName}, {patientMrn} <CertaintyMark certainty={certainty} quiet />
        </>
      ),
    },
    {
      key: 'reason',
      header: t('chart.openings.reason'),
      width: 'minmax(200px, 3fr)',
      cell: ({ reason }) => <span title={reason}>{reason}</span>,
    },
    {
      key: 'review',
      header: t('chart.openings.review'),
      width: 'minmax(140px, 1.6fr)',
      cell: ({ review }) => review && [format.dateTime(review.at), review.by].filter(Boolean).join(', '),
    },
  ];
}

/** The rows that are shown, for a spreadsheet. */
function useExport(openings: readonly GlassOpening[]) {
  const { t } = useTranslation();
  const format = useFormat();
  const note = useCommand('audit.note');
  return () => {
    const file = t('chart.openings.file', { date: format.today() });
    const head = (['when', 'until', 'who', 'patient', 'reason', 'review', 'note'] as const).map((name) =>
      t(`chart.openings.${name}`),
    );
    const rows = openings.map((one) => [
      one.startedAt,
      one.untilAt,
      one.accountName,
      `${one.patientName}, ${one.patientMrn}`,
      one.reason,
      [one.review?.at, one.review?.by].filter(Boolean).join(', '),
      one.review?.note ?? '',
    ]);
    note.mutate({ event: 'export', what: 'openings' });
    download(file, `\ufeff${writeCsv([head, ...rows])}`, 'text/csv;charset=utf-8');
    toast(t('chart.openings.exported', { count: openings.length, file }));
  };
}

/** Restricted charts that were opened with a reason: an administrator looks at each once. */
export function OpeningsReview() {
  const { t } = useTranslation();
  const [list, setList] = useState<List>('open');
  const [openId, setOpen] = useState<string | null>(null);
  const table = useRef<DataTableHandle>(null);
  const { data, error, refetch } = useCall('chart.openings', { reviewed: list === 'reviewed' });
  const openings = data?.openings ?? [];
  const opened = openings.find(({ id }) => id === openId);
  const save = useExport(openings);
  const all = useColumns();
  const columns = list === 'reviewed' ? all : all.filter(({ key }) => key !== 'review');
  const isThere = openings.length > 0;
  useEffect(() => {
    const { activeElement } = document;
    if (isThere && (activeElement === document.body || activeElement?.id === 'work')) table.current?.focus();
  }, [isThere]);
  return (
    <div className={classes.screen}>
      <div className={classes.bar}>
        <h1 className={classes.title}>{t('chart.openings.title')}</h1>
        <SegmentedControl
          aria-label={t('chart.openings.which')}
          value={list}
          data={lists.map((value) => ({ value, label: t(`chart.openings.list.${value}`) }))}
          onChange={(value) => {
            setList(value);
            setOpen(null);
          }}
        />
        <span className={own.space} />
        <Button
          variant="default"
          leftSection={<IconFileSpreadsheet size={16} stroke={1.6} />}
          disabled={!isThere}
          onClick={save}
        >
          {t('chart.openings.export')}
        </Button>
      </div>
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {data && (
        <div className={own.table}>
          <DataTable
            ref={table}
            label={t('chart.openings.title')}
            rows={openings}
            columns={columns}
            rowKey={({ id }) => id}
            selectedKey={openId}
            onSelect={({ id }) => openId !== null && setOpen(id)}
            onOpen={({ id }) => setOpen(id)}
            empty={<EmptyState text={t(`chart.openings.empty.${list}`)} />}
            after={data.more && <p className={classes.count}>{t('chart.openings.more')}</p>}
          />
        </div>
      )}
      {opened &&
        (opened.review === null ? (
          <ReviewSheet key={opened.id} opening={opened} onClose={() => setOpen(null)} />
        ) : (
          <SideSheet title={t('chart.openings.one')} onClose={() => setOpen(null)}>
            <Facts opening={opened} />
          </SideSheet>
        ))}
    </div>
  );
}

function Facts({ opening }: { opening: GlassOpening }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { review } = opening;
  const facts = [
    [t('chart.openings.who'), opening.accountName],
    [t('chart.openings.patient'), `${opening.patientName}, ${opening.patientMrn}`],
    [t('chart.openings.when'), `${format.dateTime(opening.startedAt)} – ${format.time(opening.untilAt)}`],
    [t('chart.openings.reason'), opening.reason],
    ...(review
      ? [
          [t('chart.openings.review'), [format.dateTime(review.at), review.by].filter(Boolean).join(', ')],
          [t('chart.openings.note'), review.note ?? '–'],
        ]
      : []),
  ];
  return (
    <dl className={own.facts}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One opening with what came of looking at it. */
function ReviewSheet({ opening, onClose }: { opening: GlassOpening; onClose: () => void }) {
  const { t } = useTranslation();
  const review = useCommand('chart.review');
  const [note, setNote] = useState('');
  const { save, saving, errorAt, problem } = useSave(onClose);
  const submit = () =>
    void save({}, async () => {
      await review.mutateAsync({ id: opening.id, note });
      toast(t('chart.openings.done'));
    });
  return (
    <SaveSheet
      call="chart.review"
      title={t('chart.openings.mark')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      above={<Facts opening={opening} />}
    >
      <Textarea
        label={t('chart.openings.note')}
        autosize
        minRows={3}
        maxLength={1000}
        value={note}
        error={errorAt('note')}
        data-autofocus
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </SaveSheet>
  );
}
