import {
  type Account,
  accountOf,
  amountsOf,
  linesOf,
  type PaymentRow,
  unsettled,
} from '#main/core/account.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { approvedPatient, ownRecord } from '#main/core/own-patient.ts';
import { pageOf } from '#main/core/paged.ts';
import { filled, panelWords } from '#main/core/paper/panel-words.ts';
import { drawReceipt, fileName, receiptFile } from '#main/core/paper/receipt.ts';
import type { PanelDeps } from '#main/core/released.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { PanelInvoiceWithLines, PanelPayment } from '#shared/contract/panel-billing.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { drawInvoice } from './paper.ts';
import { findInvoice, findPayment, invoicesPage, paymentsPage } from './repository.ts';
import { invoiceViews, paymentViews } from './views.ts';

/** What is to be paid, by currency, and of how many invoices. */
const openAmounts = (account: Account): Output<'panel.invoices'>['open'] => {
  const due = unsettled(account).filter(({ open }) => open.patient > 0);
  return [...Map.groupBy(due, ({ currency }) => currency)]
    .map(([currency, own]) => ({
      currency,
      amount: own.reduce((sum, { open }) => sum + open.patient, 0),
      invoices: own.length,
    }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
};

const list = (
  deps: PanelDeps,
  asked: Parsed<'panel.invoices'>,
  connection: Connection,
): Result<Output<'panel.invoices'>> => {
  const own = approvedPatient(deps, connection, asked.patientId);
  if (!own.ok) return own;
  deps.noteRead(connection, asked.patientId, 'invoices');
  const found = invoicesPage(deps.store, asked.patientId, asked);
  const { rows, next } = pageOf(found, asked.limit, (row) => ({ at: row.issued_at, id: row.id }));
  const account = accountOf(deps.store, asked.patientId);
  return ok({ items: invoiceViews(deps.store, account, rows), next, open: openAmounts(account) });
};

const one = (
  deps: PanelDeps,
  { patientId, id }: Parsed<'panel.invoice'>,
  connection: Connection,
): Result<PanelInvoiceWithLines> => {
  const own = approvedPatient(deps, connection, patientId);
  if (!own.ok) return own;
  const row = findInvoice(deps.store, patientId, id);
  if (row === undefined) return fail('not-found');
  const [invoice] = invoiceViews(deps.store, accountOf(deps.store, patientId), [row]);
  if (invoice === undefined) return fail('not-found');
  deps.noteRead(connection, patientId, 'invoices');
  const lines = linesOf(deps.store, id).map((line) => {
    const { net: _, ...amounts } = amountsOf(line);
    const { title, quantity, unit_price: unitPrice, discount } = line;
    return { title, quantity, unitPrice, discount, ...amounts };
  });
  return ok({ ...invoice, lines });
};

const file = async (
  deps: PanelDeps,
  { patientId, id, language }: Parsed<'panel.invoiceFile'>,
  connection: Connection,
): Promise<Result<Output<'panel.invoiceFile'>>> => {
  const own = approvedPatient(deps, connection, patientId);
  if (!own.ok) return own;
  const row = findInvoice(deps.store, patientId, id);
  const patient = ownRecord(deps.store, own.value);
  const account = accountOf(deps.store, patientId);
  const [invoice] = invoiceViews(deps.store, account, row === undefined ? [] : [row]);
  if (invoice === undefined || patient === undefined) return fail('not-found');
  deps.noteRead(connection, patientId, 'invoices');
  const bytes = await drawInvoice(deps, { invoice, patient, account }, language);
  const { paper } = panelWords(language, deps.home().timeZone);
  const name = filled(paper.invoiceFile, { number: fileName(invoice.number) });
  return ok({ name, contentType: 'application/pdf', data: bytes.toString('base64') });
};

const payments = (
  deps: PanelDeps,
  asked: Parsed<'panel.payments'>,
  connection: Connection,
): Result<Output<'panel.payments'>> => {
  const own = approvedPatient(deps, connection, asked.patientId);
  if (!own.ok) return own;
  deps.noteRead(connection, asked.patientId, 'invoices');
  const found = paymentsPage(deps.store, asked.patientId, asked);
  const { rows, next } = pageOf(found, asked.limit, (row) => ({ at: row.paid_at, id: row.id }));
  return ok({ items: paymentViews(deps.store, rows), next });
};

/** A payment of somebody who is the account's own; that it was read is written down. */
const ownPayment = (
  deps: PanelDeps,
  { patientId, id }: Parsed<'panel.payment'>,
  connection: Connection,
): Result<PaymentRow> => {
  const own = approvedPatient(deps, connection, patientId);
  if (!own.ok) return own;
  const row = findPayment(deps.store, patientId, id);
  if (row === undefined) return fail('not-found');
  deps.noteRead(connection, patientId, 'invoices');
  return ok(row);
};

const payment = (
  deps: PanelDeps,
  asked: Parsed<'panel.payment'>,
  connection: Connection,
): Result<PanelPayment> => {
  const row = ownPayment(deps, asked, connection);
  if (!row.ok) return row;
  const [view] = paymentViews(deps.store, [row.value]);
  return view === undefined ? fail('not-found') : ok(view);
};

const receipt = async (
  deps: PanelDeps,
  asked: Parsed<'panel.receiptFile'>,
  connection: Connection,
): Promise<Result<Output<'panel.receiptFile'>>> => {
  const row = ownPayment(deps, asked, connection);
  if (!row.ok) return row;
  if (row.value.receipt_number === null) return fail('not-found');
  const { language } = asked;
  const bytes = await drawReceipt(deps, row.value, { paper: 'a4', language, copy: true });
  return ok(receiptFile(bytes, row.value, language));
};

/** What a patient was billed, what of it is to be paid, and what was paid. */
export const panelBillingHandlers = (
  deps: PanelDeps,
): Handlers<
  | 'panel.invoices'
  | 'panel.invoice'
  | 'panel.invoiceFile'
  | 'panel.payments'
  | 'panel.payment'
  | 'panel.receiptFile'
> => ({
  'panel.invoices': (input, connection) => list(deps, input, connection),
  'panel.invoice': (input, connection) => one(deps, input, connection),
  'panel.invoiceFile': (input, connection) => file(deps, input, connection),
  'panel.payments': (input, connection) => payments(deps, input, connection),
  'panel.payment': (input, connection) => payment(deps, input, connection),
  'panel.receiptFile': (input, connection) => receipt(deps, input, connection),
});
