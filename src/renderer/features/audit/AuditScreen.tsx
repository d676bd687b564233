import { Button } from '@mantine/core';
import { IconFileSpreadsheet, IconInfoCircle, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import list from '#renderer/ui/ListScreen.module.css';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { AuditLine } from '#shared/contract/audit.ts';
import type { Output } from '#shared/contract/contract.ts';
import { AuditFilters } from './AuditFilters.tsx';
import classes from './AuditScreen.module.css';
import { kindText, placeText, recordText, whoText } from './audit-words.ts';
import { LineSheet } from './LineSheet.tsx';
import { useAuditExport } from './useAuditExport.ts';
import { useAuditFilter } from './useAuditFilter.ts';
import { useAuditPages } from './useAuditPages.ts';

function useColumns(): readonly TableColumn<AuditLine>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const text = (words: string) => <span title={words}>{words}</span>;
  return [
    {
      key: 'when',
      header: t('audit.column.when'),
      width: '152px',
      tabular: true,
      cell: ({ at }) => format.dateTime(at),
    },
    {
      key: 'who',
      header: t('audit.column.who'),
      width: 'minmax(120px, 1fr)',
      cell: (line) => text(whoText(t, line)),
    },
    {
      key: 'what',
      header: t('audit.column.what'),
      width: 'minmax(140px, 1.2fr)',
      cell: ({ kind, event }) => (
        <>
          {kindText(t, kind)}
          {event?.outcome === 'refused' && <span className={classes.refused}> {t('audit.refused')}</span>}
        </>
      ),
    },
    {
      key: 'record',
      header: t('audit.column.record'),
      width: 'minmax(160px, 2fr)',
      cell: (line) => text(recordText(t, line)),
    },
    {
      key: 'patient',
      header: t('audit.column.patient'),
      width: 'minmax(150px, 1.4fr)',
      cell: ({ patient }) => patient && text(`${patient.name}, ${patient.mrn}`),
    },
    {
      key: 'workstation',
      header: t('audit.column.workstation'),
      width: 'minmax(120px, 1.2fr)',
      cell: (line) => text(placeText(t, line)),
    },
  ];
}

/** Who did what, when, and from where: everything anybody changed, and charts that were only opened. */
export function AuditScreen() {
  const { t } = useTranslation();
  const all = useColumns();
  const address = useAuditFilter();
  // Of one patient the column would say the same in every row.
  const columns = address.filter.patientId === null ? all : all.filter(({ key }) => key !== 'patient');
  const [openKey, setOpen] = useState<string | null>(null);
  const pages = useAuditPages(address.filter);
  const save = useAuditExport(address.filter);
  const lines = pages.data?.lines ?? [];
  const data = pages.data?.first;
  const opened = lines.find(({ key }) => key === openKey);
  const more = () => void pages.fetchNextPage();
  return (
    <div className={list.screen}>
      <div className={list.bar}>
        <h1 className={list.title}>{t('audit.title')}</h1>
        <span className={classes.space} />
        <Button
          variant="subtle"
          leftSection={<IconRefresh size={16} stroke={1.6} />}
          loading={pages.isRefetching}
          onClick={() => void pages.refetch()}
        >
          {t('audit.again')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconFileSpreadsheet size={16} stroke={1.6} />}
          disabled={data?.source !== 'centre' || lines.length === 0 || save.rows !== null}
          onClick={save.run}
        >
          {save.rows === null ? t('audit.export') : t('audit.exporting', { count: save.rows })}
        </Button>
      </div>
      <AuditFilters
        {...address}
        known={{ people: data?.people ?? [], workstations: data?.workstations ?? [] }}
      />
      {data && <Source {...data} />}
      {pages.error && <Failure failure={pages.error} onRetry={() => void pages.refetch()} />}
      {data && (
        <div className={classes.table}>
          <DataTable
            label={t('audit.title')}
            rows={lines}
            columns={columns}
            rowKey={({ key }) => key}
            selectedKey={openKey}
            onSelect={({ key }) => openKey !== null && setOpen(key)}
            onOpen={({ key }) => setOpen(key)}
            empty={
              !pages.hasNextPage && <EmptyState text={t(address.isAny ? 'audit.noneFits' : 'audit.none')} />
            }
            after={
              pages.hasNextPage && (
                <Button variant="default" loading={pages.isFetchingNextPage} onClick={more}>
                  {t('audit.more')}
                </Button>
              )
            }
          />
        </div>
      )}
      {opened && (
        <LineSheet
          key={opened.key}
          line={opened}
          compare={data?.source === 'centre'}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

/** Where this comes from, and what proves it: the head of the chain, and for how long it is kept. */
function Source({ source, head, keepYears }: Pick<Output<'audit.list'>, 'source' | 'head' | 'keepYears'>) {
  const { t } = useTranslation();
  if (source !== 'centre')
    return (
      <p className={classes.notice} role="status">
        <IconInfoCircle size={16} stroke={1.6} aria-hidden />
        {t(source === 'out-of-reach' ? 'audit.outOfReach' : 'audit.notFromHere')}
      </p>
    );
  const kept = keepYears === null ? t('audit.keptForGood') : t('audit.kept', { count: keepYears });
  return (
    <p className={classes.source}>
      <span>{kept}</span>
      {head !== null && (
        <span className={classes.head} title={head}>
          {t('audit.head', { head })}
        </span>
      )}
    </p>
  );
}
