import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { chartAccess } from '#main/core/chart-access.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { encounterNow } from '#main/core/encounter.ts';
import type { Upload } from '#main/data/local/blobs.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { DocumentView } from '#shared/contract/documents.ts';
import { isFileType, isWholePdf, tellingBytes, typeOfContent } from '#shared/domain/documents/content.ts';
import { bytesOfMegabytes, partLength, partsOf } from '#shared/domain/documents/limits.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { type DocumentDeps, keepDocument } from './keep.ts';
import { findPatient } from './repository.ts';

/** Parts summed before the event loop has its turn. */
const summedAtOnce = 4;

/** What can be known of a file before it is read is said before it is read. */
export const begin = (
  deps: DocumentDeps,
  { patientId, size, contentType }: Parsed<'documents.begin'>,
  { user }: Connection,
): Result<Output<'documents.begin'>> => {
  const open = chartAccess(deps, patientId, user);
  if (!open.ok) return open;
  if (user === null || findPatient(deps.store, patientId) === undefined) return fail('not-found');
  const mb = deps.settings.of('desk.most-megabytes', null);
  if (size > bytesOfMegabytes(mb)) return fail('file-too-large', { params: { mb } });
  if (!isFileType(contentType)) return fail('file-type');
  return ok({ uploadId: deps.blobs.begin(user.id, size) });
};

/** Whoever began an upload goes on with it, nobody else. */
const ownUpload = (deps: DocumentDeps, id: string, { user }: Connection): Upload | null => {
  const upload = deps.store.ready() ? deps.blobs.upload(id) : null;
  return upload !== null && upload.account_id === user?.id ? upload : null;
};

export const part = (
  deps: DocumentDeps,
  { uploadId, n, data }: Parsed<'documents.part'>,
  connection: Connection,
): Result<null> => {
  const upload = ownUpload(deps, uploadId, connection);
  const bytes = Buffer.from(data, 'base64');
  if (upload === null || n >= partsOf(upload.size) || bytes.length !== partLength(upload.size, n))
    return fail('upload-lost');
  deps.blobs.put(uploadId, n, bytes);
  return ok(null);
};

export const cancel = (
  deps: DocumentDeps,
  { uploadId }: Parsed<'documents.cancel'>,
  connection: Connection,
): Result<null> => {
  if (ownUpload(deps, uploadId, connection) !== null) deps.blobs.drop(uploadId);
  return ok(null);
};

/** The sum of an upload and the bytes that tell what it is; null when a part is missing. */
const readUpload = async ({ blobs }: DocumentDeps, id: string, size: number) => {
  const sum = createHash('sha256');
  const last: Buffer[] = [];
  let head: Buffer = Buffer.alloc(0);
  for (let n = 0; n < partsOf(size); n += 1) {
    const bytes = blobs.part(id, n);
    if (bytes === null) return null;
    sum.update(bytes);
    if (n === 0) head = bytes.subarray(0, tellingBytes);
    // The telling end may lie across two parts.
    if (n >= partsOf(size) - 2) last.push(bytes);
    if (n % summedAtOnce === 0) await setImmediate();
  }
  return { hash: sum.digest('hex'), head, tail: Buffer.concat(last).subarray(-tellingBytes) };
};

export const attach = async (
  deps: DocumentDeps,
  { uploadId, patientId, title, category, contentType }: Parsed<'documents.attach'>,
  connection: Connection,
): Promise<Result<DocumentView>> => {
  const { user } = connection;
  const open = chartAccess(deps, patientId, user);
  if (!open.ok) return open;
  if (user === null || findPatient(deps.store, patientId) === undefined) return fail('not-found');
  const upload = ownUpload(deps, uploadId, connection);
  if (upload === null) return fail('upload-lost');
  const read = await readUpload(deps, uploadId, upload.size);
  if (read === null) return fail('upload-lost');
  const type = typeOfContent(read.head);
  const refused =
    type === null || type !== contentType
      ? 'file-type'
      : type === 'application/pdf' && !isWholePdf(read.tail, upload.size)
        ? 'file-damaged'
        : null;
  if (refused !== null) {
    deps.blobs.drop(uploadId);
    return fail(refused);
  }
  // While it was summed somebody may have signed out, or given it up.
  if (ownUpload(deps, uploadId, connection) === null) return fail('upload-lost');
  return keepDocument(deps, {
    kind: 'document.attach',
    patientId,
    userId: user.id,
    title,
    category,
    contentType,
    hash: read.hash,
    size: upload.size,
    place: () => {
      deps.blobs.keep(uploadId, read.hash, upload.size);
      return encounterNow(deps, { patientId, user });
    },
  });
};
