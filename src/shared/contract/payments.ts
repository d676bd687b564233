import { z } from 'zod';
import { ageBuckets } from '#shared/domain/billing/aging.ts';
import { paymentKinds } from '#shared/domain/billing/ledger.ts';
import { paymentMethods } from '#shared/domain/billing/payment.ts';
import { receiptPapers } from '#shared/domain/printing/paper.ts';
import { languages } from '#shared/i18n/languages.ts';
import { InvoiceId, LocationId, PatientId, PaymentId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';
import { PanelFile } from './panel-records.ts';

const amount = z.string().max(40);
const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most, 'too-long')
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'characters');
const reason = text(500).min(1, 'required');
const language = z.enum(Object.keys(languages) as [keyof typeof languages]);
const before = z.string().max(100).nullable().default(null);
const limit = z.number().int().min(1).max(100).default(50);

/** The number of an invoice; the desk's own until the centre has given the fiscal one. */
export const InvoiceNumber = z.object({ id: InvoiceId, number: z.string(), provisional: z.boolean() });
export type InvoiceNumber = z.infer<typeof InvoiceNumber>;

/** A row of the ledger. Amounts in minor units of the currency. */
export const PaymentView = z.object({
  id: PaymentId,
  patientId: PatientId,
  patientName: z.string(),
  kind: z.enum(paymentKinds),
  /** `deposit` of what a deposit pays or gets back. */
  method: z.enum([...paymentMethods, 'deposit']),
  amount: z.number().int(),
  currency: z.string(),
  /** The cash that was handed over; null where it was not counted. */
  tendered: z.number().int().nullable(),
  change: z.number().int(),
  /** Of the terminal, the operator, the bank. */
  reference: z.string().nullable(),
  /** Null of what moves no money. */
  receiptNumber: z.string().nullable(),
  invoice: InvoiceNumber.nullable(),
  sourceId: PaymentId.nullable(),
  /** Null: the patient. */
  payerName: z.string().nullable(),
  reason: z.string().nullable(),
  paidAt: z.string(),
  recordedBy: z.string().nullable(),
  /** What of it may still be refunded, used or taken back. */
  left: z.number().int(),
  certainty,
});
export type PaymentView = z.infer<typeof PaymentView>;

const Aging = z.object(
  Object.fromEntries(ageBuckets.map((bucket) => [bucket, z.number().int()])) as Record<
    (typeof ageBuckets)[number],
    z.ZodNumber
  >,
);

/** How somebody stands in one currency: what they owe by age, and what the clinic owes them. */
export const CurrencyBalance = z.object({
  currency: z.string(),
  /** Of the patient's part: what is to be paid, nothing that was paid too much taken off. */
  open: z.number().int(),
  overpaid: z.number().int(),
  /** Of the payers' part. */
  payers: z.number().int(),
  /** What is left of deposits. */
  deposits: z.number().int(),
  aging: Aging,
});
export type CurrencyBalance = z.infer<typeof CurrencyBalance>;

export const OpenInvoice = InvoiceNumber.extend({
  currency: z.string(),
  total: z.number().int(),
  /** What the patient still has to pay; below zero: so much too much was paid. */
  open: z.number().int(),
  payerOpen: z.number().int(),
  /** Null: nobody but the patient. */
  payerName: z.string().nullable(),
  issuedOn: z.string(),
});
export type OpenInvoice = z.infer<typeof OpenInvoice>;

export const DepositLeft = z.object({
  id: PaymentId,
  receiptNumber: z.string().nullable(),
  currency: z.string(),
  left: z.number().int(),
});
export type DepositLeft = z.infer<typeof DepositLeft>;

export const MethodTotal = z.object({
  method: z.enum(paymentMethods),
  currency: z.string(),
  taken: z.number().int(),
  refunded: z.number().int(),
});

