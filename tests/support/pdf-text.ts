import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What somebody can read in a PDF, in the order it is written, with its title and number of pages. */
export const textOfPdf = async (
  bytes: Buffer,
): Promise<{ readonly text: string; readonly pages: number; readonly title: string }> => {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false });
  const document = await task.promise;
  const texts: string[] = [];
  for (let n = 1; n <= document.numPages; n += 1) {
    const page = await document.getPage(n);
    const { items } = await page.getTextContent();
    texts.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
  }
  const { info } = await document.getMetadata();
  const title = 'Title' in info ? String(info.Title) : '';
  const pages = document.numPages;
  await task.destroy();
  return { text: texts.join('\n'), pages, title };
};
