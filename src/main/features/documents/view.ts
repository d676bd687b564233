import type { Blobs } from '#main/data/local/blobs.ts';
import { accountNames, idsIn } from '#main/data/local/names.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { DocumentView } from '#shared/contract/documents.ts';
import { categoryOf } from '#shared/domain/documents/kinds.ts';
import { DocumentId, PatientId } from '#shared/kernel/ids.ts';
import type { DocumentRow } from './repository.ts';

/** Documents as the contract shows them. */
export const documentViews = (
  store: LocalReader,
  blobs: Pick<Blobs, 'places'>,
  rows: readonly DocumentRow[],
): readonly DocumentView[] => {
  const places = blobs.places([...new Set(rows.map(({ hash }) => hash))]);
  const names = accountNames(store, idsIn(rows.flatMap((row) => [row.created_by, row.voided_by])));
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  const uncertain = store.uncertain(
    'document_reference',
    rows.map(({ id }) => id),
  );
  return rows.map((row) => {
    const file = places.get(row.hash);
    return {
      id: DocumentId.parse(row.id),
      patientId: PatientId.parse(row.patient_id),
      title: row.title,
      category: categoryOf(row.category),
      contentType: row.content_type,
      size: row.size,
      createdAt: row.created_at,
      createdBy: nameOf(row.created_by),
      voided:
        row.voided_at === null
          ? null
          : { at: row.voided_at, by: nameOf(row.voided_by), reason: row.void_reason ?? '' },
      place: file?.here !== true ? 'away' : file.sent ? 'here' : 'sending',
      certainty: uncertain.get(row.id) ?? 'confirmed',
    };
  });
};
