import { z } from 'zod';
import { invoiceStates } from '#shared/domain/billing/balance.ts';
import { paymentKinds } from '#shared/domain/billing/ledger.ts';
import { languages } from '#shared/i18n/languages.ts';
import {
  ChargeId,
  ChargeItemId,
  InvoiceId,
  InvoiceLineId,
  LocationId,
  OrganizationId,
  PatientId,
} from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';
import { PanelFile } from './panel-records.ts';

/** Lines of one invoice. */
export const mostLines = 200;
const language = z.enum(Object.keys(languages) as [keyof typeof languages]);
const reason = z
  .string()
  .trim()
  .min(1, 'required')
  .max(500, 'too-long')
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'characters');
const limit = z.number().int().min(1).max(100).default(50);
const minor = z.number().int();

/** In minor units of the currency. */
const Amounts = z.object({
  /** After the discount, before tax. */
  net: minor,
  tax: minor,
  gross: minor,
  payerShare: minor,
  patientShare: minor,
});

/** What an invoice is called: the fiscal number once the centre has given it, until then the workstation's. */
const Numbered = z.object({
  number: z.string(),
  /** Whether `number` is the workstation's. */
  provisional: z.boolean(),
});

/** Another invoice that bills the same. */
const OtherInvoice = Numbered.extend({ id: InvoiceId });

/** A line as it was issued, or of a draft as it would be now. Of a credit note quantity and amounts are zero or below. */
export const InvoiceLineView = Amounts.extend({
  id: InvoiceLineId,
  chargeId: ChargeId.nullable(),
  definitionId: ChargeItemId.nullable(),
  /** The line a credit takes of. */
  corrects: InvoiceLineId.nullable(),
  title: z.string(),
  /** A decimal. */
  quantity: z.string(),
  /** Of one, before tax. */
  unitPrice: minor,
  discount: minor,
  discountReason: z.string().nullable(),
  /** Basis points. */
  taxRate: minor,
  /** What credit notes left of it: of a line of an invoice. */
  left: Amounts.extend({ quantity: z.string() }),
  /** Other invoices that stand and bill the same charge, as two workstations without a network may have issued them. */
  alsoOn: z.array(OtherInvoice),
});
export type InvoiceLineView = z.infer<typeof InvoiceLineView>;

/** A credit note as the invoice it corrects shows it. */
const CreditView = Numbered.extend({
  id: InvoiceId,
  total: minor,
  reason: z.string().nullable(),
  issuedAt: z.string().nullable(),
  certainty,
});

/** What moved on an invoice. */
const MovedView = z.object({
  id: z.guid(),
  kind: z.enum(paymentKinds),
  method: z.string(),
  amount: minor,
  paidAt: z.string(),
  receiptNumber: z.string().nullable(),
  /** The payer paid, or was paid back. */
  byPayer: z.boolean(),
  certainty,
});

/**
 * An invoice or a credit note with its lines. `balanced`, and of one that was issued `cancelled`, are computed of lines, credit notes and
 * payments.
 */
export const InvoiceView = z.object({
  id: InvoiceId,
  patientId: PatientId,
  kind: z.enum(['invoice', 'credit-note']),
  /** The invoice a credit note is of. */
  corrects: InvoiceId.nullable(),
  status: z.enum(invoiceStates),
  /** What it is called until the centre has given its number, and beside it. */
  provisionalNumber: z.string(),
  fiscalNumber: z.number().int().nullable(),
  series: z.string(),
  /** ISO 4217 */
  currency: z.string(),
  /** In minor units of the currency. */
  total: minor,
  /** What of the total is the payer's. */
  payerTotal: minor,
  /** Null: the patient pays all of it. */
  payerId: OrganizationId.nullable(),
  payerName: z.string().nullable(),
  locationId: LocationId.nullable(),
  /** What is still to be paid, and by whom; below zero: so much too much was paid. */
  open: z.object({ patient: minor, payer: minor }),
  /** Why a credit note was made. */
  reason: z.string().nullable(),
  lines: z.array(InvoiceLineView),
  credits: z.array(CreditView),
  payments: z.array(MovedView),
  issuedAt: z.string().nullable(),
  createdAt: z.string(),
  certainty,
});
export type InvoiceView = z.infer<typeof InvoiceView>;

/** As a list of invoices shows one. */
export const InvoiceSummary = Numbered.extend({
  id: InvoiceId,
  patientId: PatientId,
  patientName: z.string(),
  patientMrn: z.string(),
  kind: z.enum(['invoice', 'credit-note']),
  status: z.enum(invoiceStates),
  currency: z.string(),
  total: minor,
  open: z.object({ patient: minor, payer: minor }),
  payerName: z.string().nullable(),
  /** When it was issued; of a draft, when it was begun. */
  at: z.string(),
  /** Whether it bills something another invoice bills too. */
  twice: z.boolean(),
  certainty,
});
export type InvoiceSummary = z.infer<typeof InvoiceSummary>;

/** Something a patient is charged that is on no bill yet. */
export const OpenChargeView = Amounts.extend({
  id: ChargeId,
  title: z.string(),
  quantity: z.string(),
  unitPrice: minor,
  discount: minor,
  discountReason: z.string().nullable(),
  taxRate: minor,
  currency: z.string(),
  payerId: OrganizationId.nullable(),
  payerName: z.string().nullable(),
  occurredAt: z.string(),
  /** Why it cannot be billed as it is, such as a quantity that is none; its amounts are zero then. */
  problem: z.string().nullable(),
  certainty,
});
export type OpenChargeView = z.infer<typeof OpenChargeView>;

