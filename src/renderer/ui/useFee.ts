import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { useFormat } from './useFormat.ts';

interface Asked {
  readonly visitTypeId: string | null;
  readonly locationId: string | null;
  /** `YYYY-MM-DD` */
  readonly day: string;
}

/** What a kind of visit costs at a site on a day, as it is said to a patient; null where the clinic has no price for it. */
export function useFee({ visitTypeId, locationId, day }: Asked): string | null {
  const format = useFormat();
  const may = mayCall(useCurrentUser(), 'prices.fees');
  const isAsked = may && visitTypeId !== null && locationId !== null && day !== '';
  const { data } = useCall(
    'prices.fees',
    {
      locationId: (locationId ?? '00000000-0000-4000-8000-000000000000') as LocationId,
      day: day || '2000-01-01',
    },
    { enabled: isAsked },
  );
  const fee = isAsked ? data?.find((one) => one.visitTypeId === visitTypeId) : undefined;
  return fee === undefined ? null : format.money(fee.amount, fee.currency);
}
