import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { InvoiceView } from '#shared/contract/pages.ts';
import type { InvoiceId, PatientId } from '#shared/kernel/ids.ts';
import { fail, ok } from '#shared/kernel/result.ts';
import { findInvoice, type InvoiceRow, invoicesOf } from './repository.ts';

const views = (reader: LocalReader, rows: readonly InvoiceRow[]): InvoiceView[] => {
  const uncertain = reader.uncertain(
    'invoice',
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id as InvoiceId,
    patientId: row.patient_id as PatientId,
    status: row.status,
    series: row.series,
    provisionalNumber: row.provisional_number,
    fiscalNumber: row.fiscal_number,
    currency: row.currency,
    total: row.total,
    issuedAt: row.issued_at,
    createdAt: row.created_at,
    certainty: uncertain.get(row.id) ?? 'confirmed',
  }));
};

/** What a patient was billed, as far as there are bills. */
export const invoiceHandlers = (deps: FeatureDeps): Handlers<'invoices.page' | 'invoices.get'> => ({
  'invoices.page': ({ patientId, after, limit }) => {
    const found = invoicesOf(deps.store, patientId, after, limit + 1);
    const rows = found.slice(0, limit);
    const end = found.length > limit ? rows.at(-1) : undefined;
    return ok({
      invoices: views(deps.store, rows),
      next: end === undefined ? null : { at: end.created_at, id: end.id },
    });
  },
  'invoices.get': ({ id }) => {
    const row = findInvoice(deps.store, id);
    const [view] = views(deps.store, row === undefined ? [] : [row]);
    return view === undefined ? fail('not-found') : ok(view);
  },
});
