import type { KeptInvoice } from './balance.ts';
import type { LedgerRow } from './ledger.ts';
import type { LineAmounts, LineTerms } from './line.ts';
import type { TillEvent, TillMoney } from './till.ts';

export interface InvoiceRow extends KeptInvoice {
  readonly patientId: string;
  /** Null: of a workstation that did not know lines yet. */
  readonly kind: 'invoice' | 'credit-note' | null;
  /** The invoice a credit note is of. */
  readonly corrects: string | null;
  readonly series: string;
  readonly fiscalNumber: number | null;
  readonly total: number;
  /** What of the total is the payer's; null where `kind` is. */
  readonly payerTotal: number | null;
}

/** A line of an invoice; of a credit note its quantity and amounts are negative or zero. */
export interface InvoiceLineRow extends Omit<LineTerms, 'coverRate'>, LineAmounts {
  readonly id: string;
  readonly invoiceId: string;
  /** The line a credit is of. */
  readonly corrects: string | null;
}

export interface PaymentRow extends LedgerRow {
  readonly patientId: string;
}

export interface SessionRows {
  readonly id: string;
  readonly currency: string;
  readonly events: readonly TillEvent[];
  readonly money: readonly (TillMoney & { readonly id: string; readonly currency: string })[];
}

/** The fiscal numbers of a series above `after`, in order, as far as they were read. */
export interface SeriesRows {
  readonly series: string;
  readonly after: number;
  readonly numbers: readonly number[];
  /** The last that was given; null where there are more to read. */
  readonly last: number | null;
}

/**
 * What the statements are made about: everything of some patients, sessions and series, or nothing of them. So books can be read and
 * checked in parts.
 */
export interface Books {
  readonly invoices: readonly InvoiceRow[];
  readonly lines: readonly InvoiceLineRow[];
  readonly payments: readonly PaymentRow[];
  readonly sessions: readonly SessionRows[];
  readonly series: readonly SeriesRows[];
}

export const emptyBooks: Books = { invoices: [], lines: [], payments: [], sessions: [], series: [] };

/** What does not hold, of which row (or series), in words for an administrator. */
export interface Violation {
  readonly statement: string;
  readonly table:
    | 'invoice'
    | 'invoice_line'
    | 'invoice_series'
    | 'payment'
    | 'till_session'
    | 'till_event'
    | 'patient';
  readonly id: string;
  readonly found: string;
}

/** Something that always holds of books. */
export interface Statement {
  readonly name: string;
  readonly check: (books: Books) => readonly Omit<Violation, 'statement'>[];
}

/** What a check found in one row; null where all is well. */
export type Found = string | null;

/** The violations of a check of each row. */
export const each = <R extends { readonly id: string }>(
  table: Violation['table'],
  rows: readonly R[],
  check: (row: R) => Found,
): readonly Omit<Violation, 'statement'>[] =>
  rows.flatMap((row) => {
    const found = check(row);
    return found === null ? [] : [{ table, id: row.id, found }];
  });

/** `found` where what is and what should be differ. */
export const unlike = (what: string, is: number, should: number): Found =>
  is === should ? null : `${what} ${is}, should be ${should}`;
