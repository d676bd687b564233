import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { OpenPdf } from './pdf.ts';
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

/** Prints a file as pictures of its pages: what is printed is what was seen. */
export function usePrintFile(pdf: OpenPdf | null, pictureUrl: string | null) {
  const [pages, setPages] = useState<readonly string[] | null>(null);
  useEffect(() => {
    if (pages === null) return;
    const print = async () => {
      await Promise.all(pages.map(loaded));
      window.print();
      setPages(null);
    };
    void print();
    return () => {
      for (const url of pages) if (url !== pictureUrl) URL.revokeObjectURL(url);
    };
  }, [pages, pictureUrl]);
  const print = async () => {
    if (pages !== null) return;
    if (pictureUrl !== null) return setPages([pictureUrl]);
    if (pdf === null) return;
    const drawn: string[] = [];
    for (let page = 1; page <= pdf.pages; page += 1) drawn.push(await pictureOf(pdf, page));
    setPages(drawn);
  };
  const printed: ReactNode =
    pages !== null &&
    createPortal(
      <div className={classes.printed} aria-hidden>
        {pages.map((url) => (
          <img key={url} src={url} alt="" className={classes.out} />
        ))}
      </div>,
      document.body,
    );
  return { ready: pdf !== null || pictureUrl !== null, print, printed };
}
