import { depositLeft, type LedgerRow, paidOn } from './ledger.ts';
import { type LineAmounts, sumOfLines } from './line.ts';

/** As an invoice is kept; `balanced` may have been written by a workstation of an earlier version and says as much as `issued`. */
export const invoiceStates = ['draft', 'issued', 'balanced', 'cancelled', 'entered-in-error'] as const;
export type KeptStatus = (typeof invoiceStates)[number];

/** As an invoice is shown (FHIR Invoice.status): `balanced` and, of one that was issued, `cancelled` are computed. */
export type InvoiceState = KeptStatus;

export interface KeptInvoice {
  readonly id: string;
  readonly status: KeptStatus;
  readonly currency: string;
}

/** What is still to be paid, by whom. Below zero: so much too much was paid. */
export interface Open {
  readonly patient: number;
  readonly payer: number;
}

/** Whether an invoice or a credit note was issued and stands. */
export const isIssued = ({ status }: { readonly status: KeptStatus }): boolean =>
  status === 'issued' || status === 'balanced';

/**
 * What is open of an invoice: its lines, less what issued credit notes took back (`credits`: their lines, which are negative), less what
 * was paid. Nothing is due of a draft or of an invoice that does not stand; what was paid on one is too much.
 */
export const invoiceOpen = (
  invoice: KeptInvoice,
  lines: readonly LineAmounts[],
  credits: readonly LineAmounts[],
  rows: readonly LedgerRow[],
): Open => {
  const due = isIssued(invoice) ? sumOfLines([...lines, ...credits]) : sumOfLines([]);
  return {
    patient: due.patientShare - paidOn(invoice, false, rows),
    payer: due.payerShare - paidOn(invoice, true, rows),
  };
};

/** An invoice is balanced when nothing is open of either part, and cancelled when credit notes took all of it back. */
export const invoiceState = (
  invoice: KeptInvoice,
  lines: readonly LineAmounts[],
  credits: readonly LineAmounts[],
  rows: readonly LedgerRow[],
): InvoiceState => {
  if (!isIssued(invoice)) return invoice.status;
  const due = sumOfLines([...lines, ...credits]);
  if (credits.length > 0 && due.gross === 0) return 'cancelled';
  const { patient, payer } = invoiceOpen(invoice, lines, credits, rows);
  return patient <= 0 && payer <= 0 ? 'balanced' : 'issued';
};

/** What a patient owes (below zero: is owed), what payers owe for them, and what is left of deposits, in one currency. */
export interface Balance extends Open {
  readonly currency: string;
  readonly deposits: number;
}

/** An invoice, or a credit note with the invoice it corrects, with its lines. */
export interface Billed extends KeptInvoice {
  readonly corrects: string | null;
  readonly lines: readonly LineAmounts[];
}

/** What is open of each invoice of a patient; credit notes count with what they correct. */
export const openInvoices = <B extends Billed>(
  billed: readonly B[],
  rows: readonly LedgerRow[],
): readonly (B & { readonly open: Open; readonly state: InvoiceState })[] => {
  const credits = Map.groupBy(
    billed.filter((note) => note.corrects !== null && isIssued(note)),
    ({ corrects }) => corrects,
  );
  return billed
    .filter(({ corrects }) => corrects === null)
    .map((invoice) => {
      const taken = (credits.get(invoice.id) ?? []).flatMap(({ lines }) => lines);
      return {
        ...invoice,
        open: invoiceOpen(invoice, invoice.lines, taken, rows),
        state: invoiceState(invoice, invoice.lines, taken, rows),
      };
    });
};

/** A patient's balance in each currency there is anything in, by its code. */
export const patientBalances = (
  billed: readonly Billed[],
  rows: readonly LedgerRow[],
): readonly Balance[] => {
  const invoices = openInvoices(billed, rows);
  const codes = new Set([...invoices, ...rows].map(({ currency }) => currency));
  return [...codes].toSorted().map((currency) => {
    const own = invoices.filter((invoice) => invoice.currency === currency);
    return {
      currency,
      patient: own.reduce((sum, { open }) => sum + open.patient, 0),
      payer: own.reduce((sum, { open }) => sum + open.payer, 0),
      deposits: depositLeft(rows, currency),
    };
  });
};
