import type { InvoiceLineRow, InvoiceRow } from '#shared/domain/billing/books.ts';
import type { MovedRow, Mutation, SessionEvent } from '#shared/domain/billing/history-rows.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';

/** What a mutation of a made-up history is in the tables of the centre. */
export interface BillingRows {
  readonly till_session: readonly RowOf<'till_session'>[];
  readonly till_event: readonly RowOf<'till_event'>[];
  /** As drafts: lines come before an invoice is issued. */
  readonly invoice: readonly RowOf<'invoice'>[];
  readonly invoice_line: readonly RowOf<'invoice_line'>[];
  readonly payment: readonly RowOf<'payment'>[];
}

interface Wanted {
  readonly at: string;
  readonly payer: string;
  /** The till of each desk. */
  readonly tills: readonly string[];
  readonly currency: string;
}

const invoiceRow = (
  invoice: InvoiceRow,
  { step, desk }: Mutation,
  { at, payer }: Wanted,
): RowOf<'invoice'> => ({
  ...blank('invoice'),
  id: invoice.id,
  patient_id: invoice.patientId,
  series: invoice.series,
  provisional_number: `${desk + 1}-${step}`,
  status: 'draft',
  currency: invoice.currency,
  total: invoice.total,
  issued_at: at,
  created_at: at,
  kind: invoice.kind,
  corrects: invoice.corrects,
  payer_id: invoice.payerTotal === 0 ? null : payer,
  payer_total: invoice.payerTotal,
  reason: invoice.kind === 'credit-note' ? 'Billed by mistake' : null,
});

const lineRow = (
  line: InvoiceLineRow,
  index: number,
  patientId: string,
  at: string,
): RowOf<'invoice_line'> => ({
  ...blank('invoice_line'),
  id: line.id,
  patient_id: patientId,
  invoice_id: line.invoiceId,
  line_no: index + 1,
  corrects: line.corrects,
  title: 'Consultation',
  quantity: line.quantity,
  unit_price: line.unitPrice,
  discount: line.discount,
  discount_reason: line.discount > 0 ? 'Hardship' : null,
  net: line.net,
  tax_rate: line.taxRate,
  tax: line.tax,
  gross: line.gross,
  payer_share: line.payerShare,
  patient_share: line.patientShare,
  recorded_at: at,
});

const paymentRow = (row: MovedRow, at: string): RowOf<'payment'> => ({
  ...blank('payment'),
  id: row.id,
  patient_id: row.patientId,
  invoice_id: row.invoiceId,
  source_id: row.sourceId,
  kind: row.kind,
  method: row.method ?? 'deposit',
  amount: row.amount,
  currency: row.currency,
  reference: row.reference,
  payer_id: row.payerId,
  till_session_id: row.sessionId,
  paid_at: at,
  recorded_at: at,
});

const eventRow = ({ id, sessionId, event }: SessionEvent, at: string): RowOf<'till_event'> => ({
  ...blank('till_event'),
  id,
  session_id: sessionId,
  kind: event.kind,
  account_id: event.by,
  happened_at: at,
  ...('turn' in event ? { turn: event.turn } : {}),
  ...('amount' in event ? { amount: event.amount } : {}),
  ...('expected' in event ? { expected: event.expected } : {}),
  ...('reason' in event ? { reason: event.reason } : {}),
  ...('to' in event ? { other_account_id: event.to } : {}),
});

/** The rows of a mutation, at an instant. */
export const billingRows = (mutation: Mutation, wanted: Wanted): BillingRows => {
  const { at, tills, currency } = wanted;
  const patients = new Map(mutation.invoices.map(({ id, patientId }) => [id, patientId]));
  return {
    till_session: mutation.events.flatMap(({ sessionId, event }) =>
      event.kind === 'opened'
        ? [
            {
              id: sessionId,
              till_id: tills[mutation.desk] ?? '',
              cashier_id: event.by,
              currency,
              opening_float: event.amount,
              opened_at: at,
              opened_by: event.by,
            },
          ]
        : [],
    ),
    till_event: mutation.events
      .filter(({ event }) => event.kind !== 'opened')
      .map((event) => eventRow(event, at)),
    invoice: mutation.invoices.map((invoice) => invoiceRow(invoice, mutation, wanted)),
    invoice_line: mutation.lines.map((line, index) =>
      lineRow(line, index, patients.get(line.invoiceId) ?? '', at),
    ),
    payment: mutation.payments.map((row) => paymentRow(row, at)),
  };
};
