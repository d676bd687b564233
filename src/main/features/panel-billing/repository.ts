import type { InvoiceRow, PaymentRow } from '#main/core/account.ts';
import { type PageAsked, pageBack } from '#main/core/paged.ts';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import { panelInvoiceStatuses } from '#shared/contract/panel-billing.ts';

export type IssuedRow = InvoiceRow & { readonly issued_at: string };

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
): readonly IssuedRow[] =>
  reader.all<IssuedRow>(pageBack(issued(patientId).selectAll(), 'issued_at', 'id', asked));

/** An invoice of this person that was issued. */
export const findInvoice = (reader: LocalReader, patientId: string, id: string): IssuedRow | undefined =>
  reader.get<IssuedRow>(issued(patientId).selectAll().where('id', '=', id));

const moved = (patientId: string) =>
  localDb.selectFrom('payment').selectAll().where('patient_id', 'in', samePatient(patientId));

export const paymentsPage = (
  reader: LocalReader,
  patientId: string,
  asked: PageAsked,
): readonly PaymentRow[] => reader.all<PaymentRow>(pageBack(moved(patientId), 'paid_at', 'id', asked));

export const findPayment = (reader: LocalReader, patientId: string, id: string): PaymentRow | undefined =>
  reader.get(moved(patientId).where('id', '=', id));

/** The invoices that payments name. */
export const invoicesOf = (
  reader: LocalReader,
  rows: readonly PaymentRow[],
): ReadonlyMap<string, InvoiceRow> =>
  new Map(
    reader
      .all<InvoiceRow>(
        localDb
          .selectFrom('invoice')
          .selectAll()
          .where(
            'id',
            'in',
            rows.flatMap(({ invoice_id }) => invoice_id ?? []),
          ),
      )
      .map((row) => [row.id, row]),
  );
