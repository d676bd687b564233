import { Button, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import type { TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { RowName, SearchedTable } from '#renderer/ui/SearchedTable.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { StockLine } from '#shared/contract/stock.ts';
import { fold } from '#shared/domain/patients/fold.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { Alerts } from './Alerts.tsx';
import { ItemSheet } from './ItemSheet.tsx';
import classes from './Stock.module.css';
import { useStockWords } from './useStockWords.ts';

function useColumns(): readonly TableColumn<StockLine>[] {
  const { t } = useTranslation();
  const words = useStockWords();
  const format = useFormat();
  return [
    {
      key: 'title',
      header: t('stock.item'),
      width: 'minmax(160px, 2fr)',
      cell: ({ title, active, certainty }) => <RowName name={title} active={active} certainty={certainty} />,
    },
    {
      key: 'usable',
      header: t('stock.usable'),
      width: 'minmax(110px, 1fr)',
      align: 'end',
      tabular: true,
      cell: ({ usable, unit }) => words.amount(usable, unit),
    },
    {
      key: 'notUsable',
      header: t('stock.notUsable'),
      width: 'minmax(0, 1.2fr)',
      tabular: true,
      cell: (line) =>
        line.excluded.length > 0 && (
          <Tooltip label={words.excluded(line)} multiline maw={320}>
            <span className={classes.quiet}>{words.excluded(line)}</span>
          </Tooltip>
        ),
    },
    {
      key: 'minimum',
      header: t('stock.minimum'),
      width: 'minmax(72px, 0.6fr)',
      align: 'end',
      tabular: true,
      cell: ({ minimum }) => (minimum === null ? '' : format.number(minimum)),
    },
    {
      key: 'nextExpiry',
      header: t('stock.nextExpiry'),
      width: 'minmax(96px, 0.8fr)',
      tabular: true,
      cell: ({ nextExpiry }) => (nextExpiry === null ? '' : words.day(nextExpiry)),
    },
    {
      key: 'alerts',
      header: t('stock.alerts'),
      width: 'minmax(0, 1.4fr)',
      cell: (line) => <Alerts line={line} />,
    },
  ];
}

interface ItemsTabProps {
  readonly store: LocationId;
  readonly pick: ReactNode;
}

/** What a store has of everything. */
export function ItemsTab({ store, pick }: ItemsTabProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { data, error, refetch } = useCall('stock.list', { locationId: store }, { keepPrevious: true });
  const mayAdd = mayCall(useCurrentUser(), 'stock.saveItem');
  const columns = useColumns();
  const [typed, setTyped] = useState('');
  const [adding, setAdding] = useState(false);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  const wanted = fold(typed.trim());
  const rows = (data?.items ?? [])
    .filter(({ title, medicineName }) => fold(`${title} ${medicineName ?? ''}`).includes(wanted))
    .toSorted((a, b) => Number(b.active) - Number(a.active));
  return (
    <>
      <SearchedTable
        title={t('stock.tab.items')}
        count={data && t('stock.count', { count: rows.length })}
        search={t('stock.search')}
        text={typed}
        onText={setTyped}
        keys={[{ keys: 'n', label: t('stock.add'), run: () => setAdding(true), enabled: mayAdd && !adding }]}
        actions={
          <>
            {pick}
            {mayAdd && (
              <Button
                leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
                rightSection={<KeyHint keys="n" quiet />}
                onClick={() => setAdding(true)}
              >
                {t('stock.addShort')}
              </Button>
            )}
          </>
        }
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => navigate(`/stock/items/${id}`)}
        empty={data && <EmptyState text={t(wanted === '' ? 'stock.none' : 'stock.notFound')} />}
      />
      {adding && (
        <ItemSheet
          item={null}
          onSaved={(id) => navigate(`/stock/items/${id}`)}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  );
}
