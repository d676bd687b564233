import { auditRow } from '#main/core/audit-event.ts';
import { chartAccess } from '#main/core/chart-access.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { DocumentView } from '#shared/contract/documents.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { draft } from './draft.ts';
import { type DocumentDeps, viewOf } from './keep.ts';
import { make } from './make.ts';
import { type DocumentRow, documentsOf, findDocument, type Place } from './repository.ts';
import { attach, begin, cancel, part } from './upload.ts';
import { documentViews } from './view.ts';

/** How long somebody who opens a document waits for its file before they are told that it is still coming, in milliseconds. */
const patience = 20_000;

const placeText = ({ created_at, id }: Place): string => `${created_at} ${id}`;
const placeOf = (text: string | null): Place | null => {
  const [created_at, id] = text?.split(' ') ?? [];
  return created_at === undefined || id === undefined ? null : { created_at, id };
};

const list = (
  deps: DocumentDeps,
  { patientId, after, limit }: Parsed<'documents.list'>,
  { user }: Connection,
): Result<Output<'documents.list'>> => {
  const open = chartAccess(deps, patientId, user);
  if (!open.ok) return open;
  const rows = documentsOf(deps.store, patientId, placeOf(after), limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return ok({
    documents: [...documentViews(deps.store, deps.blobs, page)],
    next: rows.length > limit && last !== undefined ? placeText(last) : null,
  });
};

/** A document that this user may see. */
const seen = (deps: DocumentDeps, id: string, { user }: Connection): Result<DocumentRow> => {
  const row = findDocument(deps.store, id);
  if (row === undefined) return fail('not-found');
  const open = chartAccess(deps, row.patient_id, user);
  return open.ok ? ok(row) : open;
};

/** Who looked at which document of whom is written down, as with a chart. */
const noteRead = (deps: DocumentDeps, row: DocumentRow, { user }: Connection) => {
  deps.store.mutate({ kind: 'document.open', user: user?.id ?? null }, (writer) =>
    writer.insert(
      'audit_event',
      auditRow(deps, {
        action: 'R',
        event: 'document-open',
        accountId: user?.id ?? null,
        entity: { table: 'patient', id: row.patient_id },
        detail: { document: row.id },
      }),
    ),
  );
  deps.engine.wake();
};

const openDocument = async (
  deps: DocumentDeps,
  { id }: Parsed<'documents.open'>,
  connection: Connection,
): Promise<Result<Output<'documents.open'>>> => {
  const row = seen(deps, id, connection);
  if (!row.ok) return row;
  noteRead(deps, row.value, connection);
  const isHere = () => deps.blobs.places([row.value.hash]).get(row.value.hash)?.here === true;
  const file = isHere() ? 'here' : await deps.engine.fetchFile(row.value.hash, patience);
  const document = viewOf(deps, id);
  return document.ok ? ok({ document: document.value, file }) : document;
};

const bytes = (
  deps: DocumentDeps,
  { id, n }: Parsed<'documents.bytes'>,
  connection: Connection,
): Result<Output<'documents.bytes'>> => {
  const row = seen(deps, id, connection);
  if (!row.ok) return row;
  const { hash } = row.value;
  // What has come so far of a file that is still on its way has not been summed.
  const found = deps.blobs.places([hash]).get(hash)?.here === true ? deps.blobs.part(hash, n) : null;
  return found === null ? fail('not-found') : ok({ data: found.toString('base64') });
};

const voidDocument = (
  deps: DocumentDeps,
  { id, reason }: Parsed<'documents.void'>,
  connection: Connection,
): Result<DocumentView> => {
  const row = seen(deps, id, connection);
  if (!row.ok) return row;
  if (row.value.voided_at !== null) return fail('changed-meanwhile');
  const user = connection.user?.id ?? null;
  deps.store.mutate({ kind: 'document.void', user }, (writer) =>
    writer.update('document_reference', id, {
      voided_at: instant(deps.clock.now()),
      voided_by: user,
      void_reason: reason,
    }),
  );
  deps.engine.wake();
  return viewOf(deps, id);
};

/** Documents of a patient: what is attached and what is made from a template, with their files. */
export const documentHandlers = (
  deps: DocumentDeps,
): Handlers<
  | 'documents.list'
  | 'documents.begin'
  | 'documents.part'
  | 'documents.attach'
  | 'documents.cancel'
  | 'documents.open'
  | 'documents.bytes'
  | 'documents.void'
  | 'documents.draft'
  | 'documents.make'
> => ({
  'documents.list': (input, connection) => list(deps, input, connection),
  'documents.begin': (input, connection) => begin(deps, input, connection),
  'documents.part': (input, connection) => part(deps, input, connection),
  'documents.attach': (input, connection) => attach(deps, input, connection),
  'documents.cancel': (input, connection) => cancel(deps, input, connection),
  'documents.open': (input, connection) => openDocument(deps, input, connection),
  'documents.bytes': (input, connection) => bytes(deps, input, connection),
  'documents.void': (input, connection) => voidDocument(deps, input, connection),
  'documents.draft': (input, connection) => draft(deps, input, connection),
  'documents.make': (input, connection) => make(deps, input, connection),
});
