import { useTranslation } from 'react-i18next';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { RowName } from '#renderer/ui/SearchedTable.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { TillSessionView } from '#shared/contract/till.ts';
import { StateBadge } from './Session.tsx';

interface SessionTableProps {
  readonly label: string;
  readonly sessions: readonly TillSessionView[];
  readonly empty: string;
  readonly onOpen: (session: TillSessionView) => void;
}

/** Sessions, one a row. */
export function SessionTable({ label, sessions, empty, onOpen }: SessionTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: readonly TableColumn<TillSessionView>[] = [
    {
      key: 'cashier',
      header: t('till.cashier'),
      width: 'minmax(140px, 1.4fr)',
      cell: ({ cashierName, certainty }) => <RowName name={cashierName} active certainty={certainty} />,
    },
    {
      key: 'till',
      header: t('till.till'),
      width: 'minmax(120px, 1.2fr)',
      cell: ({ tillName, siteName }) => `${tillName}, ${siteName}`,
    },
    {
      key: 'since',
      header: t('till.since'),
      width: 'minmax(130px, 1fr)',
      tabular: true,
      cell: ({ openedAt }) => format.dateTime(openedAt),
    },
    {
      key: 'state',
      header: t('till.state'),
      width: 'minmax(150px, 1fr)',
      cell: (session) => <StateBadge session={session} />,
    },
    {
      key: 'counted',
      header: t('till.figure.counted'),
      width: 'minmax(100px, 0.8fr)',
      align: 'end',
      tabular: true,
      cell: ({ figures, currency }) =>
        figures === null ? t('till.notCounted') : format.money(figures.counted, currency),
    },
    {
      key: 'variance',
      header: t('till.figure.variance'),
      width: 'minmax(100px, 0.8fr)',
      align: 'end',
      tabular: true,
      cell: ({ figures, currency }) => (figures === null ? '' : format.money(figures.variance, currency)),
    },
  ];
  return (
    <DataTable
      label={label}
      rows={sessions}
      columns={columns}
      rowKey={({ id }) => id}
      onOpen={onOpen}
      empty={<EmptyState text={empty} />}
    />
  );
}
