import { GlobalWorkerOptions, getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import PdfWorker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?worker';

/** A PDF that is open; pages count from 1. Its scripts are never run, and it loads nothing. */
export interface OpenPdf {
  readonly pages: number;
  /** Draws a page into a canvas, so many pixels to a point of the paper (1/72 of an inch). */
  draw(page: number, canvas: HTMLCanvasElement, pixels: number): Promise<void>;
  /** What can be read on a page. */
  text(page: number): Promise<string>;
  close(): void;
}

/** Larger pages than any scanner makes are drawn smaller. */
const mostPixels = 24_000_000;

/** Opens a PDF. Rejects when it cannot be opened: damaged, or locked with a password. */
export const openPdf = async (data: Uint8Array): Promise<OpenPdf> => {
  GlobalWorkerOptions.workerPort ??= new PdfWorker();
  const task = getDocument({ data, verbosity: 0, enableXfa: false, useWorkerFetch: false });
  const pdf = await task.promise;
  return {
    pages: pdf.numPages,
    draw: async (number, canvas, pixels) => {
      const page = await pdf.getPage(number);
      const whole = page.getViewport({ scale: 1 });
      const scale = Math.min(pixels, Math.sqrt(mostPixels / (whole.width * whole.height)));
      const viewport = page.getViewport({ scale });
      canvas.width = Math.ceil(viewport.width);
      canvas.height = Math.ceil(viewport.height);
      await page.render({ canvas, viewport }).promise;
    },
    text: async (number) => {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
    },
    close: () => void task.destroy(),
  };
};
