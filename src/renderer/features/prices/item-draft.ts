import type { ChargeItemDetails, ChargeItemView } from '#shared/contract/prices.ts';
import { rateField, readTaxRate, typedRate } from '#shared/domain/billing/rate.ts';
import type { Result } from '#shared/kernel/result.ts';

/** An entry of the price list as it is typed. */
export type ItemDraft = Omit<ChargeItemDetails, 'taxRate'> & { readonly tax: string };

export const draftOf = (item: ChargeItemView | null): ItemDraft => ({
  code: item?.code ?? '',
  title: item?.title ?? '',
  category: item?.category ?? 'visit',
  tax: item === null || item.taxRate === null ? '' : typedRate(item.taxRate),
  visitTypeId: item?.visitTypeId ?? null,
  serviceCode: item?.serviceCode ?? null,
  medicineId: item?.medicineId ?? null,
  active: item?.active ?? true,
});

/** As it is sent, or the problem of the tax. */
export const readItem = ({ tax, ...draft }: ItemDraft): Result<ChargeItemDetails, string> => {
  const rate = tax.trim() === '' ? null : readTaxRate(tax);
  if (rate !== null && !rate.ok) return { ok: false, error: rateField(rate.error) };
  return { ok: true, value: { ...draft, taxRate: rate === null ? null : rate.value } };
};