export const paymentCalls = defineCalls({
  /**
   * Money taken from a patient or a payer: for an invoice, or as a deposit (`invoiceId` null). Amounts as they are typed. `more-than-open`
   * at `amount` when it is more than is open, unless `restAsDeposit`: then the rest is a deposit of its own. Cash needs the cashier's own
   * till session: `no-till`.
   */
  'payments.record': {
    kind: 'command',
    needs: 'payment.create',
    input: z.object({
      patientId: PatientId,
      invoiceId: InvoiceId.nullable(),
      /** The payer of the invoice pays, not the patient. */
      byPayer: z.boolean().default(false),
      method: z.enum(paymentMethods),
      amount,
      /** The currency it was typed in. */
      currency: z.string().max(3),
      /** The cash that was handed over; empty where it was not counted. */
      tendered: amount.default(''),
      reference: text(200).default(''),
      restAsDeposit: z.boolean().default(false),
    }),
    output: z.object({ ids: z.array(PaymentId), change: z.number().int(), currency: z.string() }),
  },
  /** A deposit pays so much of what a patient has to pay of an invoice. */
  'payments.useDeposit': {
    kind: 'command',
    needs: 'payment.create',
    input: z.object({ depositId: PaymentId, invoiceId: InvoiceId, amount }),
    output: z.object({ id: PaymentId }),
  },
  /** So much of what a deposit paid goes back to the deposit. */
  'payments.releaseDeposit': {
    kind: 'command',
    needs: 'payment.create',
    input: z.object({ useId: PaymentId, amount, reason }),
    output: z.object({ id: PaymentId }),
  },
  /** Gives back of a payment or a deposit what is left of it at most, the way it was paid or in cash. */
  'payments.refund': {
    kind: 'command',
    needs: 'payment.refund',
    input: z.object({
      paymentId: PaymentId,
      amount,
      method: z.enum(paymentMethods),
      reference: text(200).default(''),
      reason,
    }),
    output: z.object({ id: PaymentId }),
  },
  /** The ledger of a patient under any record, the latest first. */
  'payments.of': {
    kind: 'query',
    needs: 'payment.read',
    input: z.object({ patientId: PatientId, before, limit }),
    output: z.object({ items: z.array(PaymentView), next: z.string().nullable() }),
  },
  'payments.get': {
    kind: 'query',
    needs: 'payment.read',
    input: z.object({ id: PaymentId }),
    output: PaymentView,
  },
  /** How a patient stands, by currency, as of a day at the site; `provisional` while something of it is not confirmed by the centre. */
  'payments.balance': {
    kind: 'query',
    needs: 'payment.read',
    input: z.object({ patientId: PatientId }),
    output: z.object({
      day: z.string(),
      /** What a deposit is taken in; null until the clinic has chosen one. */
      currency: z.string().nullable(),
      balances: z.array(CurrencyBalance),
      /** What something is open or overpaid of, the oldest first; the first 200. */
      invoices: z.array(OpenInvoice),
      deposits: z.array(DepositLeft),
      certainty,
    }),
  },
  /** The till session of whoever is signed in, which cash goes into; null where none is open. */
  'payments.till': {
    kind: 'query',
    needs: 'payment.read',
    input: z.object({}),
    output: z.object({ name: z.string(), currency: z.string() }).nullable(),
  },
  /**
   * What moved on a day at the workstation's site, the latest first, with the sums of all of it by method; or, with `search`, what has a
   * receipt number or a reference that begins so, whenever it was.
   */
  'payments.day': {
    kind: 'query',
    needs: 'payment.read',
    input: z.object({
      day: z.iso.date(),
      locationId: LocationId.nullable().default(null),
      search: text(100).default(''),
      before,
      limit,
    }),
    output: z.object({
      items: z.array(PaymentView),
      next: z.string().nullable(),
      totals: z.array(MethodTotal),
      /** Whoever has still to count their till is not told the sum of the cash. */
      cashHidden: z.boolean(),
    }),
  },
  /**
   * The receipt as it would be printed now, in the patient's language where there are words of it. `copy`: it was printed here before,
   * or another workstation took the money.
   */
  'payments.receipt': {
    kind: 'command',
    needs: 'payment.read',
    input: z.object({ id: PaymentId, paper: z.enum(receiptPapers), language }),
    output: z.object({ file: PanelFile, copy: z.boolean(), patientId: PatientId, number: z.string() }),
  },
  /** It came out of the printer: the next one says that it is a copy. */
  'payments.printed': {
    kind: 'command',
    needs: 'payment.read',
    input: z.object({ id: PaymentId }),
    output: z.null(),
  },
});
