import { sql } from 'kysely';
import type { InvoiceRow } from '#main/core/billed/rows.ts';
import { pageEndOf } from '#main/core/paged.ts';
import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { SoughtNumber } from '#shared/domain/billing/number.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

/** Where a page ends. */
export interface Place {
  readonly at: string;
  readonly id: string;
}

/** More than the invoices of a page are of. */
const most = 1000;

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

/** Of issued invoices the time of issue, of drafts when they were begun: what lists go by. */
const time = sql<string>`coalesce(issued_at, created_at)`;
export const timeOf = (row: InvoiceRow): string => row.issued_at ?? row.created_at;

export interface ListAsked {
  readonly draftsOnly: boolean;
  /** Instants, the second excluded. */
  readonly during: { readonly from: string; readonly until: string } | null;
  readonly locationId: string | null;
  readonly patientId: string | null;
  readonly before: string | null;
  readonly limit: number;
}

/** Invoices and credit notes, the latest first. */
export const invoicesListed = (reader: LocalReader, asked: ListAsked): readonly InvoiceRow[] => {
  const { draftsOnly, during, locationId, patientId, limit } = asked;
  const end = pageEndOf(asked.before);
  // A bound there always is, so that the index is used whatever else is asked.
  let query = all.where(time, '<', during?.until ?? '9999');
  if (draftsOnly) query = query.where('status', '=', 'draft');
  if (during) query = query.where(time, '>=', during.from);
  if (locationId !== null) query = query.where('location_id', '=', locationId);
  if (patientId !== null) query = query.where('patient_id', 'in', samePatient(patientId));
  if (end !== null) query = query.where(sql<boolean>`(${time}, id) < (${end.at}, ${end.id})`);
  return reader.all(query.orderBy(time, 'desc').orderBy('id', 'desc').limit(limit));
};

/** Those of a number, in whatever series it is; at most 50. */
export const invoicesNumbered = (reader: LocalReader, sought: SoughtNumber): readonly InvoiceRow[] => {
  const { provisional, series, fiscal } = sought;
  const own = reader.all<InvoiceRow>(all.where('provisional_number', '=', provisional).limit(50));
  if (fiscal === null) return own;
  const numbered = all.where('fiscal_number', '=', fiscal);
  const found = reader.all<InvoiceRow>(
    (series === null ? numbered : numbered.where('series', '=', series)).orderBy('id', 'desc').limit(50),
  );
  return [...own, ...found];
};

/** Whether an invoice here has a provisional number. */
export const isNumberTaken = (reader: LocalReader, number: string): boolean =>
  reader.get(localDb.selectFrom('invoice').select('id').where('provisional_number', '=', number).limit(1)) !==
  undefined;

export const patientsOf = (
  reader: LocalReader,
  ids: readonly string[],
): readonly Pick<LocalRowOf<'patient'>, 'id' | 'family' | 'given' | 'mrn'>[] =>
  reader.all(
    localDb.selectFrom('patient').select(['id', 'family', 'given', 'mrn']).where('id', 'in', ids).limit(most),
  );

export const findPatient = (reader: LocalReader, id: string): LocalRowOf<'patient'> | undefined =>
  reader.get(localDb.selectFrom('patient').selectAll().where('id', '=', id));

/** Names of payers by id. */
export const payerNames = (
  reader: LocalReader,
  ids: readonly (string | null)[],
): ReadonlyMap<string, string> =>
  new Map(
    reader
      .all(
        localDb
          .selectFrom('organization')
          .select(['id', 'name'])
          .where('id', 'in', [...new Set(ids.filter((id) => id !== null))])
          .limit(most),
      )
      .map(({ id, name }) => [id, name]),
  );

export const siteName = (reader: LocalReader, id: string | null): string | null =>
  id === null
    ? null
    : (reader.get(localDb.selectFrom('location').select('name').where('id', '=', id))?.name ?? null);

export const wasPrinted = (reader: LocalReader, invoiceId: string): boolean =>
  reader.get(
    localDb.selectFrom('own_invoice_print').select('invoice_id').where('invoice_id', '=', invoiceId),
  ) !== undefined;
