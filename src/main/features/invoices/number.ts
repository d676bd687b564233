import type { FeatureDeps } from '#main/core/deps.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { type InvoiceKind, provisionalNumber, usualSeries } from '#shared/domain/billing/number.ts';
import { isNumberTaken, siteName } from './repository.ts';

const settingOf = { invoice: 'billing.invoice-series', 'credit-note': 'billing.credit-series' } as const;

/** In which series something issued at a site is numbered. Another one later renumbers nothing. */
export const seriesOf = (
  { store, settings }: FeatureDeps,
  kind: InvoiceKind,
  siteId: string | null,
): string => settings.of(settingOf[kind], siteId) ?? usualSeries(kind, siteName(store, siteId));

/** What a new invoice is called until the centre has numbered it; null before this workstation has a number of its own. */
export const ownNumber = ({ store, clock }: FeatureDeps, reader: LocalReader): string | null => {
  const deviceNo = store.workstation()?.deviceNo;
  return deviceNo === undefined
    ? null
    : provisionalNumber(deviceNo, clock.now(), (number) => isNumberTaken(reader, number));
};
