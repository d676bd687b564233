import { type Account, numberOf, openOf, type PaymentRow } from '#main/core/account.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { PanelInvoice, PanelPayment } from '#shared/contract/panel-billing.ts';
import type { InvoiceId, PaymentId } from '#shared/kernel/ids.ts';
import { type IssuedRow, invoicesOf } from './repository.ts';

/** A credit note is settled as it is: what it takes back is taken off the invoice it corrects. */
const unopened = { state: 'balanced', open: { patient: 0 } } as const;

export const invoiceViews = (
  reader: LocalReader,
  account: Account,
  rows: readonly IssuedRow[],
): PanelInvoice[] => {
  const uncertain = reader.uncertain(
    'invoice',
    rows.map(({ id }) => id),
  );
  const standing = new Map(openOf(account).map((one) => [one.id, one]));
  return rows.map((row) => {
    const { state, open } = standing.get(row.id) ?? unopened;
    return {
      id: row.id as InvoiceId,
      ...numberOf(row),
      // What is still the payer's to pay is no business of the patient's.
      status: state === 'cancelled' ? state : open.patient > 0 ? 'issued' : 'balanced',
      total: row.total,
      currency: row.currency,
      open: open.patient,
      issuedAt: row.issued_at,
      certainty: uncertain.get(row.id) ?? 'confirmed',
    };
  });
};

export const paymentViews = (reader: LocalReader, rows: readonly PaymentRow[]): PanelPayment[] => {
  const uncertain = reader.uncertain(
    'payment',
    rows.map(({ id }) => id),
  );
  const invoices = invoicesOf(reader, rows);
  return rows.map((row) => {
    const invoice = invoices.get(row.invoice_id ?? '');
    return {
      id: row.id as PaymentId,
      kind: row.kind as PanelPayment['kind'],
      method: row.method as PanelPayment['method'],
      amount: row.amount,
      currency: row.currency,
      reference: row.reference,
      receiptNumber: row.receipt_number,
      invoice: invoice === undefined ? null : { id: invoice.id as InvoiceId, ...numberOf(invoice) },
      paidAt: row.paid_at,
      certainty: uncertain.get(row.id) ?? 'confirmed',
    };
  });
};
