import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { type Billed, type KeptStatus, openInvoices } from '#shared/domain/billing/balance.ts';
import type { LedgerRow } from '#shared/domain/billing/ledger.ts';
import type { LineAmounts } from '#shared/domain/billing/line.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type InvoiceRow = LocalRowOf<'invoice'>;
export type InvoiceLineRow = LocalRowOf<'invoice_line'>;
export type PaymentRow = LocalRowOf<'payment'>;

/** An invoice or a credit note with its lines. */
export interface BilledRow extends Billed {
  readonly row: InvoiceRow;
}

/** What a patient was billed and what moved, under any record: all of it, for what is open and left is computed from all of it. */
export interface Account {
  readonly billed: readonly BilledRow[];
  readonly payments: readonly PaymentRow[];
  readonly ledger: readonly LedgerRow[];
}

/** More than anybody is billed in a life; reading is bounded all the same. */
const most = 100_000;

export const ledgerRow = (row: PaymentRow): LedgerRow => ({
  id: row.id,
  kind: row.kind as LedgerRow['kind'],
  invoiceId: row.invoice_id,
  sourceId: row.source_id,
  payerId: row.payer_id,
  amount: row.amount,
  currency: row.currency,
});

/** The lines of an invoice in their order. */
export const linesOf = (reader: LocalReader, invoiceId: string): readonly InvoiceLineRow[] =>
  reader.all<InvoiceLineRow>(
    localDb
      .selectFrom('invoice_line')
      .selectAll()
      .where('invoice_id', '=', invoiceId)
      .orderBy('line_no')
      .limit(1000),
  );

export const amountsOf = (row: InvoiceLineRow): LineAmounts => ({
  net: row.net,
  tax: row.tax,
  gross: row.gross,
  payerShare: row.payer_share,
  patientShare: row.patient_share,
});

/** An invoice of a version that knew no lines: all of it is the patient's, and `balanced` said that it was paid. */
export const wholeOf = ({ kind, status, total }: InvoiceRow): readonly LineAmounts[] =>
  kind !== null || status === 'balanced'
    ? []
    : [{ net: total, tax: 0, gross: total, payerShare: 0, patientShare: total }];

export const accountOf = (reader: LocalReader, patientId: string): Account => {
  const own = samePatient(patientId);
  const invoices = reader.all<InvoiceRow>(
    localDb.selectFrom('invoice').selectAll().where('patient_id', 'in', own).limit(most),
  );
  const lines = Map.groupBy(
    reader.all<InvoiceLineRow>(
      localDb.selectFrom('invoice_line').selectAll().where('patient_id', 'in', own).limit(most),
    ),
    ({ invoice_id }) => invoice_id,
  );
  const payments = reader.all<PaymentRow>(
    localDb.selectFrom('payment').selectAll().where('patient_id', 'in', own).limit(most),
  );
  return {
    billed: invoices.map((row) => ({
      id: row.id,
      status: row.status as KeptStatus,
      currency: row.currency,
      corrects: row.corrects,
      lines: lines.get(row.id)?.map(amountsOf) ?? wholeOf(row),
      row,
    })),
    payments,
    ledger: payments.map(ledgerRow),
  };
};

/** Every invoice of an account with what is open of it and how it stands. */
export const openOf = ({ billed, ledger }: Account) => openInvoices(billed, ledger);
export type OpenRow = ReturnType<typeof openOf>[number];

/** Those of which something is still to be paid by the patient, or was paid too much. */
export const unsettled = (account: Account): readonly OpenRow[] =>
  openOf(account).filter(({ open }) => open.patient !== 0);

/** An account as it was when something was paid: what was issued and what moved since then left out. */
export const accountAt = ({ billed, payments }: Account, paid: PaymentRow): Account => {
  const then = payments.filter(
    (row) => row.paid_at < paid.paid_at || (row.paid_at === paid.paid_at && row.id <= paid.id),
  );
  return {
    billed: billed.filter(({ row }) => row.issued_at === null || row.issued_at <= paid.paid_at),
    payments: then,
    ledger: then.map(ledgerRow),
  };
};

/** The fiscal number once the centre has given it, until then the one of the desk. */
export const numberOf = (
  row: Pick<InvoiceRow, 'series' | 'fiscal_number' | 'provisional_number'>,
): { readonly number: string; readonly provisional: boolean } => ({
  number: row.fiscal_number === null ? row.provisional_number : `${row.series}-${row.fiscal_number}`,
  provisional: row.fiscal_number === null,
});

/** Rows that came from this desk and which the centre has not confirmed: then sums of them are not certain. */
export const isUncertain = (reader: LocalReader, { billed, payments }: Account): boolean =>
  reader.uncertain(
    'invoice',
    billed.map(({ id }) => id),
  ).size > 0 ||
  reader.uncertain(
    'payment',
    payments.map(({ id }) => id),
  ).size > 0;
