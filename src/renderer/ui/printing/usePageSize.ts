import { useEffect } from 'react';
import { type Paper, sizeOf } from '#shared/domain/printing/paper.ts';

/** The paper's size for the printer: what prints reads it from the page. */
export function usePageSize(paper: Paper): void {
  useEffect(() => {
    const { width, height } = sizeOf[paper];
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`@page { size: ${width}mm ${height}mm; margin: 0; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    };
  }, [paper]);
}
