import { type PageAsked, pageBack } from '#main/core/paged.ts';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { panelInvoiceStatuses } from '#shared/contract/panel-billing.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type InvoiceRow = LocalRowOf<'invoice'> & { readonly issued_at: string };

/** What was handed to the patient: a draft, or one that was cancelled before, never was. */
const issued = (patientId: string) =>
  localDb
    .selectFrom('invoice')
    .where('patient_id', 'in', samePatient(patientId))
    .where('status', 'in', panelInvoiceStatuses)
    .where('issued_at', 'is not', null)
    .$narrowType<{ issued_at: string }>();

export const invoicesPage = (
  reader: LocalReader,
  patientId: string,
  asked: PageAsked,
): readonly InvoiceRow[] =>
  reader.all<InvoiceRow>(pageBack(issued(patientId).selectAll(), 'issued_at', 'id', asked));

/** What is to be paid, by currency: what was issued and is not settled. */
export const openAmounts = (
  reader: LocalReader,
  patientId: string,
): readonly { readonly currency: string; readonly amount: number; readonly invoices: number }[] =>
  reader.all(
    issued(patientId)
      .select((eb) => [
        'currency',
        eb.fn.sum<number>('total').as('amount'),
        eb.fn.countAll<number>().as('invoices'),
      ])
      .where('status', '=', 'issued')
      .groupBy('currency')
      .orderBy('currency'),
  );

/** An invoice of this person that was issued. */
export const findInvoice = (reader: LocalReader, patientId: string, id: string): InvoiceRow | undefined =>
  reader.get<InvoiceRow>(issued(patientId).selectAll().where('id', '=', id));
