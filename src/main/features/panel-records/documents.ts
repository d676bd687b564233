import { auditRow } from '#main/core/audit-event.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { releasedTo } from '#main/core/released.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RecordsDeps } from './deps.ts';
import { type DocumentRow, findDocument } from './repository.ts';

/** How long somebody who opens a document waits for its file before they are told that it is still coming, in milliseconds. */
const patience = 20_000;

/** A document of one's own that is shown; one that is not shown is not there. */
const shownDocument = (
  deps: RecordsDeps,
  { patientId, id }: { readonly patientId: string; readonly id: string },
  connection: Connection,
): Result<DocumentRow> => {
  const released = releasedTo(deps, connection, patientId, 'documents');
  if (!released.ok) return released;
  const row = released.value.shown ? findDocument(deps.store, patientId, id) : undefined;
  return row === undefined ? fail('not-found') : ok(row);
};

const isHere = ({ blobs }: RecordsDeps, { hash }: DocumentRow): boolean =>
  blobs.places([hash]).get(hash)?.here === true;

/** Which document was opened is written down, as it is for the staff. */
const noteOpened = (deps: RecordsDeps, row: DocumentRow, { user }: Connection): void => {
  const accountId = user?.id ?? null;
  deps.store.mutate({ kind: 'document.open', user: accountId }, (writer) =>
    writer.insert(
      'audit_event',
      auditRow(deps, {
        action: 'R',
        event: 'document-open',
        accountId,
        entity: { table: 'patient', id: row.patient_id },
        detail: { document: row.id },
      }),
    ),
  );
  deps.engine.wake();
};

const open = async (
  deps: RecordsDeps,
  asked: Parsed<'panel.openDocument'>,
  connection: Connection,
): Promise<Result<Output<'panel.openDocument'>>> => {
  const row = shownDocument(deps, asked, connection);
  if (!row.ok) return row;
  noteOpened(deps, row.value, connection);
  return ok({
    file: isHere(deps, row.value) ? 'here' : await deps.engine.fetchFile(row.value.hash, patience),
  });
};

const bytes = (
  deps: RecordsDeps,
  asked: Parsed<'panel.documentBytes'>,
  connection: Connection,
): Result<Output<'panel.documentBytes'>> => {
  const row = shownDocument(deps, asked, connection);
  if (!row.ok) return row;
  // What has come so far of a file that is still on its way has not been summed.
  const found = isHere(deps, row.value) ? deps.blobs.part(row.value.hash, asked.n) : null;
  return found === null ? fail('not-found') : ok({ data: found.toString('base64') });
};

/** The files of one's own documents. */
export const documentHandlers = (
  deps: RecordsDeps,
): Handlers<'panel.openDocument' | 'panel.documentBytes'> => ({
  'panel.openDocument': (input, connection) => open(deps, input, connection),
  'panel.documentBytes': (input, connection) => bytes(deps, input, connection),
});
