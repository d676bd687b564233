import { localDb } from '#main/data/local/query.ts';
import { samePatient } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

export type DocumentRow = LocalRowOf<'document_reference'>;

/** Where a page of documents ends. */
export interface Place {
  readonly created_at: string;
  readonly id: string;
}

/** Documents of a person under any record, the newest first, after a place. */
export const documentsOf = (
  reader: LocalReader,
  patientId: string,
  after: Place | null,
  limit: number,
): readonly DocumentRow[] => {
  const all = localDb
    .selectFrom('document_reference')
    .selectAll()
    .where('patient_id', 'in', samePatient(patientId));
  const query =
    after === null
      ? all
      : all.where((eb) =>
          eb.or([
            eb('created_at', '<', after.created_at),
            eb.and([eb('created_at', '=', after.created_at), eb('id', '<', after.id)]),
          ]),
        );
  return reader.all(query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit));
};

export const findDocument = (reader: LocalReader, id: string): DocumentRow | undefined =>
  reader.get(localDb.selectFrom('document_reference').selectAll().where('id', '=', id));

export const findPatient = (reader: LocalReader, id: string): LocalRowOf<'patient'> | undefined =>
  reader.get(localDb.selectFrom('patient').selectAll().where('id', '=', id).where('voided_at', 'is', null));
