import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { letterheadOf } from '#main/core/letterhead.ts';
import { approvedPatient, ownRecord } from '#main/core/own-patient.ts';
import { pageOf } from '#main/core/paged.ts';
import { filled, panelWords } from '#main/core/paper/panel-words.ts';
import { drawPaper } from '#main/core/paper/paper.ts';
import type { PanelDeps } from '#main/core/released.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { type PanelInvoice, panelInvoiceStatuses } from '#shared/contract/panel-billing.ts';
import type { InvoiceId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { findInvoice, type InvoiceRow, invoicesPage, openAmounts } from './repository.ts';

const views = (reader: LocalReader, rows: readonly InvoiceRow[]): PanelInvoice[] => {
  const uncertain = reader.uncertain(
    'invoice',
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id as InvoiceId,
    number: row.fiscal_number === null ? row.provisional_number : `${row.series}-${row.fiscal_number}`,
    provisional: row.fiscal_number === null,
    status: panelInvoiceStatuses.find((status) => status === row.status) ?? 'issued',
    total: row.total,
    currency: row.currency,
    issuedAt: row.issued_at,
    certainty: uncertain.get(row.id) ?? 'confirmed',
  }));
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
  return ok({ items: views(deps.store, rows), next, open: [...openAmounts(deps.store, asked.patientId)] });
};

/** What no file system takes in a name. */
const fileName = (number: string): string => number.replaceAll(/[^\w.-]+/g, '-');

const one = (
  deps: PanelDeps,
  { patientId, id }: Parsed<'panel.invoice'>,
  connection: Connection,
): Result<PanelInvoice> => {
  const own = approvedPatient(deps, connection, patientId);
  if (!own.ok) return own;
  const row = findInvoice(deps.store, patientId, id);
  const [invoice] = views(deps.store, row === undefined ? [] : [row]);
  if (invoice === undefined) return fail('not-found');
  deps.noteRead(connection, patientId, 'invoices');
  return ok(invoice);
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
  const [invoice] = views(deps.store, row === undefined ? [] : [row]);
  if (invoice === undefined || patient === undefined) return fail('not-found');
  deps.noteRead(connection, patientId, 'invoices');
  const words = panelWords(language, deps.home().timeZone);
  const { paper } = words;
  const head = letterheadOf(deps.store, deps.settings, deps.store.workstation()?.locationId ?? null);
  const { number, provisional, status, total, currency, issuedAt } = invoice;
  const facts = [
    [paper.patient, [patient.given, patient.family].filter(Boolean).join(' ')],
    [paper.mrn, patient.mrn],
    [paper.number, provisional ? filled(paper.provisional, { number }) : number],
    [paper.issued, words.dayAt(issuedAt)],
    [paper.status, paper.invoiceStatus[status]],
    [paper.total, words.money(total, currency)],
  ] as const;
  const bytes = await drawPaper({
    language,
    title: filled(paper.invoice, { number }),
    keywords: null,
    at: new Date(deps.clock.now()),
    clinic: {
      name: head.name,
      lines: [head.address, head.phone === '' ? '' : filled(paper.phone, { phone: head.phone })].filter(
        Boolean,
      ),
    },
    facts: facts.map(([label, text]) => ({ label, text })),
    sections: [{ title: '', text: paper.invoiceNote }],
    signature: null,
    foot: (page, pages) => filled(paper.page, { page, pages }),
  });
  const name = filled(paper.invoiceFile, { number: fileName(number) });
  return ok({ name, contentType: 'application/pdf', data: bytes.toString('base64') });
};

/** What a patient was billed, and what of it is to be paid. */
export const panelBillingHandlers = (
  deps: PanelDeps,
): Handlers<'panel.invoices' | 'panel.invoice' | 'panel.invoiceFile'> => ({
  'panel.invoices': (input, connection) => list(deps, input, connection),
  'panel.invoice': (input, connection) => one(deps, input, connection),
  'panel.invoiceFile': (input, connection) => file(deps, input, connection),
});
