import { standsOf } from '#main/core/billed/stand.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import { letterheadOf } from '#main/core/letterhead.ts';
import { drawInvoice } from '#main/core/paper/invoice.ts';
import { filled } from '#main/core/paper/panel-words.ts';
import type { LocalStore } from '#main/data/local/store.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { isNumberOf } from '#shared/domain/billing/number.ts';
import { catalogues } from '#shared/i18n/catalogues.ts';
import { type Language, languages } from '#shared/i18n/languages.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { findInvoice, findPatient, payerNames, wasPrinted } from './repository.ts';
import { numberOf } from './view.ts';

/** The language of a patient, as far as there are words of it. */
const languageOf = (spoken: string | null, otherwise: Language): Language =>
  (Object.keys(languages) as Language[]).find((one) => one === spoken?.split('-')[0]) ?? otherwise;

/** What no file system takes in a name. */
const fileName = (number: string): string => number.replaceAll(/[^\w.-]+/g, '-');

const isOwn = (store: LocalStore, number: string): boolean => {
  const deviceNo = store.workstation()?.deviceNo;
  return deviceNo !== undefined && isNumberOf(deviceNo, number);
};

/** Draws what was issued, and remembers that it was handed out. */
export const paper = async (
  deps: FeatureDeps,
  { id, language: otherwise }: Parsed<'invoices.paper'>,
): Promise<Result<Output<'invoices.paper'>>> => {
  const { store, clock } = deps;
  const row = findInvoice(store, id);
  const [stand] = row === undefined ? [] : standsOf(store, [row]);
  const patient = row === undefined ? undefined : findPatient(store, row.patient_id);
  if (stand === undefined || patient === undefined) return fail('not-found');
  const { row: invoice, lines, notes, amounts, open, state } = stand;
  if (invoice.issued_at === null || state === 'draft' || state === 'entered-in-error')
    return fail('not-found');
  const kind = invoice.corrects === null ? 'invoice' : 'credit-note';
  const corrected = invoice.corrects === null ? undefined : findInvoice(store, invoice.corrects);
  const language = languageOf(patient.language, otherwise);
  const copy = wasPrinted(store, id) || !isOwn(store, invoice.provisional_number);
  const { number, provisional } = numberOf(invoice);
  const credited = notes.reduce((sum, note) => sum + note.row.total, 0);
  const left = open.patient + open.payer;
  const data = await drawInvoice({
    language,
    timeZone: deps.home().timeZone,
    head: letterheadOf(store, deps.settings, invoice.location_id),
    kind,
    number,
    provisional,
    corrects: corrected === undefined ? null : numberOf(corrected).number,
    reason: invoice.reason,
    copy,
    patient: { name: [patient.given, patient.family].filter(Boolean).join(' '), mrn: patient.mrn },
    payer: payerNames(store, [invoice.payer_id]).get(invoice.payer_id ?? '') ?? null,
    issuedAt: invoice.issued_at,
    currency: invoice.currency,
    lines: lines.map((line) => ({
      title: line.title,
      quantity: line.quantity,
      unitPrice: line.unit_price,
      discount: line.discount,
      discountReason: line.discount_reason,
      net: line.net,
      taxRate: line.tax_rate,
      tax: line.tax,
      gross: line.gross,
    })),
    total: amounts.gross,
    payerShare: amounts.payerShare,
    patientShare: amounts.patientShare,
    credited,
    paid: amounts.gross + credited - left,
    open: left,
  });
  store.keepSoon((writer) =>
    writer.keep('own_invoice_print', { invoice_id: id, printed_at: instant(clock.now()) }),
  );
  const name = filled(catalogues[language].billing.paper.file[kind], { number: fileName(number) });
  return ok({ file: { name, contentType: 'application/pdf', data: data.toString('base64') }, copy });
};
