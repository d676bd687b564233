import PDFDocument from 'pdfkit';
import { fontFile, type Run, runsOf, type Weight } from './letters.ts';

interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly side: number;
  readonly top: number;
  readonly bottom: number;
  /** How wide the labels of facts are. */
  readonly label: number;
  /** How much smaller letters are than on A4. */
  readonly scale: number;
}

/** What is drawn on, in PostScript points: A4, and a roll of 80 mm that is cut after 200 mm. */
const sheets = {
  a4: { width: 595.28, height: 841.89, side: 62, top: 56, bottom: 64, label: 150, scale: 1 },
  'roll-80': { width: 226.77, height: 566.93, side: 12, top: 12, bottom: 26, label: 78, scale: 0.8 },
} as const satisfies Readonly<Record<string, Sheet>>;

export interface Style {
  readonly size: number;
  readonly weight?: Weight;
  readonly grey?: boolean;
}

interface Word {
  readonly runs: readonly Run[];
  readonly width: number;
}

export interface PdfFacts {
  readonly title: string;
  readonly author: string;
  readonly keywords: string | null;
  readonly language: string;
  readonly at: Date;
  /** A4 where nothing is said. */
  readonly sheet?: keyof typeof sheets;
}

/** A table over the whole width; `share` is the part of it a column takes, all of them 1. Its head is on every page. */
export interface PaperTable {
  readonly columns: readonly { readonly name: string; readonly share: number; readonly right?: boolean }[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly strong?: boolean }[];
}

/** Writes down a page from top to bottom, and goes on to the next one by itself. */
export interface Pen {
  /** A text over the whole width, or from `x` on, in its own lines. */
  write(text: string, style: Style, at?: { readonly x?: number; readonly width?: number }): void;
  /** The label beside what it names. */
  fact(label: string, text: string): void;
  table(table: PaperTable): void;
  gap(points: number): void;
  rule(): void;
  /** Begins a new page unless so much of this one is left. */
  keep(points: number): void;
  /** At the bottom of every page. */
  foot(text: (page: number, pages: number) => string): void;
  end(): Promise<Buffer>;
}

const spread = 1.45;

