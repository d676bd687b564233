import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import { idsIn, practitionerNames } from '#main/data/local/names.ts';
import type { BillingReportView } from '#shared/contract/billing-reports.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import { longestSpan } from '#shared/contract/oversight.ts';
import { dayAt, dayRange } from '#shared/domain/appointments/wall-time.ts';
import {
  type BillingReport,
  billingReports,
  openRows,
  sumsByCurrency,
} from '#shared/domain/billing/reports.ts';
import { proportion } from '#shared/domain/billing/round.ts';
import { fullName } from '#shared/domain/patients/name.ts';
import { addDays, daysBetween } from '#shared/kernel/calendar.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { reportFile } from './paper.ts';
import {
  type AgeStarts,
  debtors,
  outstanding,
  patientsNamed,
  type ReportSpan,
  takings,
  titles,
  turnover,
  unconfirmed,
  valuedStock,
} from './repository.ts';

type Asked = Parsed<'billing.report'>;
type Row = BillingReportView['rows'][number];
type Found = Pick<BillingReportView, 'rows' | 'totals' | 'more'>;

/** Those who owe less are counted, and in the sums. */
const mostDebtors = 200;

const whole = (rows: readonly Row[]): Found => ({ rows: [...rows], totals: sumsByCurrency(rows), more: 0 });

const takingsOf = ({ store, home }: FeatureDeps, { from, until, locationId }: Asked): Found => {
  const { timeZone } = home();
  const days = Array.from({ length: daysBetween(from, until) + 1 }, (_, n) => {
    const day = addDays(from, n);
    const range = dayRange(day, timeZone);
    return { day, from: instant(range.from), to: instant(range.to) };
  });
  const columns = Object.keys(billingReports.takings.columns);
  const byDay = Map.groupBy(takings(store, days, locationId), ({ day, currency }) => `${day} ${currency}`);
  const rows = [...byDay].map(([key, moved]): Row => {
    const sum = (of: readonly { readonly amount: number }[]) =>
      of.reduce((all, { amount }) => all + amount, 0);
    const came = moved.filter(({ kind }) => kind !== 'refund');
    const refunds = 0 - sum(moved.filter(({ kind }) => kind === 'refund'));
    const values = columns.map((column) => {
      if (column === 'total') return sum(came) + refunds;
      return column === 'refunds' ? refunds : sum(came.filter(({ method }) => method === column));
    });
    return { key, label: moved[0]?.day ?? null, currency: moved[0]?.currency ?? '', values };
  });
  return whole(rows.toSorted((a, b) => (a.key < b.key ? -1 : 1)));
};

const turnoverOf = (
  { store }: FeatureDeps,
  span: ReportSpan,
  by: 'practitioner_id' | 'definition_id',
): Found => {
  const found = turnover(store, span, by);
  const ids = idsIn(found.map(({ key }) => key));
  const names =
    by === 'practitioner_id'
      ? practitionerNames(store, ids)
      : new Map(titles(store, ids).map(({ id, title }) => [id, title]));
  const rows = found.map(
    ({ key, currency, lines, net, tax, gross }): Row => ({
      key: `${key} ${currency}`,
      label: key === null ? null : (names.get(key) ?? null),
      currency,
      values: [lines, net, tax, gross],
    }),
  );
  return whole(rows.toSorted((a, b) => (b.values[3] ?? 0) - (a.values[3] ?? 0) || (a.key < b.key ? -1 : 1)));
};

/** What is open is of an age by whole days at the workstation's site. */
const ageStarts = ({ clock, home }: FeatureDeps): AgeStarts => {
  const { timeZone } = home();
  const today = dayAt(clock.now(), timeZone);
  const start = (days: number) => instant(dayRange(addDays(today, -days), timeZone).from);
  return [start(30), start(60), start(90)];
};

const outstandingOf = (deps: FeatureDeps, { locationId }: Asked): Found => {
  const rows = outstanding(deps.store, ageStarts(deps), locationId).map(
    ({ age, currency, invoices, patient, payer }): Row => {
      const label = openRows[age] ?? 'overpaid';
      return {
        key: `${label} ${currency}`,
        label,
        currency,
        values: [invoices, patient, payer, patient + payer],
      };
    },
  );
  // What was paid too much is owed the other way.
  return { ...whole(rows), totals: sumsByCurrency(rows.filter(({ label }) => label !== 'overpaid')) };
};

