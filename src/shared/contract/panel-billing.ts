import { z } from 'zod';
import { languages } from '#shared/i18n/languages.ts';
import { InvoiceId, PatientId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';
import { PanelFile } from './panel-records.ts';

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
  issuedAt: z.string(),
  certainty,
});
export type PanelInvoice = z.infer<typeof PanelInvoice>;

export const panelBillingCalls = defineCalls({
  /** What was billed, the latest first, and what of all of it is open, by currency. */
  'panel.invoices': {
    kind: 'query',
    needs: 'own',
    input: z.object({
      patientId: PatientId,
      before: z.string().max(100).nullable().default(null),
      limit: z.number().int().min(1).max(50).default(20),
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
    output: PanelInvoice,
  },
  'panel.invoiceFile': {
    kind: 'command',
    needs: 'own',
    input: z.object({ patientId: PatientId, id: InvoiceId, language }),
    output: PanelFile,
  },
});
