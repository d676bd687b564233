import { NativeSelect } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import type { TableColumn } from '#renderer/ui/DataTable.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import lines from '#renderer/ui/RecordLines.module.css';
import type { ExpiryLine } from '#shared/contract/stock.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { ListFrame } from './ListFrame.tsx';
import { useListExport } from './useListExport.ts';
import { useStockWords } from './useStockWords.ts';

const spans = [30, 90, 180, 365] as const;

function useColumns(): readonly TableColumn<ExpiryLine>[] {
  const { t } = useTranslation();
  const words = useStockWords();
  return [
    {
      key: 'expiry',
      header: t('stock.expiry'),
      width: 'minmax(104px, 0.8fr)',
      tabular: true,
      cell: ({ expiry }) => words.day(expiry),
    },
    { key: 'title', header: t('stock.item'), width: 'minmax(160px, 2fr)', cell: ({ title }) => title },
    { key: 'lot', header: t('stock.lot'), width: 'minmax(90px, 1fr)', cell: ({ lot }) => lot },
    {
      key: 'quantity',
      header: t('stock.inStore'),
      width: 'minmax(120px, 1fr)',
      align: 'end',
      tabular: true,
      cell: ({ quantity, unit }) => words.amount(quantity, unit),
    },
    {
      key: 'state',
      header: t('stock.state'),
      width: 'minmax(110px, 0.8fr)',
      cell: ({ expired }) => (
        <span className={lines.badge} data-tone={expired ? 'red' : 'amber'}>
          {t(expired ? 'stock.isExpired' : 'stock.expiresSoon')}
        </span>
      ),
    },
  ];
}

/** What of a store is expired, and what will be soon. */
export function ExpiryTab({ store, pick }: { store: LocationId; pick: ReactNode }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const columns = useColumns();
  const [days, setDays] = useState(90);
  const { data, error, refetch } = useCall(
    'stock.expiry',
    { locationId: store, days },
    { keepPrevious: true },
  );
  const rows = data?.lines ?? [];
  const list = useListExport({
    rows,
    headings: [t('stock.expiry'), t('stock.item'), t('stock.lot'), t('stock.inStore'), t('stock.unit')],
    cells: ({ expiry, title, lot, quantity, unit }) => [expiry, title, lot, String(quantity), unit],
    file: 'expiryFile',
  });
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  return (
    <ListFrame
      title={t('stock.tab.expiry')}
      pick={pick}
      onExport={list.run}
      none={data && t('stock.nothingExpires', { days: t('stock.days', { count: days }) })}
      rows={rows}
      columns={columns}
      rowKey={({ batchId }) => batchId}
      onOpen={({ itemId }) => navigate(`/stock/items/${itemId}`)}
      more={
        <NativeSelect
          aria-label={t('stock.within')}
          data={spans.map((count) => ({
            value: String(count),
            label: `${t('stock.within')} ${t('stock.days', { count })}`,
          }))}
          value={String(days)}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
        />
      }
    />
  );
}
