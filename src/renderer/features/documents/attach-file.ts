import type { Client } from '#renderer/client/client.ts';
import type { DocumentView } from '#shared/contract/documents.ts';
import { type FileType, isWholePdf, tellingBytes, typeOfContent } from '#shared/domain/documents/content.ts';
import type { AttachedCategory } from '#shared/domain/documents/kinds.ts';
import { longestSide, partBytes, partsOf } from '#shared/domain/documents/limits.ts';
import type { PatientId } from '#shared/kernel/ids.ts';

export type FileProblem = 'file-too-large' | 'file-type' | 'file-damaged';

export type PreparedFile =
  | { readonly ok: true; readonly blob: Blob; readonly contentType: FileType }
  | { readonly ok: false; readonly problem: FileProblem };

const refused = (problem: FileProblem): PreparedFile => ({ ok: false, problem });

/** A picture with fine lines stays one; a photograph kept so would be many times as large. */
const mostPngBytes = 3_000_000;
const photoQuality = 0.88;

const toBlob = (canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, type, quality));

/** Drawn anew, so that nothing but the picture is kept: no place, no camera, no other file behind it. */
const redrawn = async (file: Blob, type: FileType): Promise<PreparedFile> => {
  const picture = await createImageBitmap(file).catch(() => null);
  if (picture === null) return refused('file-damaged');
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) return refused('file-damaged');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const fine = type === 'image/png' ? await toBlob(canvas, 'image/png') : null;
  if (fine !== null && fine.size <= mostPngBytes) return { ok: true, blob: fine, contentType: 'image/png' };
  const blob = await toBlob(canvas, 'image/jpeg', photoQuality);
  return blob === null ? refused('file-damaged') : { ok: true, blob, contentType: 'image/jpeg' };
};

const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());

/** A PDF is kept as it is; it must be whole and one that can be opened. */
const checkedPdf = async (file: Blob): Promise<PreparedFile> => {
  if (!isWholePdf(await bytesOf(file.slice(-tellingBytes)), file.size)) return refused('file-damaged');
  const { openPdf } = await import('#renderer/ui/pdf.ts');
  try {
    const pdf = await openPdf(await bytesOf(file));
    const isEmpty = pdf.pages === 0;
    pdf.close();
    return isEmpty ? refused('file-damaged') : { ok: true, blob: file, contentType: 'application/pdf' };
  } catch {
    return refused('file-damaged');
  }
};

/** What is wrong with a file before anything of it is read, larger than `most` bytes for one, and then what is in it. */
export const prepareFile = async (file: File, most: number): Promise<PreparedFile> => {
  if (file.size > most) return refused('file-too-large');
  const type = typeOfContent(await bytesOf(file.slice(0, tellingBytes)));
  if (type === null) return refused('file-type');
  return type === 'application/pdf' ? checkedPdf(file) : redrawn(file, type);
};

const base64 = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });

interface NewFile {
  readonly patientId: PatientId;
  readonly title: string;
  readonly category: AttachedCategory;
  readonly blob: Blob;
  readonly contentType: FileType;
}

/** Hands a file to the workstation part by part; `onPart` hears how much of it has arrived, from 0 to 1. */
export const attachFile = async (
  client: Client,
  { blob, ...document }: NewFile,
  onPart: (done: number) => void,
): Promise<DocumentView> => {
  const { patientId, contentType } = document;
  const { uploadId } = await client.call('documents.begin', { patientId, size: blob.size, contentType });
  try {
    const parts = partsOf(blob.size);
    for (let n = 0; n < parts; n += 1) {
      const data = await base64(blob.slice(n * partBytes, (n + 1) * partBytes));
      await client.call('documents.part', { uploadId, n, data });
      onPart((n + 1) / parts);
    }
    return await client.call('documents.attach', { uploadId, ...document });
  } catch (failure) {
    // What was handed over goes by itself after a day; now is better, if it can be.
    void client.ask('documents.cancel', { uploadId }).catch(() => undefined);
    throw failure;
  }
};
