/**
 * The ledger of payments: rows that are only added, each of an amount above zero. What is left of one, what is open and what is
 * paid is computed from them and kept nowhere; the order in which rows arrive changes nothing.
 */

/**
 * `payment`: money in, for an invoice. `deposit`: money in, for none yet. `deposit-use`: so much of a deposit pays an invoice, no
 * money moves. `deposit-release`: so much of such a use goes back to the deposit. `refund`: money out, of a payment or a deposit.
 */
export const paymentKinds = ['payment', 'deposit', 'deposit-use', 'deposit-release', 'refund'] as const;
export type PaymentKind = (typeof paymentKinds)[number];

export interface LedgerRow {
  readonly id: string;
  readonly kind: PaymentKind;
  /** The invoice of a payment and of a use, and of what takes back of them; null of a deposit and its refunds. */
  readonly invoiceId: string | null;
  /** The deposit of a use, the use of a release, the payment or deposit of a refund. */
  readonly sourceId: string | null;
  /** Who pays, or gets it back; null: the patient. */
  readonly payerId: string | null;
  /** Minor units of `currency`, above zero. */
  readonly amount: number;
  readonly currency: string;
}

const amountOf = (rows: readonly LedgerRow[]): number => rows.reduce((sum, row) => sum + row.amount, 0);

const drawnFrom = (source: LedgerRow, rows: readonly LedgerRow[]): readonly LedgerRow[] =>
  rows.filter(({ sourceId, currency }) => sourceId === source.id && currency === source.currency);

/**
 * What is left of a row: of a payment what may be refunded, of a use what may go back to its deposit, of a deposit what may be used
 * or refunded. Below zero where two desks took the same; of a refund and a release nothing is left. `rows` are those of the patient.
 */
export const leftOf = (source: LedgerRow, rows: readonly LedgerRow[]): number => {
  if (source.kind === 'refund' || source.kind === 'deposit-release') return 0;
  const drawn = drawnFrom(source, rows);
  const released = drawn.filter(({ kind }) => kind === 'deposit-use').flatMap((use) => drawnFrom(use, rows));
  return source.amount - amountOf(drawn) + amountOf(released);
};

/** What may be refunded of a payment or a deposit; zero of any other row, and where more was taken than there was. */
export const refundable = (source: LedgerRow, rows: readonly LedgerRow[]): number =>
  source.kind === 'payment' || source.kind === 'deposit' ? Math.max(0, leftOf(source, rows)) : 0;

/** What is left of a patient's deposits in a currency. */
export const depositLeft = (rows: readonly LedgerRow[], currency: string): number =>
  rows
    .filter((row) => row.kind === 'deposit' && row.currency === currency)
    .reduce((sum, deposit) => sum + leftOf(deposit, rows), 0);

/** What somebody paid on an invoice (null: the patient), less refunds and releases. */
export const paidOn = (
  invoice: { readonly id: string; readonly currency: string },
  isPayer: boolean,
  rows: readonly LedgerRow[],
): number =>
  rows
    .filter(({ kind }) => kind === 'payment' || kind === 'deposit-use')
    .filter(({ invoiceId, currency }) => invoiceId === invoice.id && currency === invoice.currency)
    .filter(({ payerId }) => (payerId !== null) === isPayer)
    .reduce((sum, row) => sum + leftOf(row, rows), 0);
