import { openPen, type PaperTable } from './pen.ts';

export interface Fact {
  readonly label: string;
  readonly text: string;
}

/** What is on a document, in the words of its language. */
export interface Paper {
  readonly language: string;
  readonly title: string;
  readonly keywords: string | null;
  readonly at: Date;
  /** The letter head: the site's name, and its address and phone in lines. */
  readonly clinic: { readonly name: string; readonly lines: readonly string[] };
  /** Who it is about and what it says in one line each. */
  readonly facts: readonly Fact[];
  /** A table is under its text. */
  readonly sections: readonly {
    readonly title: string;
    readonly text: string;
    readonly table?: PaperTable;
  }[];
  /** Null: nobody answers for it with a signature. */
  readonly signature: {
    readonly name: string;
    readonly lines: readonly string[];
    readonly label: string;
  } | null;
  readonly foot: (page: number, pages: number) => string;
}

/** Draws a document as a PDF of A4 pages. */
export const drawPaper = (paper: Paper): Promise<Buffer> => {
  const { language, title, keywords, at, clinic, facts, sections, signature, foot } = paper;
  const pen = openPen({ title, author: signature?.name ?? clinic.name, keywords, language, at });
  pen.write(clinic.name, { size: 14, weight: 'strong' });
  for (const line of clinic.lines) pen.write(line, { size: 9, grey: true });
  pen.gap(8);
  pen.rule();
  pen.gap(22);
  pen.write(title, { size: 17, weight: 'strong' });
  pen.gap(10);
  for (const { label, text } of facts) {
    pen.fact(label, text);
    pen.gap(2);
  }
  pen.gap(12);
  for (const section of sections) {
    // A heading is not left alone at the foot of a page.
    pen.keep(48);
    if (section.title !== '') {
      pen.write(section.title, { size: 11.5, weight: 'strong' });
      pen.gap(2);
    }
    if (section.text !== '') pen.write(section.text, { size: 10.5 });
    if (section.table) pen.table(section.table);
    pen.gap(12);
  }
  if (signature !== null) {
    pen.keep(110);
    pen.gap(44);
    pen.write(signature.name, { size: 10.5, weight: 'strong' });
    for (const line of signature.lines) pen.write(line, { size: 9.5 });
    pen.write(signature.label, { size: 8.5, grey: true });
  }
  pen.foot(foot);
  return pen.end();
};