export const openPen = ({ title, author, keywords, language, at, sheet = 'a4' }: PdfFacts): Pen => {
  const page: Sheet = sheets[sheet];
  const margin = { left: page.side, right: page.side, top: page.top, bottom: page.bottom };
  const textWidth = page.width - margin.left - margin.right;
  const sized = (style: Style): Style => ({ ...style, size: style.size * page.scale });
  const doc = new PDFDocument({
    size: [page.width, page.height],
    margins: { ...margin, bottom: 0 },
    bufferPages: true,
    lang: language,
    displayTitle: true,
    info: { Title: title, Author: author, CreationDate: at, ...(keywords && { Keywords: keywords }) },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<Buffer>((resolve) => doc.on('end', () => resolve(Buffer.concat(chunks))));
  const opened = new Set<string>();
  let y: number = margin.top;

  const useFont = (font: string, size: number) => {
    if (!opened.has(font)) {
      doc.registerFont(font, fontFile(font));
      opened.add(font);
    }
    doc.font(font).fontSize(size);
  };
  // Shaping a word takes longer than finding it again, and the same ones come again and again.
  const widths = new Map<string, number>();
  const widthOf = (runs: readonly Run[], size: number): number =>
    runs.reduce((sum, { font, text }) => {
      const name = `${font} ${size} ${text}`;
      const known = widths.get(name);
      if (known !== undefined) return sum + known;
      useFont(font, size);
      const width = doc.widthOfString(text);
      widths.set(name, width);
      return sum + width;
    }, 0);
  const word = (text: string, { size, weight = 'plain' }: Style): Word => {
    const runs = runsOf(text, weight);
    return { runs, width: widthOf(runs, size) };
  };
  /** A word that is wider than the line is cut where the line ends. */
  const fitting = (text: string, style: Style, width: number): readonly Word[] => {
    const whole = word(text, style);
    if (whole.width <= width) return [whole];
    const letters = Array.from(text);
    let fits = letters.length - 1;
    while (fits > 1 && word(letters.slice(0, fits).join(''), style).width > width) fits -= 1;
    return [
      word(letters.slice(0, fits).join(''), style),
      ...fitting(letters.slice(fits).join(''), style, width),
    ];
  };
  const linesOf = (text: string, style: Style, width: number): readonly string[] => {
    const space = word(' ', style).width;
    return text.split('\n').flatMap((paragraph) => {
      const lines: string[] = [];
      let line = '';
      let used = 0;
      const words = paragraph.replaceAll('\t', ' ').split(' ');
      for (const one of words.flatMap((each) => fitting(each, style, width))) {
        const piece = one.runs.map((run) => run.text).join('');
        if (line !== '' && used + space + one.width > width) {
          lines.push(line);
          line = '';
          used = 0;
        }
        used += one.width + (line === '' ? 0 : space);
        line = line === '' ? piece : `${line} ${piece}`;
      }
      return [...lines, line];
    });
  };
  const keep = (points: number) => {
    if (y + points <= page.height - margin.bottom) return;
    doc.addPage();
    y = margin.top;
  };
  const drawLine = (line: string, style: Style, x: number, top: number) => {
    doc.fillColor(style.grey ? '#555' : '#000');
    let from = x;
    for (const run of runsOf(line, style.weight ?? 'plain')) {
      useFont(run.font, style.size);
      doc.text(run.text, from, top, { lineBreak: false });
      from += doc.widthOfString(run.text);
    }
  };
  const write: Pen['write'] = (text, asked, { x = margin.left, width = textWidth } = {}) => {
    const style = sized(asked);
    const height = style.size * spread;
    for (const line of linesOf(text, style, width)) {
      keep(height);
      drawLine(line, style, x, y);
      y += height;
    }
  };
  const rule = () => {
    doc
      .lineWidth(0.6)
      .strokeColor('#999')
      .moveTo(margin.left, y)
      .lineTo(page.width - margin.right, y)
      .stroke();
  };
  const columnGap = 8;
  /** Cells side by side, of which none is parted by the end of a page; `again` comes first on a new one. */
  const row = (
    cells: readonly string[],
    columns: PaperTable['columns'],
    style: Style,
    again?: () => void,
  ) => {
    const height = style.size * spread;
    const laid = columns.map(({ share }, at) =>
      linesOf(cells[at] ?? '', style, share * textWidth - columnGap),
    );
    const tall = Math.max(...laid.map(({ length }) => length)) * height;
    if (y + tall > page.height - margin.bottom) {
      keep(tall);
      again?.();
    }
    let left: number = margin.left;
    for (const [at, { share, right }] of columns.entries()) {
      for (const [n, line] of (laid[at] ?? []).entries()) {
        const indent = right ? share * textWidth - columnGap - word(line, style).width : 0;
        drawLine(line, style, left + indent, y + n * height);
      }
      left += share * textWidth;
    }
    y += tall;
  };
  const labelWidth = page.label;
  return {
    write,
    keep,
    table: ({ columns, rows }) => {
      const head = () => {
        row(
          columns.map(({ name }) => name),
          columns,
          { size: 8.5, grey: true },
        );
        y += 2;
        rule();
        y += 4;
      };
      keep(60);
      head();
      for (const { cells, strong } of rows)
        row(cells, columns, { size: 9.5, ...(strong && { weight: 'strong' as const }) }, head);
    },
    fact: (label, text) => {
      const size = 10.5;
      keep(size * page.scale * spread);
      const top = y;
      const first = doc.bufferedPageRange().count;
      write(label, { size, grey: true }, { width: labelWidth - 12 * page.scale });
      const below = y;
      y = top;
      write(text, { size }, { x: margin.left + labelWidth, width: textWidth - labelWidth });
      if (doc.bufferedPageRange().count === first) y = Math.max(y, below);
    },
    gap: (points) => {
      y += points * page.scale;
    },
    rule,
    foot: (text) => {
      const { count } = doc.bufferedPageRange();
      for (let index = 0; index < count; index += 1) {
        doc.switchToPage(index);
        drawLine(
          text(index + 1, count),
          sized({ size: 8.5, grey: true }),
          margin.left,
          page.height - margin.bottom * 0.625,
        );
      }
    },
    end: () => {
      doc.end();
      return ended;
    },
  };
};
