import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type InvoiceRow = LocalRowOf<'invoice'>;

/** Where a page ends. */
export interface Place {
  readonly at: string;
  readonly id: string;
}

const all = localDb.selectFrom('invoice').selectAll();

export const findInvoice = (reader: LocalReader, id: string): InvoiceRow | undefined =>
  reader.get(all.where('id', '=', id));

/** Invoices of a person, under any record, made before `after`, the latest first. */
export const invoicesOf = (
  reader: LocalReader,
  patientId: string,
  after: Place | null,
  limit: number,
): readonly InvoiceRow[] => {
  const own = all.where('patient_id', 'in', samePatient(patientId));
  const query =
    after === null
      ? own
      : own.where((eb) =>
          eb.or([
            eb('created_at', '<', after.at),
            eb.and([eb('created_at', '=', after.at), eb('id', '<', after.id)]),
          ]),
        );
  return reader.all(query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit));
};
