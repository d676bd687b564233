import { isIssued, patientBalances } from './balance.ts';
import {
  type Books,
  each,
  type Found,
  type InvoiceLineRow,
  type InvoiceRow,
  type PaymentRow,
  type Statement,
  unlike,
} from './books.ts';
import { depositLeft, leftOf, type PaymentKind, paidOn } from './ledger.ts';
import { sumOfLines } from './line.ts';

const amounts: Statement = {
  name: 'money that moved is above zero',
  check: ({ payments }) =>
    each('payment', payments, ({ amount }) =>
      Number.isSafeInteger(amount) && amount > 0 ? null : `amount ${amount}`,
    ),
};

/** Of what a row of each kind may be. */
const sourceKinds: Readonly<Record<PaymentKind, readonly PaymentKind[]>> = {
  payment: [],
  deposit: [],
  'deposit-use': ['deposit'],
  'deposit-release': ['deposit-use'],
  refund: ['payment', 'deposit'],
};

const sourceProblem = (row: PaymentRow, source: PaymentRow | undefined): Found => {
  if (row.sourceId === null) return sourceKinds[row.kind].length === 0 ? null : 'names no source';
  if (source === undefined) return `is of ${row.sourceId}, which is not there`;
  if (!sourceKinds[row.kind].includes(source.kind)) return `is a ${row.kind} of a ${source.kind}`;
  if (source.patientId !== row.patientId) return 'is of another patient than its source';
  if (source.payerId !== row.payerId) return 'is of another payer than its source';
  if (row.kind !== 'deposit-use' && source.invoiceId !== row.invoiceId)
    return 'is of another invoice than its source';
  return source.currency === row.currency ? null : `is in ${row.currency}, its source in ${source.currency}`;
};

const sources: Statement = {
  name: 'a refund, a use or a release is of a source of the same patient, payer, invoice and currency',
  check: ({ payments }) => {
    const byId = new Map(payments.map((row) => [row.id, row]));
    return each('payment', payments, (row) => sourceProblem(row, byId.get(row.sourceId ?? '')));
  },
};

const invoiceOfPayment: Statement = {
  name: 'what pays an invoice is of its patient and in its currency',
  check: ({ invoices, payments }) => {
    const byId = new Map(invoices.map((invoice) => [invoice.id, invoice]));
    return each('payment', payments, ({ kind, invoiceId, patientId, currency }) => {
      if (invoiceId === null) return kind === 'payment' || kind === 'deposit-use' ? 'names no invoice' : null;
      const invoice = byId.get(invoiceId);
      if (invoice === undefined) return `pays ${invoiceId}, which is not there`;
      if (invoice.patientId !== patientId) return 'pays an invoice of another patient';
      return invoice.currency === currency ? null : `is in ${currency}, the invoice in ${invoice.currency}`;
    });
  },
};

const within: Statement = {
  name: 'refunds, uses and releases take no more than their source has',
  check: ({ payments }) =>
    [...Map.groupBy(payments, ({ patientId }) => patientId).values()].flatMap((rows) =>
      each('payment', rows, (row) => {
        const left = leftOf(row, rows);
        return left < 0 ? `${left} ${row.currency} is left` : null;
      }),
    ),
};

const sumOf = (rows: readonly PaymentRow[], ...kinds: readonly PaymentKind[]): number =>
  rows.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { amount }) => sum + amount, 0);

interface PatientBooks {
  readonly id: string;
  readonly currency: string;
  readonly billed: readonly (InvoiceRow & { readonly lines: readonly InvoiceLineRow[] })[];
  readonly rows: readonly PaymentRow[];
}

/** The books by patient and currency. */
const accounts = ({ invoices, lines, payments }: Books): readonly PatientBooks[] => {
  const ownLines = Map.groupBy(lines, ({ invoiceId }) => invoiceId);
  const key = ({ patientId, currency }: InvoiceRow | PaymentRow) => `${patientId} ${currency}`;
  const ownInvoices = Map.groupBy(
    invoices.map((invoice) => ({ ...invoice, lines: ownLines.get(invoice.id) ?? [] })),
    key,
  );
  const ownPayments = Map.groupBy(payments, key);
  return [...new Set([...ownInvoices.keys(), ...ownPayments.keys()])].map((account) => {
    const [id = '', currency = ''] = account.split(' ');
    const billed = ownInvoices.get(account) ?? [];
    return { id, currency, billed, rows: ownPayments.get(account) ?? [] };
  });
};

const eachAccount = (books: Books, check: (account: PatientBooks) => Found) =>
  each('patient', accounts(books), check);

const paid: Statement = {
  name: 'payments and deposits less refunds are what is paid on invoices and what is left of deposits',
  check: (books) =>
    eachAccount(books, ({ currency, billed, rows }) => {
      const money = sumOf(rows, 'payment', 'deposit') - sumOf(rows, 'refund');
      const onInvoices = billed.flatMap((invoice) => [
        paidOn(invoice, false, rows),
        paidOn(invoice, true, rows),
      ]);
      const placed = onInvoices.reduce((sum, amount) => sum + amount, depositLeft(rows, currency));
      return unlike(`${currency} placed`, placed, money);
    }),
};

const owed: Statement = {
  name: 'a balance is what was issued less what was credited and paid',
  check: (books) =>
    eachAccount(books, ({ currency, billed, rows }) => {
      const [balance] = patientBalances(billed, rows);
      const issued = sumOfLines(billed.filter(isIssued).flatMap(({ lines }) => lines)).gross;
      const money = sumOf(rows, 'payment', 'deposit-use') - sumOf(rows, 'deposit-release');
      const deposits = new Set(rows.filter(({ kind }) => kind === 'deposit').map(({ id }) => id));
      const refunded = sumOf(
        rows.filter(({ sourceId }) => sourceId === null || !deposits.has(sourceId)),
        'refund',
      );
      const open = (balance?.patient ?? 0) + (balance?.payer ?? 0);
      return unlike(`${currency} open`, open, issued - money + refunded);
    }),
};

export const paymentStatements: readonly Statement[] = [
  amounts,
  sources,
  invoiceOfPayment,
  within,
  paid,
  owed,
];
