import type { FeatureDeps } from '#main/core/deps.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { PriceView } from '#shared/contract/prices.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { priceId } from '#shared/domain/prices/price.ts';
import { findPrice } from './repository.ts';

export const today = ({ clock, home }: Pick<FeatureDeps, 'clock' | 'home'>): string =>
  dayAt(clock.now(), home().timeZone);

/** Writes a price over the one of that site, payer and day, if there is one. */
export const putPrice = (
  writer: LocalWriter,
  {
    definitionId,
    locationId,
    payerId,
    validFrom,
    amount,
    currency,
  }: Omit<PriceView, 'id'> & { definitionId: string },
): string => {
  const id = priceId(definitionId, { siteId: locationId, payerId }, validFrom);
  if (findPrice(writer, id) === undefined)
    writer.insert('charge_item_price', {
      id,
      definition_id: definitionId,
      location_id: locationId,
      payer_id: payerId,
      valid_from: validFrom,
      amount,
      currency,
    });
  else writer.update('charge_item_price', id, { amount, currency });
  return id;
};
