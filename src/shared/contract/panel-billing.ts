import { z } from 'zod';
import { languages } from '#shared/i18n/languages.ts';
import { InvoiceId, PatientId, PaymentId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';
import { PanelFile } from './panel-records.ts';
import { PaymentView } from './payments.ts';

const language = z.enum(Object.keys(languages) as [keyof typeof languages]);

/** FHIR's invoice-status, as far as a patient sees it: drafts and what was entered in error are not theirs to see. */
export const panelInvoiceStatuses = ['issued', 'balanced', 'cancelled'] as const;

export const PanelInvoice = z.object({
  id: InvoiceId,
  /** The fiscal number once the centre has given it, until then the one of the desk. */
  number: z.string(),
  provisional: z.boolean(),
  status: z.enum(panelInvoiceStatuses),
  /** In minor units. */
  total: z.number().int(),
  currency: z.string(),
  /** What the patient still has to pay of it; below zero: so much too much was paid. */
  open: z.number().int(),
  issuedAt: z.string(),
  certainty,
});
export type PanelInvoice = z.infer<typeof PanelInvoice>;

/** What an invoice is made of. Amounts in minor units; `gross` is with tax, and what payer and patient pay of it. */
export const PanelInvoiceLine = z.object({
  title: z.string(),
  quantity: z.string(),
  unitPrice: z.number().int(),
  discount: z.number().int(),
  tax: z.number().int(),
  gross: z.number().int(),
  payerShare: z.number().int(),
  patientShare: z.number().int(),
});

export const PanelInvoiceWithLines = PanelInvoice.extend({
  /** Empty of an invoice of a version that kept none. */
  lines: z.array(PanelInvoiceLine),
});
export type PanelInvoiceWithLines = z.infer<typeof PanelInvoiceWithLines>;

/** What moved, as a patient sees it. */
export const PanelPayment = PaymentView.pick({
  id: true,
  kind: true,
  method: true,
  amount: true,
  currency: true,
  reference: true,
  receiptNumber: true,
  invoice: true,
  paidAt: true,
  certainty: true,
});
export type PanelPayment = z.infer<typeof PanelPayment>;

const before = z.string().max(100).nullable().default(null);
const limit = z.number().int().min(1).max(50).default(20);

export const panelBillingCalls = defineCalls({
  /** What was billed, the latest first, and what of all of it is open, by currency. */
  'panel.invoices': {
    kind: 'query',
    needs: 'own',
    input: z.object({
      patientId: PatientId,
      before,
      limit,
    }),
    output: z.object({
      items: z.array(PanelInvoice),
      next: z.string().nullable(),
      open: z.array(z.object({ currency: z.string(), amount: z.number().int(), invoices: z.number().int() })),
    }),
  },
  'panel.invoice': {
    kind: 'query',
    needs: 'own',
    input: z.object({ patientId: PatientId, id: InvoiceId }),
    output: PanelInvoiceWithLines,
  },
  'panel.invoiceFile': {
    kind: 'command',
    needs: 'own',
    input: z.object({ patientId: PatientId, id: InvoiceId, language }),
    output: PanelFile,
  },
  /** What was paid and given back, the latest first. */
  'panel.payments': {
    kind: 'query',
    needs: 'own',
    input: z.object({ patientId: PatientId, before, limit }),
    output: z.object({ items: z.array(PanelPayment), next: z.string().nullable() }),
  },
  'panel.payment': {
    kind: 'query',
    needs: 'own',
    input: z.object({ patientId: PatientId, id: PaymentId }),
    output: PanelPayment,
  },
  /** The receipt on A4, which says that it is a copy: the original is given at the desk. */
  'panel.receiptFile': {
    kind: 'command',
    needs: 'own',
    input: z.object({ patientId: PatientId, id: PaymentId, language }),
    output: PanelFile,
  },
});
