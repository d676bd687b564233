import { numberOf, type PaymentRow } from '#main/core/account.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { PaymentView } from '#shared/contract/payments.ts';
import type { InvoiceId, PatientId, PaymentId } from '#shared/kernel/ids.ts';
import { invoicesById, leftById, namesOf } from './repository.ts';

/** Rows of the ledger as they are shown. */
export const paymentViews = (reader: LocalReader, rows: readonly PaymentRow[]): PaymentView[] => {
  const uncertain = reader.uncertain(
    'payment',
    rows.map(({ id }) => id),
  );
  const names = namesOf(reader, rows);
  const left = leftById(reader, rows);
  const invoices = invoicesById(
    reader,
    rows.flatMap(({ invoice_id }) => invoice_id ?? []),
  );
  return rows.map((row) => {
    const invoice = invoices.get(row.invoice_id ?? '');
    return {
      id: row.id as PaymentId,
      patientId: row.patient_id as PatientId,
      patientName: names.get(row.patient_id) ?? '',
      kind: row.kind as PaymentView['kind'],
      method: row.method as PaymentView['method'],
      amount: row.amount,
      currency: row.currency,
      tendered: row.tendered,
      change: row.tendered === null ? 0 : row.tendered - row.amount,
      reference: row.reference,
      receiptNumber: row.receipt_number,
      invoice: invoice === undefined ? null : { id: invoice.id as InvoiceId, ...numberOf(invoice) },
      sourceId: row.source_id as PaymentId | null,
      payerName: names.get(row.payer_id ?? '') ?? null,
      reason: row.reason,
      paidAt: row.paid_at,
      recordedBy: names.get(row.recorded_by ?? '') ?? null,
      left: left.get(row.id) ?? 0,
      certainty: uncertain.get(row.id) ?? 'confirmed',
    };
  });
};
