import { Button } from '@mantine/core';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import type { TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { RowName, SearchedTable } from '#renderer/ui/SearchedTable.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { ChargeItemView } from '#shared/contract/prices.ts';
import { fold } from '#shared/domain/patients/fold.ts';
import { nextPrice, priceAt } from '#shared/domain/prices/price.ts';
import { ImportSheet } from './ImportSheet.tsx';
import { ItemSheet } from './ItemSheet.tsx';
import { PriceSheet } from './PriceSheet.tsx';
import classes from './Prices.module.css';
import { raisedBy } from './raised-by.ts';

type List = Output<'prices.list'>;

/** What holds and what comes, at the site chosen in the frame or else where no site has a price of its own. */
function useColumns(list: List | undefined, siteId: string | null): readonly TableColumn<ChargeItemView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const today = list?.today ?? format.today();
  const place = { siteId, payerId: null };
  const nameOf = (all: readonly { readonly id: string; readonly name: string }[] = [], id: string | null) =>
    all.find((one) => one.id === id)?.name;
  /** What holds today at a site of its own, or of a payer. */
  const own = ({ prices }: ChargeItemView) =>
    prices.flatMap(({ id, locationId, payerId }) => {
      const price = priceAt(prices, { siteId: locationId, payerId }, today);
      if (price?.id !== id || (locationId === null && payerId === null)) return [];
      const where = [nameOf(list?.payers, payerId), nameOf(list?.sites, locationId)];
      return [[...where, format.money(price.amount, price.currency)].filter(Boolean).join(' ')];
    });
  return [
    {
      key: 'title',
      header: t('prices.what'),
      width: 'minmax(120px, 1.6fr)',
      cell: ({ title, active, certainty }) => <RowName name={title} active={active} certainty={certainty} />,
    },
    { key: 'code', header: t('prices.code'), width: 'minmax(56px, 0.6fr)', cell: ({ code }) => code },
    {
      key: 'kind',
      header: t('prices.kind'),
      width: 'minmax(0, 1.2fr)',
      cell: (item) => raisedBy(t, item),
    },
    {
      key: 'today',
      header: t('prices.today'),
      width: 'minmax(104px, 0.8fr)',
      align: 'end',
      tabular: true,
      cell: ({ prices, active }) => {
        const price = priceAt(prices, place, today);
        if (!active) return <span className={classes.quiet}>{t('prices.notCharged')}</span>;
        if (price === null) return <span className={classes.quiet}>{t('prices.noneYet')}</span>;
        return format.money(price.amount, price.currency);
      },
    },
    {
      key: 'next',
      header: t('prices.next'),
      width: 'minmax(0, 1.5fr)',
      tabular: true,
      cell: ({ prices, active }) => {
        const next = active ? nextPrice(prices, place, today) : null;
        return next === null
          ? ''
          : t('prices.from', {
              price: format.money(next.amount, next.currency),
              day: format.day(next.validFrom),
            });
      },
    },
    {
      key: 'sites',
      header: t('prices.atSites'),
      width: 'minmax(0, 1.2fr)',
      tabular: true,
      cell: (item) => own(item).join(' · '),
    },
  ];
}

type Sheet =
  | { readonly kind: 'item'; readonly id: string | null }
  | { readonly kind: 'price'; readonly id: string }
  | { readonly kind: 'import' };

/** What the clinic charges for: looked through, added, changed, priced from a day on, imported. */
export function PricesScreen() {
  const { t } = useTranslation();
  const { data, error, refetch } = useCall('prices.list', {});
  const siteId = usePreferences((state) => state.siteId);
  const mayChange = mayCall(useCurrentUser(), 'prices.define');
  const columns = useColumns(data, siteId);
  const [typed, setTyped] = useState('');
  const [sheet, openSheet] = useState<Sheet | null>(null);
  const close = () => openSheet(null);
  const add = () => openSheet({ kind: 'item', id: null });
  const fetchList = () => openSheet({ kind: 'import' });
  const isFree = mayChange && sheet === null;
  const hasCurrency = typeof data?.currency === 'string';
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  const wanted = fold(typed.trim());
  const rows = (data?.items ?? [])
    .filter((row) => fold(`${row.code} ${row.title} ${raisedBy(t, row)}`).includes(wanted))
    .toSorted((a, b) => Number(b.active) - Number(a.active));
  const item = (id: string | null) => data?.items.find((one) => one.id === id) ?? null;
  const priced = sheet?.kind === 'price' ? item(sheet.id) : null;
  return (
    <>
      <SearchedTable
        title={t('prices.title')}
        search={t('prices.search')}
        text={typed}
        onText={setTyped}
        keys={[
          { keys: 'n', label: t('prices.add'), run: add, enabled: isFree },
          { keys: 'i', label: t('prices.import'), run: fetchList, enabled: isFree && hasCurrency },
        ]}
        actions={
          mayChange && (
            <>
              <Button
                variant="default"
                disabled={!hasCurrency}
                leftSection={<IconFileImport size={16} stroke={1.6} aria-hidden />}
                rightSection={<KeyHint keys="i" quiet />}
                onClick={fetchList}
              >
                {t('prices.importShort')}
              </Button>
              <Button
                leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
                rightSection={<KeyHint keys="n" quiet />}
                onClick={add}
              >
                {t('prices.addShort')}
              </Button>
            </>
          )
        }
        notes={
          <p className={classes.hint}>
            {t('prices.where')}{' '}
            {data && !hasCurrency && (
              <>
                {t('prices.noCurrency')} <Link href="/settings">{t('prices.toSettings')}</Link>
              </>
            )}
          </p>
        }
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => openSheet({ kind: 'item', id })}
        empty={data && <EmptyState text={t(wanted === '' ? 'prices.none' : 'prices.notFound')} />}
      />
      {data && sheet?.kind === 'item' && (
        <ItemSheet
          key={sheet.id ?? 'new'}
          item={item(sheet.id)}
          list={data}
          onPrice={(id) => (hasCurrency ? openSheet({ kind: 'price', id }) : close())}
          onClose={close}
        />
      )}
      {data && priced && (
        <PriceSheet
          item={priced}
          list={data}
          siteId={siteId}
          onClose={() => openSheet({ kind: 'item', id: priced.id })}
        />
      )}
      {sheet?.kind === 'import' && <ImportSheet onClose={close} />}
    </>
  );
}
