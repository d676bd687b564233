import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AppErrorException } from '#renderer/client/client.ts';
import { useClient } from '#renderer/client/provider.tsx';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { MovementView } from '#shared/contract/stock.ts';
import type { LocationId, StockItemId } from '#shared/kernel/ids.ts';
import classes from './Stock.module.css';
import { useStockWords } from './useStockWords.ts';

type Page = Output<'stock.movements'>;

function useMovements(id: StockItemId, locationId: LocationId) {
  const client = useClient();
  return useInfiniteQuery<
    Page,
    AppErrorException,
    readonly MovementView[],
    readonly unknown[],
    string | null
  >({
    queryKey: ['stock.movements', { id, locationId }],
    queryFn: ({ pageParam }) => client.call('stock.movements', { id, locationId, before: pageParam }),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next ?? undefined,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  });
}

/** What else a movement says. */
function useDetails(unit: string): (movement: MovementView) => string {
  const { t } = useTranslation();
  const words = useStockWords();
  const format = useFormat();
  return ({ otherStore, reference, reason, counted, expected, held }) =>
    [
      otherStore,
      held === 0 ? null : t('stock.asidePart', { quantity: words.amount(held, unit) }),
      counted === null
        ? null
        : t('stock.countedOf', {
            counted: format.number(counted),
            expected: format.number(expected ?? 0),
          }),
      reference,
      reason,
    ]
      .filter(Boolean)
      .join(' · ');
}

function useColumns(unit: string): readonly TableColumn<MovementView>[] {
  const { t } = useTranslation();
  const words = useStockWords();
  const format = useFormat();
  const details = useDetails(unit);
  return [
    {
      key: 'when',
      header: t('stock.when'),
      width: '148px',
      tabular: true,
      cell: ({ at }) => format.dateTime(at),
    },
    {
      key: 'what',
      header: t('stock.what'),
      width: 'minmax(150px, 1.2fr)',
      cell: (one) => (
        <span>
          {words.kind(one)} {one.takenBack && <span className={classes.quiet}>({t('stock.takenBack')})</span>}{' '}
          <CertaintyMark certainty={one.certainty} quiet />
        </span>
      ),
    },
    { key: 'lot', header: t('stock.lot'), width: 'minmax(80px, 0.8fr)', cell: ({ lot }) => lot },
    {
      key: 'change',
      header: t('stock.change'),
      width: '112px',
      align: 'end',
      tabular: true,
      cell: ({ delta }) => (delta === 0 ? '' : words.change(delta)),
    },
    { key: 'details', header: t('stock.because'), width: 'minmax(0, 2fr)', cell: details },
    { key: 'by', header: t('stock.by'), width: 'minmax(0, 1fr)', cell: ({ by }) => by ?? '' },
  ];
}

interface MovementsProps {
  readonly id: StockItemId;
  readonly store: LocationId;
  readonly unit: string;
  readonly onOpen: (movement: MovementView) => void;
}

/** What moved of an item in a store, the latest first, a page after the other. */
export function Movements({ id, store, unit, onOpen }: MovementsProps) {
  const { t } = useTranslation();
  const columns = useColumns(unit);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useMovements(id, store);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  return (
    <DataTable
      label={t('stock.movements')}
      rows={data ?? []}
      columns={columns}
      rowKey={(one) => one.id}
      onOpen={onOpen}
      onNearEnd={() => hasNextPage && !isFetchingNextPage && void fetchNextPage()}
      empty={data && <EmptyState text={t('stock.noMovements')} />}
    />
  );
}
