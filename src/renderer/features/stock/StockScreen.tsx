import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { Parts } from '#renderer/ui/Parts.tsx';
import type { CallName } from '#shared/contract/contract.ts';
import type { StockItemId } from '#shared/kernel/ids.ts';
import { CountTab } from './CountTab.tsx';
import { ExpiryTab } from './ExpiryTab.tsx';
import { ItemPage } from './ItemPage.tsx';
import { ItemsTab } from './ItemsTab.tsx';
import { ReorderTab } from './ReorderTab.tsx';
import { StorePick } from './StorePick.tsx';
import { StoreSheet, StoresTab } from './StoresTab.tsx';
import { useStock } from './store.ts';

/** The parts, in the order of their tabs, each with a call it cannot do without. */
const tabs = [
  ['items', 'stock.list'],
  ['reorder', 'stock.reorder'],
  ['expiry', 'stock.expiry'],
  ['count', 'stock.applyCount'],
  ['stores', 'stock.saveStore'],
] as const satisfies readonly (readonly [string, CallName])[];

interface StockScreenProps {
  /** From the address; none is the first. */
  readonly tab: string | undefined;
  readonly id: string | undefined;
}

const pathOf = (tab: string): string => `/stock/${tab}`;

/** What the clinic keeps in its stores, part by part. */
export function StockScreen({ tab, id }: StockScreenProps) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const { data, error, refetch } = useCall('stock.stores', {});
  const chosen = useStock((state) => state.chosen);
  const [adding, setAdding] = useState(false);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <div aria-busy="true" />;
  const { stores, here, sites } = data;
  const store = (
    stores.find((one) => one.id === chosen) ??
    stores.find((one) => one.id === here) ??
    stores[0]
  )?.id;
  const own = tabs.filter(([, call]) => mayCall(user, call));
  const shown = own.find(([name]) => name === tab)?.[0] ?? 'items';
  if (store === undefined)
    return (
      <>
        <EmptyState
          text={t(mayCall(user, 'stock.saveStore') ? 'stock.noStore' : 'stock.noStoreRead')}
          action={
            mayCall(user, 'stock.saveStore') && (
              <Button onClick={() => setAdding(true)}>{t('stock.newStore')}</Button>
            )
          }
        />
        {adding && <StoreSheet store={null} sites={sites} onClose={() => setAdding(false)} />}
      </>
    );
  const pick = <StorePick stores={stores} store={store} />;
  return (
    <Parts
      title={t('stock.title')}
      label={t('stock.tabs')}
      parts={own.map(([name]) => ({ path: pathOf(name), word: t(`stock.tab.${name}`) }))}
      shown={pathOf(shown)}
    >
      {shown === 'items' && id === undefined && <ItemsTab store={store} pick={pick} />}
      {shown === 'items' && id !== undefined && (
        <ItemPage key={`${id} ${store}`} id={id as StockItemId} store={store} stores={stores} pick={pick} />
      )}
      {shown === 'reorder' && <ReorderTab store={store} pick={pick} />}
      {shown === 'expiry' && <ExpiryTab store={store} pick={pick} />}
      {shown === 'count' && <CountTab key={store} store={store} pick={pick} />}
      {shown === 'stores' && <StoresTab list={data} />}
    </Parts>
  );
}
