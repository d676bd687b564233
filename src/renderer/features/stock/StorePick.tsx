import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Output } from '#shared/contract/contract.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import classes from './Stock.module.css';
import { useStock } from './store.ts';

interface StorePickProps {
  readonly stores: Output<'stock.stores'>['stores'];
  readonly store: LocationId;
}

/** Which store is looked at. */
export function StorePick({ stores, store }: StorePickProps) {
  const { t } = useTranslation();
  const choose = useStock((state) => state.choose);
  return (
    <NativeSelect
      className={classes.store}
      aria-label={t('stock.store')}
      data={stores
        .filter(({ active, id }) => active || id === store)
        .map(({ id, siteName, name }) => ({
          value: id,
          label: t('stock.storeOf', { site: siteName, name }),
        }))}
      value={store}
      onChange={(event) => choose(event.currentTarget.value as LocationId)}
    />
  );
}
