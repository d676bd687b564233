import type { BillingReport, openRows } from './reports.ts';

interface Words {
  readonly open: Readonly<Record<(typeof openRows)[number], string>>;
  readonly nobody: { readonly doctors: string; readonly services: string };
  readonly unknown: string;
}

/** The name of a row of a report: `label` is a day, an age, a name, or null where nobody and nothing was said. */
export const reportLabel = (
  report: BillingReport,
  label: string | null,
  words: Words,
  day: (date: string) => string,
): string => {
  if (label === null)
    return report === 'doctors' || report === 'services' ? words.nobody[report] : words.unknown;
  if (report === 'takings') return day(label);
  return report === 'outstanding' ? words.open[label as (typeof openRows)[number]] : label;
};
