import { daysBetween } from '#shared/kernel/calendar.ts';

/** The ages of what is open, in days from the day of issue: 0 to 30, 31 to 60, 61 to 90, older. */
export const ageBuckets = ['0-30', '31-60', '61-90', '91+'] as const;
export type AgeBucket = (typeof ageBuckets)[number];

/** How old something issued on a day (`YYYY-MM-DD`) is on another; what a clock issued tomorrow is new. */
export const ageBucket = (issuedOn: string, today: string): AgeBucket => {
  const days = daysBetween(issuedOn, today);
  if (days <= 30) return '0-30';
  if (days <= 60) return '31-60';
  return days <= 90 ? '61-90' : '91+';
};

/** What is open by age in one currency, in minor units; `overpaid` is what was paid too much, and is in no bucket. */
export interface Aging extends Readonly<Record<AgeBucket, number>> {
  readonly currency: string;
  readonly overpaid: number;
}

interface Aged {
  readonly currency: string;
  readonly issuedOn: string;
  readonly open: number;
}

const agingOf = (currency: string, open: readonly Aged[], today: string): Aging => {
  const sums = { '0-30': 0, '31-60': 0, '61-90': 0, '91+': 0, overpaid: 0 };
  for (const one of open)
    sums[one.open < 0 ? 'overpaid' : ageBucket(one.issuedOn, today)] += Math.abs(one.open);
  return { currency, ...sums };
};

/** What is open on a day by age, one part (the patient's or the payer's) of each issued invoice, in each currency by its code. */
export const agingOn = (open: readonly Aged[], today: string): readonly Aging[] =>
  [...Map.groupBy(open, ({ currency }) => currency)]
    .map(([currency, own]) => agingOf(currency, own, today))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
