import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { OpenPdf } from '#renderer/ui/pdf.ts';
import { usePageSize } from '#renderer/ui/printing/usePageSize.ts';
import { usePrinting } from '#renderer/ui/printing/usePrinting.ts';
import { usePrintSetup } from '#renderer/ui/printing/usePrintSetup.ts';
import classes from './Viewer.module.css';

/** Pixels to a point that a printer makes use of: some 200 to the inch. */
const printPixels = 2.8;

const pictureOf = async (pdf: OpenPdf, page: number): Promise<string> => {
  const canvas = document.createElement('canvas');
  await pdf.draw(page, canvas, printPixels);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('a page could not be drawn');
  return URL.createObjectURL(blob);
};

const loaded = (url: string): Promise<void> => {
  const picture = new Image();
  picture.src = url;
  return picture.decode();
};

const drawn = async (pdf: OpenPdf): Promise<readonly string[]> => {
  const urls: string[] = [];
  for (let page = 1; page <= pdf.pages; page += 1) urls.push(await pictureOf(pdf, page));
  return urls;
};

/**
 * Prints a file as pictures of its pages: what is printed is what was seen. Paper, copies and printer are those a document
 * was printed with here the last time.
 */
export function usePrintFile(pdf: OpenPdf | null, pictureUrl: string | null) {
  const setup = usePrintSetup('document');
  usePageSize(setup.settings.paper);
  const [pages, setPages] = useState<readonly string[] | null>(null);
  const [busy, setBusy] = useState(false);
  const run = usePrinting(setup.print);
  useEffect(() => {
    if (pages === null) return;
    const print = async () => {
      await Promise.all(pages.map(loaded));
      await run();
      setPages(null);
    };
    void print();
    return () => {
      for (const url of pages) if (url !== pictureUrl) URL.revokeObjectURL(url);
    };
  }, [pages, pictureUrl]);
  const ready = (pdf !== null || pictureUrl !== null) && setup.printers !== undefined;
  const print = async () => {
    if (!ready || busy || pages !== null) return;
    if (pictureUrl !== null) return setPages([pictureUrl]);
    if (pdf === null) return;
    setBusy(true);
    try {
      setPages(await drawn(pdf));
    } finally {
      setBusy(false);
    }
  };
  const printed: ReactNode =
    pages !== null &&
    createPortal(
      <div className={classes.printed} aria-hidden>
        {pages.map((url) => (
          <img
            key={url}
            src={url}
            alt=""
            className={classes.out}
            data-picture={url === pictureUrl || undefined}
          />
        ))}
      </div>,
      document.body,
    );
  return { setup, ready, printing: busy || pages !== null, print, printed };
}
