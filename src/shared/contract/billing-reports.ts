import { z } from 'zod';
import { billingReportNames } from '#shared/domain/billing/reports.ts';
import { languages } from '#shared/i18n/languages.ts';
import { LocationId } from '#shared/kernel/ids.ts';
import { defineCalls } from './call.ts';
import { PanelFile } from './panel-records.ts';

const day = z.iso.date();
const language = z.enum(Object.keys(languages) as [keyof typeof languages]);

const asked = z.object({
  report: z.enum(billingReportNames),
  /** Days at the workstation's site, both included, 366 at most; reports of now do not look at them. */
  from: day,
  until: day,
  locationId: LocationId.nullable().default(null),
});

const values = z.array(z.number().int());

export const BillingReportView = z.object({
  asOf: z.string(),
  rows: z.array(
    z.object({
      key: z.string(),
      /** A day, a name or a title; null: nobody or nothing is said. Of `outstanding` it is one of `openRows`. */
      label: z.string().nullable(),
      currency: z.string(),
      /** By `columnsOfReport`, in minor units of the currency or how many. */
      values,
    }),
  ),
  totals: z.array(z.object({ currency: z.string(), values })),
  /** Rows beyond those that are shown; `totals` are of all. */
  more: z.number().int(),
  /** Invoices and payments of this workstation that the centre has not confirmed, and that are in the figures. */
  unconfirmed: z.number().int(),
  /** Whether the patients of every site are here; else the figures are of those that are. */
  wholeClinic: z.boolean(),
});
export type BillingReportView = z.infer<typeof BillingReportView>;

export const billingReportCalls = defineCalls({
  /** `invalid-input` for days out of order or too many. */
  'billing.report': { kind: 'query', needs: 'report.read', input: asked, output: BillingReportView },
  /** The same as a PDF of A4 pages. */
  'billing.reportFile': {
    kind: 'command',
    needs: 'report.export',
    input: asked.extend({ language }),
    output: PanelFile,
  },
});