const debtorsOf = ({ store }: FeatureDeps, { locationId }: Asked): Found => {
  const found = debtors(store, locationId, mostDebtors);
  const people = new Map(
    patientsNamed(store, idsIn(found.map(({ patient_id }) => patient_id))).map((row) => [
      row.id,
      `${fullName(row)} · ${row.mrn}`,
    ]),
  );
  const byCurrency = new Map(found.map((row) => [row.currency, row]));
  return {
    rows: found.map(({ patient_id, currency, invoices, patient }) => ({
      key: `${patient_id} ${currency}`,
      label: people.get(patient_id) ?? null,
      currency,
      values: [invoices, patient],
    })),
    totals: [...byCurrency.values()]
      .map(({ currency, invoicesOfAll, all }) => ({ currency, values: [invoicesOfAll, all] }))
      .toSorted((a, b) => (a.currency < b.currency ? -1 : 1)),
    more: [...byCurrency.values()].reduce((sum, { people: count }) => sum + count, 0) - found.length,
  };
};

/** ISO 4217: no currency is involved. */
const noCurrency = 'XXX';

/** A batch that was paid for in two currencies is worth what most of it cost. */
const stockOf = ({ store, settings }: FeatureDeps, { locationId }: Asked): Found => {
  const clinics = settings.of('clinic.currency', null) ?? noCurrency;
  const batches = Map.groupBy(valuedStock(store, locationId), ({ batch_id }) => batch_id);
  const valued = [...batches.values()].flatMap(([batch]) => {
    if (batch === undefined) return [];
    const { quantity, currency, cost, units } = batch;
    const isKnown = cost !== null && units !== null;
    return [
      {
        ...batch,
        currency: currency ?? clinics,
        uncosted: isKnown ? 0 : quantity,
        value: isKnown ? proportion(quantity, cost, units) : 0,
      },
    ];
  });
  const byItem = Map.groupBy(valued, ({ item_id, currency }) => `${item_id} ${currency}`);
  const rows = [...byItem].map(([key, own]): Row => {
    const sum = (of: (batch: (typeof own)[number]) => number) =>
      own.reduce((all, batch) => all + of(batch), 0);
    return {
      key,
      label: own[0]?.title ?? null,
      currency: own[0]?.currency ?? clinics,
      values: [sum(({ quantity }) => quantity), sum(({ uncosted }) => uncosted), sum(({ value }) => value)],
    };
  });
  return whole(rows.toSorted((a, b) => (b.values[2] ?? 0) - (a.values[2] ?? 0)));
};

const spanOf = ({ home }: FeatureDeps, { from, until, locationId }: Asked): ReportSpan => ({
  from: instant(dayRange(from, home().timeZone).from),
  to: instant(dayRange(until, home().timeZone).to),
  locationId,
});

/** Since the first row there can be. */
const ever = (locationId: string | null): ReportSpan => ({ from: '', to: '~', locationId });

const finders: Readonly<Record<BillingReport, (deps: FeatureDeps, asked: Asked) => Found>> = {
  takings: takingsOf,
  doctors: (deps, asked) => turnoverOf(deps, spanOf(deps, asked), 'practitioner_id'),
  services: (deps, asked) => turnoverOf(deps, spanOf(deps, asked), 'definition_id'),
  outstanding: outstandingOf,
  debtors: debtorsOf,
  stock: stockOf,
};

const report = (deps: FeatureDeps, asked: Asked): Result<BillingReportView> => {
  const { store, clock } = deps;
  const days = daysBetween(asked.from, asked.until);
  if (days < 0 || days >= longestSpan) return fail('invalid-input', { fields: { until: 'invalid' } });
  const { period } = billingReports[asked.report];
  const place = store.workstation();
  return ok({
    asOf: instant(clock.now()),
    ...finders[asked.report](deps, asked),
    unconfirmed: unconfirmed(store, period ? spanOf(deps, asked) : ever(asked.locationId)),
    wholeClinic: place === null || place.wholeClinic,
  });
};

/** What was taken, issued and is owed, as this workstation knows it. */
export const billingReportHandlers = (
  deps: FeatureDeps,
): Handlers<'billing.report' | 'billing.reportFile'> => ({
  'billing.report': (asked) => report(deps, asked),
  'billing.reportFile': async (asked) => {
    const found = report(deps, asked);
    return found.ok ? ok(await reportFile(deps, asked, found.value)) : found;
  },
});
