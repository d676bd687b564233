import type { TFunction } from 'i18next';
import type { ChargeItemView } from '#shared/contract/prices.ts';
import { orderTests } from '#shared/domain/orders/catalogue.ts';

/** What an entry of the price list is, and what raises it by itself. */
export const raisedBy = (t: TFunction, item: ChargeItemView): string => {
  const test = orderTests.find(({ code }) => code === item.serviceCode)?.name;
  const by = item.visitTypeName ?? test ?? item.medicineName;
  return [t(`prices.category.${item.category}`), by].filter(Boolean).join(' · ');
};
