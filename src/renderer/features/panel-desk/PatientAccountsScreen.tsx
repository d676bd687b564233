import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import type { TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import classes from '#renderer/ui/Form.module.css';
import { RowName, SearchedTable } from '#renderer/ui/SearchedTable.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PatientAccountView } from '#shared/contract/panel-desk.ts';
import { PatientAccountSheet } from './PatientAccountSheet.tsx';

const shown = ['open', 'closed', 'all'] as const;
type Shown = (typeof shown)[number];

function useColumns(): readonly TableColumn<PatientAccountView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'name',
      header: t('panelDesk.accounts.name'),
      width: 'minmax(180px, 2fr)',
      cell: ({ displayName, active, certainty }) => (
        <RowName name={displayName} active={active} certainty={certainty} />
      ),
    },
    {
      key: 'email',
      header: t('panelDesk.accounts.email'),
      width: 'minmax(200px, 2fr)',
      cell: ({ email }) => email,
    },
    {
      key: 'verified',
      header: t('panelDesk.accounts.verified'),
      width: 'minmax(150px, 1fr)',
      tabular: true,
      cell: ({ verifiedAt }) => format.dateTime(verifiedAt),
    },
    {
      key: 'sees',
      header: t('panelDesk.accounts.sees'),
      width: 'minmax(150px, 1fr)',
      cell: ({ approved, requested }) =>
        [
          t('panelDesk.accounts.seesCount', { count: approved }),
          requested > 0 && t('panelDesk.accounts.waits', { count: requested }),
        ]
          .filter(Boolean)
          .join(', '),
    },
    {
      key: 'state',
      header: t('panelDesk.accounts.state'),
      width: 'minmax(90px, 0.6fr)',
      cell: ({ active }) => (
        <span className={active ? '' : classes.quiet}>
          {t(active ? 'panelDesk.accounts.isOpen' : 'panelDesk.accounts.isClosed')}
        </span>
      ),
    },
  ];
}

/** The accounts with which patients sign in to the panel: looked through, closed, opened again, signed out. */
export function PatientAccountsScreen() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [show, setShow] = useState<Shown>('open');
  const [opened, open] = useState<PatientAccountView | null>(null);
  const columns = useColumns();
  const { data, error, refetch } = useCall('panelAccounts.list', { text, show }, { keepPrevious: true });
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  const rows = data?.accounts ?? [];
  const none = text === '' && show === 'open' ? 'panelDesk.accounts.noneYet' : 'panelDesk.accounts.none';
  const account = opened && (rows.find(({ id }) => id === opened.id) ?? opened);
  return (
    <>
      <SearchedTable
        title={t('panelDesk.accounts.title')}
        count={
          data &&
          (data.more
            ? t('panelDesk.accounts.more', { number: rows.length })
            : t('panelDesk.accounts.count', { count: rows.length }))
        }
        search={t('panelDesk.accounts.search')}
        text={text}
        onText={setText}
        actions={
          <SegmentedControl
            aria-label={t('panelDesk.accounts.show')}
            value={show}
            onChange={(value) => setShow(shown.find((one) => one === value) ?? 'open')}
            data={shown.map((value) => ({ value, label: t(`panelDesk.accounts.${value}`) }))}
          />
        }
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={open}
        empty={data && <EmptyState text={t(data.here ? none : 'panelDesk.accounts.notHere')} />}
      />
      {account && <PatientAccountSheet account={account} onClose={() => open(null)} />}
    </>
  );
}
