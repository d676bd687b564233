/** The part of the Barcode Detection API that is used; not every browser has it. */
interface CodeReader {
  detect(image: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
type CodeReaderClass = new (options: { readonly formats: readonly string[] }) => CodeReader;

const readerClass = (): CodeReaderClass | undefined =>
  (globalThis as { readonly BarcodeDetector?: CodeReaderClass }).BarcodeDetector;

/** Whether this browser can read codes with a camera by itself. */
export const canReadCodes = (): boolean =>
  readerClass() !== undefined && navigator.mediaDevices?.getUserMedia !== undefined;

/** A reader of the codes on cards (Code 128) and of the panel (QR); null where the browser has none. */
export const codeReader = (): CodeReader | null => {
  const Reader = readerClass();
  return Reader === undefined ? null : new Reader({ formats: ['code_128', 'qr_code'] });
};
