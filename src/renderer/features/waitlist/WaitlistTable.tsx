import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { DataTable, type DataTableHandle, type TableColumn } from '#renderer/ui/DataTable.tsx';
import type { WaitlistEntryView } from '#shared/contract/waitlist.ts';
import { useWaitWords } from './useWaitWords.ts';
import classes from './Waitlist.module.css';

function useColumns(narrow: boolean): readonly TableColumn<WaitlistEntryView>[] {
  const { t } = useTranslation();
  const words = useWaitWords();
  const columns: readonly (TableColumn<WaitlistEntryView> & { readonly wide?: true })[] = [
    {
      key: 'urgency',
      header: t('waitlist.field.urgency'),
      width: '112px',
      cell: ({ priority }) => (
        <span className={classes.urgency} data-priority={priority}>
          {t(`visits.priority.${priority}`)}
        </span>
      ),
    },
    {
      key: 'patient',
      header: t('visits.queue.patient'),
      width: 'minmax(140px, 1.6fr)',
      cell: ({ patientName, certainty }) => (
        <span className={classes.patient}>
          <span className={classes.name} title={patientName}>
            {patientName}
          </span>
          <CertaintyMark certainty={certainty} quiet />
        </span>
      ),
    },
    {
      key: 'who',
      header: t('waitlist.field.who'),
      width: 'minmax(140px, 1.6fr)',
      cell: words.who,
      wide: true,
    },
    {
      key: 'when',
      header: t('waitlist.column.when'),
      width: 'minmax(140px, 1.8fr)',
      cell: (entry) => <span title={words.when(entry)}>{words.when(entry)}</span>,
    },
    {
      key: 'kind',
      header: t('waitlist.column.kind'),
      width: 'minmax(96px, 1fr)',
      cell: words.kind,
      wide: true,
    },
    {
      key: 'since',
      header: t('waitlist.column.since'),
      width: '108px',
      tabular: true,
      cell: words.since,
      wide: true,
    },
    {
      key: 'state',
      header: t('waitlist.column.state'),
      width: 'minmax(120px, 1.8fr)',
      cell: (entry) => (
        <span
          className={classes.state}
          data-state={entry.lost && entry.state === 'waiting' ? 'lost' : entry.state}
          title={words.state(entry)}
        >
          {words.state(entry)}
        </span>
      ),
    },
  ];
  return narrow ? columns.filter(({ wide }) => !wide) : columns;
}

interface WaitlistTableProps {
  readonly entries: readonly WaitlistEntryView[];
  readonly selectedId: string | null;
  /** Beside a sheet: only what tells them apart. */
  readonly narrow: boolean;
  readonly onSelect: (entry: WaitlistEntryView) => void;
  readonly onOpen: (entry: WaitlistEntryView) => void;
  readonly empty: ReactNode;
  readonly ref: Ref<DataTableHandle>;
}

/** Who waits, in the order of the list. */
export function WaitlistTable({ entries, selectedId, narrow, ref, ...rest }: WaitlistTableProps) {
  const { t } = useTranslation();
  return (
    <DataTable
      {...rest}
      ref={ref}
      label={t('waitlist.title')}
      rows={entries}
      columns={useColumns(narrow)}
      rowKey={({ id }) => id}
      selectedKey={selectedId}
    />
  );
}
