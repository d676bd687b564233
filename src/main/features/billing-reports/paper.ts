import type { FeatureDeps } from '#main/core/deps.ts';
import { letterheadOf } from '#main/core/letterhead.ts';
import { filled, panelWords } from '#main/core/paper/panel-words.ts';
import { drawPaper } from '#main/core/paper/paper.ts';
import { locationNames } from '#main/data/local/names.ts';
import type { BillingReportView } from '#shared/contract/billing-reports.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { reportLabel } from '#shared/domain/billing/report-label.ts';
import { type BillingReport, billingReports, columnsOfReport } from '#shared/domain/billing/reports.ts';
import { catalogues } from '#shared/i18n/catalogues.ts';

type Asked = Parsed<'billing.reportFile'>;

/** The figures of one currency. */
const tableOf = (
  report: BillingReport,
  { rows, totals }: BillingReportView,
  currency: string,
  said: Pick<ReturnType<typeof panelWords>, 'money' | 'day'> & {
    readonly words: (typeof catalogues)['en']['billingReports'];
  },
) => {
  const columns = columnsOfReport(report);
  const cells = (values: readonly number[]) =>
    values.map((value, at) => (columns[at]?.unit === 'money' ? said.money(value, currency) : String(value)));
  const total = totals.find((one) => one.currency === currency);
  const first = columns.length > 5 ? 0.16 : 0.34;
  return {
    columns: [
      { name: said.words.first[report], share: first },
      ...columns.map(({ name }) => ({
        name: said.words.column[name],
        share: (1 - first) / columns.length,
        right: true,
      })),
    ],
    rows: [
      ...rows
        .filter((row) => row.currency === currency)
        .map(({ label, values }) => ({
          cells: [reportLabel(report, label, said.words, said.day), ...cells(values)],
        })),
      ...(total === undefined ? [] : [{ cells: [said.words.total, ...cells(total.values)], strong: true }]),
    ],
  };
};

/** A report as a PDF, in the words of a language. */
export const reportFile = async (
  deps: FeatureDeps,
  { report, from, until, locationId, language }: Asked,
  view: BillingReportView,
): Promise<Output<'billing.reportFile'>> => {
  const { store, settings, clock, home } = deps;
  const { timeZone } = home();
  const words = catalogues[language].billingReports;
  const said = { ...panelWords(language, timeZone), words };
  const head = letterheadOf(store, settings, locationId ?? store.workstation()?.locationId ?? null);
  const site =
    locationId === null ? null : (locationNames(store, [locationId]).get(locationId) ?? words.unknown);
  const today = dayAt(clock.now(), timeZone);
  const facts = [
    ...(billingReports[report].period
      ? [{ label: words.paper.period, text: `${said.day(from)} – ${said.day(until)}` }]
      : []),
    { label: words.paper.site, text: site ?? words.paper.everySite },
    { label: words.paper.made, text: said.day(today) },
    ...(view.unconfirmed > 0 ? [{ label: words.paper.unconfirmed, text: String(view.unconfirmed) }] : []),
  ];
  const currencies = [...new Set(view.rows.map(({ currency }) => currency))].toSorted();
  const notes = [
    ...(view.rows.length === 0 ? [words.none[report]] : []),
    ...(view.more > 0 ? [filled(words.more_other, { count: view.more })] : []),
    ...(view.wholeClinic ? [] : [words.someSites]),
  ];
  const bytes = await drawPaper({
    language,
    title: words.report[report],
    keywords: null,
    at: new Date(clock.now()),
    clinic: { name: head.name, lines: [head.address].filter(Boolean) },
    facts,
    sections: [
      ...currencies.map((currency) => ({
        title: currencies.length > 1 ? currency : '',
        text: '',
        table: tableOf(report, view, currency, said),
      })),
      ...notes.map((text) => ({ title: '', text })),
    ],
    signature: null,
    foot: (page, pages) => filled(words.paper.page, { page, pages }),
  });
  const name = `${filled(words.fileName, { report, date: today })}.pdf`;
  return { name, contentType: 'application/pdf', data: bytes.toString('base64') };
};
