import { ledgerRow, type PaymentRow, wholeOf } from '#main/core/account.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import {
  type InvoiceState,
  invoiceOpen,
  invoiceState,
  isIssued,
  type KeptInvoice,
  type KeptStatus,
  type Open,
} from '#shared/domain/billing/balance.ts';
import { type IssuedLine, isTakenBack } from '#shared/domain/billing/credit.ts';
import { type LineAmounts, sumOfLines } from '#shared/domain/billing/line.ts';
import { draftLines } from './draft-lines.ts';
import {
  type BillingLine,
  creditNotesOf,
  type InvoiceRow,
  type LineRow,
  linesOf,
  linesThatBill,
  paymentsOn,
} from './rows.ts';

/** An invoice with everything that says how it stands. */
export interface Stand {
  readonly row: InvoiceRow;
  /** Of a draft: as they would be issued now. */
  readonly lines: readonly LineRow[];
  /** Credit notes that were issued, with the lines of each. */
  readonly notes: readonly { readonly row: InvoiceRow; readonly lines: readonly LineRow[] }[];
  readonly payments: readonly PaymentRow[];
  readonly amounts: LineAmounts;
  readonly open: Open;
  readonly state: InvoiceState;
  /** Lines of other invoices that stand and bill the same charges. */
  readonly others: readonly BillingLine[];
}

export const issuedLine = (row: LineRow): IssuedLine => ({
  quantity: row.quantity,
  net: row.net,
  tax: row.tax,
  gross: row.gross,
  payerShare: row.payer_share,
  patientShare: row.patient_share,
});

/** Credits of an invoice, line by line. */
export const creditsOf = (notes: Stand['notes'], lineId: string): readonly IssuedLine[] =>
  notes.flatMap(({ lines }) => lines.filter(({ corrects }) => corrects === lineId).map(issuedLine));

const byInvoice = (lines: readonly LineRow[]) => Map.groupBy(lines, ({ invoice_id }) => invoice_id);

/** How these invoices and credit notes stand. */
export const standsOf = (reader: LocalReader, rows: readonly InvoiceRow[]): readonly Stand[] => {
  const ids = rows.map(({ id }) => id);
  const notes = creditNotesOf(reader, ids).filter((note) => isIssued({ status: note.status as KeptStatus }));
  const noteLines = byInvoice(
    linesOf(
      reader,
      notes.map(({ id }) => id),
    ),
  );
  const lines = byInvoice(linesOf(reader, ids));
  const payments = Map.groupBy(paymentsOn(reader, ids), ({ invoice_id }) => invoice_id);
  const charges = [...lines.values()].flat().flatMap(({ charge_item_id: id }) => id ?? []);
  const billing = Map.groupBy(linesThatBill(reader, charges), ({ charge_item_id }) => charge_item_id);
  return rows.map((row) => {
    const own =
      row.status === 'draft' && row.kind === 'invoice' ? drafted(reader, row) : (lines.get(row.id) ?? []);
    const credited = notes
      .filter(({ corrects }) => corrects === row.id)
      .map((note) => ({ row: note, lines: noteLines.get(note.id) ?? [] }));
    const moved = payments.get(row.id) ?? [];
    const amounts = row.kind === null ? wholeOf(row) : own.map(issuedLine);
    const taken = credited.flatMap((note) => note.lines.map(issuedLine));
    const kept: KeptInvoice = { id: row.id, status: row.status as KeptStatus, currency: row.currency };
    const ledger = moved.map(ledgerRow);
    return {
      row,
      lines: own,
      notes: credited,
      payments: moved,
      amounts: sumOfLines(amounts),
      // What a credit note is of says what is open; nobody pays the note.
      open: row.corrects === null ? invoiceOpen(kept, amounts, taken, ledger) : { patient: 0, payer: 0 },
      state: row.corrects === null ? invoiceState(kept, amounts, taken, ledger) : kept.status,
      others: own
        .filter(
          (line) => line.corrects === null && !isTakenBack(issuedLine(line), creditsOf(credited, line.id)),
        )
        .flatMap(({ charge_item_id: id }) => billing.get(id ?? '') ?? [])
        .filter(({ invoice_id }) => invoice_id !== row.id),
    };
  });
};

const drafted = (reader: LocalReader, row: InvoiceRow): readonly LineRow[] =>
  draftLines(reader, row).flatMap(({ row: line }) => line ?? []);
