import { openCharges } from '#main/core/billed/rows.ts';
import { standsOf } from '#main/core/billed/stand.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import { pageOf } from '#main/core/paged.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { InvoiceFilter, InvoiceSummary } from '#shared/contract/invoices.ts';
import { dayRange } from '#shared/domain/appointments/wall-time.ts';
import { soughtNumber } from '#shared/domain/billing/number.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { credit } from './credit.ts';
import { change, discount, draft, giveUp } from './draft.ts';
import { issue } from './issue.ts';
import { paper } from './paper.ts';
import {
  findInvoice,
  invoicesListed,
  invoicesNumbered,
  invoicesOf,
  patientsOf,
  timeOf,
} from './repository.ts';
import { chargeViews, invoiceSummaries, invoiceViews, listedName } from './view.ts';

/** Looked through for one page of what fits a filter that is computed. */
const mostLooked = 300;

const fits = (invoice: InvoiceSummary, filter: InvoiceFilter | null): boolean => {
  const isInvoice = invoice.kind === 'invoice';
  switch (filter) {
    case null:
      return true;
    case 'credit-note':
      return !isInvoice;
    case 'twice':
      return invoice.twice;
    case 'open':
      return isInvoice && (invoice.open.patient !== 0 || invoice.open.payer !== 0);
    default:
      return isInvoice && invoice.status === filter;
  }
};

const list = (deps: FeatureDeps, asked: Parsed<'invoices.list'>): Output<'invoices.list'> => {
  const { store } = deps;
  const { filter, day, limit, number } = asked;
  if (number !== '') {
    const found = standsOf(store, invoicesNumbered(store, soughtNumber(number)));
    return { items: invoiceSummaries(store, found), next: null };
  }
  const range = day === null ? null : dayRange(day, deps.home().timeZone);
  const looked = filter === null || filter === 'draft' ? limit : mostLooked;
  const rows = invoicesListed(store, {
    ...asked,
    draftsOnly: filter === 'draft',
    during: range && { from: instant(range.from), until: instant(range.to) },
    limit: looked + 1,
  });
  const page = pageOf(rows, looked, (row) => ({ at: timeOf(row), id: row.id }));
  const items = invoiceSummaries(store, standsOf(store, page.rows)).filter((one) => fits(one, filter));
  const last = items.length > limit ? items[limit - 1] : undefined;
  return {
    items: items.slice(0, limit),
    next: last === undefined ? page.next : `${last.at}|${last.id}`,
  };
};

const page = (
  { store }: FeatureDeps,
  { patientId, after, limit }: Parsed<'invoices.page'>,
): Output<'invoices.page'> => {
  const found = invoicesOf(store, patientId, after, limit + 1);
  const rows = found.slice(0, limit);
  const end = found.length > limit ? rows.at(-1) : undefined;
  return {
    invoices: invoiceViews(store, standsOf(store, rows)),
    next: end === undefined ? null : { at: end.created_at, id: end.id },
  };
};

const get = ({ store }: FeatureDeps, { id }: Parsed<'invoices.get'>): Result<Output<'invoices.get'>> => {
  const row = findInvoice(store, id);
  const [view] = row === undefined ? [] : invoiceViews(store, standsOf(store, [row]));
  return view === undefined ? fail('not-found') : ok(view);
};

const charged = (
  { store }: FeatureDeps,
  { patientId }: Parsed<'invoices.openCharges'>,
): Output<'invoices.openCharges'> => ({
  charges: chargeViews(store, openCharges(store, patientId)),
  patientName: listedName(patientsOf(store, [patientId])[0]),
});

/** Bills: made of charges, issued, taken back by credit notes, looked through and printed. */
export const invoiceHandlers = (
  deps: FeatureDeps,
): Handlers<
  | 'invoices.page'
  | 'invoices.get'
  | 'invoices.list'
  | 'invoices.openCharges'
  | 'invoices.draft'
  | 'invoices.change'
  | 'invoices.discount'
  | 'invoices.giveUp'
  | 'invoices.issue'
  | 'invoices.credit'
  | 'invoices.paper'
> => ({
  'invoices.page': (input) => ok(page(deps, input)),
  'invoices.get': (input) => get(deps, input),
  'invoices.list': (input) => ok(list(deps, input)),
  'invoices.openCharges': (input) => ok(charged(deps, input)),
  'invoices.draft': (input, connection) => draft(deps, input, connection),
  'invoices.change': (input, connection) => change(deps, input, connection),
  'invoices.discount': (input, connection) => discount(deps, input, connection),
  'invoices.giveUp': (input, connection) => giveUp(deps, input, connection),
  'invoices.issue': (input, connection) => issue(deps, input, connection),
  'invoices.credit': (input, connection) => credit(deps, input, connection),
  'invoices.paper': (input) => paper(deps, input),
});
