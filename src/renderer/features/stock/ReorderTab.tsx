import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import type { TableColumn } from '#renderer/ui/DataTable.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { ReorderLine } from '#shared/contract/stock.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { ListFrame } from './ListFrame.tsx';
import classes from './Stock.module.css';
import { useListExport } from './useListExport.ts';
import { useStockWords } from './useStockWords.ts';

function useColumns(): readonly TableColumn<ReorderLine>[] {
  const { t } = useTranslation();
  const words = useStockWords();
  const format = useFormat();
  const end = { align: 'end', tabular: true } as const;
  return [
    { key: 'title', header: t('stock.item'), width: 'minmax(160px, 2fr)', cell: ({ title }) => title },
    {
      key: 'usable',
      header: t('stock.usable'),
      width: 'minmax(110px, 1fr)',
      ...end,
      cell: ({ usable, unit }) => words.amount(usable, unit),
    },
    {
      key: 'notUsable',
      header: t('stock.notUsable'),
      width: 'minmax(0, 1.2fr)',
      tabular: true,
      cell: (line) => <span className={classes.quiet}>{words.excluded(line)}</span>,
    },
    {
      key: 'minimum',
      header: t('stock.minimum'),
      width: 'minmax(80px, 0.6fr)',
      ...end,
      cell: ({ minimum }) => format.number(minimum),
    },
    {
      key: 'order',
      header: t('stock.order'),
      width: 'minmax(120px, 1fr)',
      ...end,
      cell: ({ order, unit }) => <strong>{words.amount(order, unit)}</strong>,
    },
  ];
}

/** What is to be ordered for a store, and how much of it. */
export function ReorderTab({ store, pick }: { store: LocationId; pick: ReactNode }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const columns = useColumns();
  const { data, error, refetch } = useCall('stock.reorder', { locationId: store });
  const rows = data?.lines ?? [];
  const list = useListExport({
    rows,
    headings: [
      t('stock.item'),
      t('stock.unit'),
      t('stock.usable'),
      t('stock.inStore'),
      t('stock.minimum'),
      t('stock.order'),
    ],
    cells: ({ title, unit, usable, quantity, minimum, order }) =>
      [title, unit, usable, quantity, minimum, order].map(String),
    file: 'reorderFile',
  });
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  return (
    <ListFrame
      title={t('stock.tab.reorder')}
      pick={pick}
      onExport={list.run}
      none={data && t('stock.nothingToOrder')}
      rows={rows}
      columns={columns}
      rowKey={({ itemId }) => itemId}
      onOpen={({ itemId }) => navigate(`/stock/items/${itemId}`)}
    />
  );
}
