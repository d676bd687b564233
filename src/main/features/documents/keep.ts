import type { FeatureDeps } from '#main/core/deps.ts';
import type { Blobs } from '#main/data/local/blobs.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { DocumentView } from '#shared/contract/documents.ts';
import type { FileType } from '#shared/domain/documents/content.ts';
import type { DocumentCategory } from '#shared/domain/documents/kinds.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { findDocument } from './repository.ts';
import { documentViews } from './view.ts';

export interface DocumentDeps extends FeatureDeps {
  readonly blobs: Blobs;
}

interface NewDocument {
  readonly kind: 'document.attach' | 'document.make';
  readonly patientId: string;
  readonly userId: string;
  readonly title: string;
  readonly category: DocumentCategory;
  readonly contentType: FileType;
  readonly hash: string;
  readonly size: number;
  /** Puts the bytes in their place and tells the encounter it belongs to, within the same transaction. */
  readonly place: (writer: LocalWriter) => string | null;
}

export const viewOf = (deps: DocumentDeps, id: string): Result<DocumentView> => {
  const row = findDocument(deps.store, id);
  const [view] = row === undefined ? [] : documentViews(deps.store, deps.blobs, [row]);
  return view === undefined ? fail('not-found') : ok(view);
};

/** A row and its bytes, in one mutation: neither is there without the other. */
export const keepDocument = (deps: DocumentDeps, made: NewDocument): Result<DocumentView> => {
  const id = deps.newId();
  deps.store.mutate({ kind: made.kind, user: made.userId }, (writer) => {
    const encounter_id = made.place(writer);
    writer.insert('document_reference', {
      ...blank('document_reference'),
      id,
      patient_id: made.patientId,
      encounter_id,
      category: made.category,
      title: made.title,
      content_type: made.contentType,
      size: made.size,
      hash: made.hash,
      created_at: instant(deps.clock.now()),
      created_by: made.userId,
    });
  });
  deps.engine.wake();
  return viewOf(deps, id);
};
