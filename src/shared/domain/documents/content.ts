/** What may be attached: what a scanner, a camera or another clinic's computer makes and every screen can show. */
export const fileTypes = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp'] as const;
export type FileType = (typeof fileTypes)[number];

export const isFileType = (type: string): type is FileType => (fileTypes as readonly string[]).includes(type);

/** Bytes of the beginning and the end that tell what a file is. */
export const tellingBytes = 2048;

const latin = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

const startsWith = (bytes: Uint8Array, start: readonly number[], from = 0): boolean =>
  start.every((byte, index) => bytes[from + index] === byte);

const jpeg = [0xff, 0xd8, 0xff];
const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const riff = [0x52, 0x49, 0x46, 0x46];
const webp = [0x57, 0x45, 0x42, 0x50];

/** What a file is by its first bytes, whatever it is called; null for anything that is not taken. */
export const typeOfContent = (head: Uint8Array): FileType | null => {
  if (startsWith(head, jpeg)) return 'image/jpeg';
  if (startsWith(head, png)) return 'image/png';
  if (startsWith(head, riff) && startsWith(head, webp, 8)) return 'image/webp';
  // Some programs write a few bytes before it; readers take them.
  return latin(head.subarray(0, 1024)).includes('%PDF-') ? 'application/pdf' : null;
};

/**
 * Whether a PDF is whole: it says at its end where its table of contents begins, inside the file, and that this is the end.
 * A download that was cut off does not.
 */
export const isWholePdf = (tail: Uint8Array, size: number): boolean => {
  const found = /startxref\s+(\d{1,10})\s+%%EOF\s*$/.exec(latin(tail).replace(/\0+$/, ''));
  return found !== null && Number(found[1]) < size;
};