/** What a list is narrowed to. `open`: issued, and something is to be paid or was paid too much. */
export const invoiceFilters = ['draft', 'open', 'balanced', 'cancelled', 'credit-note', 'twice'] as const;
export type InvoiceFilter = (typeof invoiceFilters)[number];

/** Where a page begins that follows another: by instant and id. */
const Place = z.object({ at: z.string().max(40), id: z.guid() });

export const invoiceCalls = defineCalls({
  /** Invoices of a patient under any record, the latest first, as other programs ask for them. */
  'invoices.page': {
    kind: 'query',
    needs: 'invoice.read',
    input: z.object({ patientId: PatientId, after: Place.nullable().default(null), limit }),
    output: z.object({ invoices: z.array(InvoiceView), next: Place.nullable() }),
  },
  'invoices.get': {
    kind: 'query',
    needs: 'invoice.read',
    input: z.object({ id: InvoiceId }),
    output: InvoiceView,
  },
  /**
   * Invoices, the latest issued first, drafts by when they were begun. Everything named has to fit; with `number`, which is in full, only
   * that counts. What is looked through for a page is bounded, so one may be short or empty with more to come.
   */
  'invoices.list': {
    kind: 'query',
    needs: 'invoice.read',
    input: z.object({
      filter: z.enum(invoiceFilters).nullable().default(null),
      /** At the workstation's site. */
      day: z.iso.date().nullable().default(null),
      locationId: LocationId.nullable().default(null),
      patientId: PatientId.nullable().default(null),
      number: z.string().trim().max(64).default(''),
      before: z.string().max(100).nullable().default(null),
      limit,
    }),
    output: z.object({ items: z.array(InvoiceSummary), next: z.string().nullable() }),
  },
  /** What a patient is charged and no invoice or draft holds, the earliest first; at most 200. */
  'invoices.openCharges': {
    kind: 'query',
    needs: 'invoice.read',
    input: z.object({ patientId: PatientId }),
    output: z.object({ charges: z.array(OpenChargeView), patientName: z.string() }),
  },
  /**
   * Gathers open charges in a draft: those that are named, or all of one payer (null: the patient) and currency. `invalid-input` at
   * `chargeIds` when they are of several; `not-found` when none is open.
   */
  'invoices.draft': {
    kind: 'command',
    needs: 'invoice.create',
    input: z.object({
      patientId: PatientId,
      payerId: OrganizationId.nullable(),
      currency: z.string().length(3),
      chargeIds: z.array(ChargeId).min(1).max(mostLines).nullable().default(null),
    }),
    output: z.object({ id: InvoiceId }),
  },
  /** Takes charges of the same payer and currency into a draft, or out of it again. */
  'invoices.change': {
    kind: 'command',
    needs: 'invoice.create',
    input: z.object({
      id: InvoiceId,
      add: z.array(ChargeId).max(mostLines).default([]),
      remove: z.array(ChargeId).max(mostLines).default([]),
    }),
    output: z.null(),
  },
  /**
   * Takes something off a charge that is on no issued invoice, typed as an amount or as a rate (`10 %`); nothing, or `0`, takes the
   * discount back.
   */
  'invoices.discount': {
    kind: 'command',
    needs: 'discount.create',
    input: z.object({ chargeId: ChargeId, discount: z.string().max(40), reason: reason.or(z.literal('')) }),
    output: z.null(),
  },
  /** The draft is none any more, and its charges are open again. */
  'invoices.giveUp': {
    kind: 'command',
    needs: 'invoice.create',
    input: z.object({ id: InvoiceId }),
    output: z.null(),
  },
  /** Issues a draft. `changed-meanwhile` when it comes to something else than `total`, which was seen. */
  'invoices.issue': {
    kind: 'command',
    needs: 'invoice.create',
    input: z.object({ id: InvoiceId, total: minor }),
    output: z.null(),
  },
  /**
   * Makes and issues a credit note: of all that is left of an invoice (`lines` null), or of lines by what is typed, an amount with tax or
   * a quantity, or all that is left of the line. What is credited whole is charged again, unless `chargeAgain` is false.
   */
  'invoices.credit': {
    kind: 'command',
    needs: 'invoice.void',
    input: z.object({
      id: InvoiceId,
      lines: z
        .array(
          z.object({
            id: InvoiceLineId,
            by: z.enum(['rest', 'amount', 'quantity']),
            typed: z.string().max(40).default(''),
          }),
        )
        .min(1)
        .max(mostLines)
        .nullable(),
      reason,
      chargeAgain: z.boolean().default(true),
    }),
    output: z.object({ id: InvoiceId }),
  },
  /**
   * The invoice or credit note on paper, in the patient's language where there are words of it, else in `language`. `copy`: it was handed
   * out here before, or another workstation issued it; then the paper says so.
   */
  'invoices.paper': {
    kind: 'command',
    needs: 'invoice.read',
    input: z.object({ id: InvoiceId, language }),
    output: z.object({ file: PanelFile, copy: z.boolean() }),
  },
});
