import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { ChargeItemView, PriceView } from '#shared/contract/prices.ts';
import { typedAmount } from '#shared/domain/prices/money.ts';
import { priceAt } from '#shared/domain/prices/price.ts';
import classes from './Prices.module.css';

interface PricesProps {
  readonly item: ChargeItemView;
  readonly list: Output<'prices.list'>;
  readonly onPrice: () => void;
}

/** The prices of something, the latest first; one that was taken back stays to be seen. */
export function ItemPrices({ item, list, onPrice }: PricesProps) {
  const { t } = useTranslation();
  const mayChange = mayCall(useCurrentUser(), 'prices.set');
  return (
    <section className={classes.prices} aria-labelledby="item-prices">
      <div className={classes.pricesHead}>
        <h3 id="item-prices" className={classes.subtitle}>
          {t('prices.prices')}
        </h3>
        {mayChange && list.currency && (
          <Button variant="default" size="compact-md" onClick={onPrice}>
            {t('prices.newPrice')}
          </Button>
        )}
      </div>
      {item.prices.length === 0 ? (
        <p className={classes.quiet}>{t('prices.noPrices')}</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('prices.validFrom')}</th>
              <th scope="col">{t('prices.site')}</th>
              <th scope="col" data-end>
                {t('prices.price')}
              </th>
              <th scope="col">
                <span className="visually-hidden">{t('prices.state')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {item.prices.map((price) => (
              <PriceLine key={price.id} price={price} item={item} list={list} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function PriceLine({ price, item, list }: Omit<PricesProps, 'onPrice'> & { readonly price: PriceView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const mayChange = mayCall(useCurrentUser(), 'prices.takeBack');
  const takeBack = useCommand('prices.takeBack');
  const set = useCommand('prices.set');
  const { id, locationId, payerId, validFrom, amount, currency } = price;
  const payer = list.payers.find((one) => one.id === payerId)?.name;
  const place = list.sites.find((one) => one.id === locationId)?.name ?? t('prices.everywhere');
  const site = payer === undefined ? place : `${payer} · ${place}`;
  const state =
    amount === null
      ? 'takenBack'
      : validFrom > list.today
        ? 'comes'
        : priceAt(item.prices, { siteId: locationId, payerId }, list.today)?.id === id
          ? 'holds'
          : 'was';
  const undo = async () => {
    if (amount === null) return;
    await set.mutateAsync({
      definitionId: item.id,
      locationId,
      payerId,
      validFrom,
      amount: typedAmount(amount, currency),
    });
  };
  const run = async () => {
    try {
      await takeBack.mutateAsync({ id });
      // Another currency than that of today cannot be set again.
      toast(t('prices.wasTakenBack'), currency === list.currency ? { undo } : {});
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    }
  };
  return (
    <tr data-state={state}>
      <td data-day>{format.day(validFrom)}</td>
      <td data-place>{site}</td>
      <td data-end>{amount === null ? '–' : format.money(amount, currency)}</td>
      <td data-end>
        {mayChange && (state === 'holds' || state === 'comes') ? (
          <span className={classes.act}>
            {t(`prices.is.${state}`)}
            <Button
              variant="subtle"
              size="compact-xs"
              loading={takeBack.isPending}
              aria-label={t('prices.takeBackOf', { day: format.day(validFrom), site })}
              onClick={() => void run()}
            >
              {t('prices.takeBack')}
            </Button>
          </span>
        ) : (
          t(`prices.is.${state}`)
        )}
      </td>
    </tr>
  );
}
