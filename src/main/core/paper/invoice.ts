import { typedRate } from '#shared/domain/billing/rate.ts';
import { type TaxOfRate, taxesByRate } from '#shared/domain/billing/taxes.ts';
import { catalogues } from '#shared/i18n/catalogues.ts';
import type { Language } from '#shared/i18n/languages.ts';
import type { Letterhead } from '../letterhead.ts';
import { filled, panelWords } from './panel-words.ts';
import { openPen, type Pen } from './pen.ts';

/** A line of an invoice or a credit note, in minor units and basis points. */
interface PaperLine {
  readonly title: string;
  readonly quantity: string;
  readonly unitPrice: number;
  readonly discount: number;
  readonly discountReason: string | null;
  readonly net: number;
  readonly taxRate: number;
  readonly tax: number;
  readonly gross: number;
}

/** An invoice or a credit note as it goes to a patient. */
export interface InvoicePaper {
  readonly language: Language;
  readonly timeZone: string;
  readonly head: Letterhead;
  readonly kind: 'invoice' | 'credit-note';
  readonly number: string;
  readonly provisional: boolean;
  /** The invoice a credit note is of. */
  readonly corrects: string | null;
  readonly reason: string | null;
  readonly copy: boolean;
  readonly patient: { readonly name: string; readonly mrn: string };
  readonly payer: string | null;
  readonly issuedAt: string;
  readonly currency: string;
  readonly lines: readonly PaperLine[];
  readonly total: number;
  readonly payerShare: number;
  readonly patientShare: number;
  /** Of an invoice: what credit notes took back (below zero), what was paid, and what is open, of both parts. */
  readonly credited: number;
  readonly paid: number;
  readonly open: number;
}

const parts = [0.37, 0.1, 0.16, 0.1, 0.12, 0.15] as const;
const small = { size: 9 } as const;

const row = (pen: Pen, texts: readonly string[], strong = false): void =>
  pen.row(
    texts.map((text, index) => ({ text, part: parts[index] ?? 0, right: index > 0 })),
    strong ? { ...small, weight: 'strong' } : small,
  );

const sum = (pen: Pen, label: string, amount: string, strong = false): void =>
  pen.row(
    [
      { text: '', part: 0.37 },
      { text: label, part: 0.4 },
      { text: amount, part: 0.23, right: true },
    ],
    { size: 10, ...(strong && { weight: 'strong' as const }) },
  );

/** Draws it as a PDF of A4 pages. */
export const drawInvoice = (paper: InvoicePaper): Promise<Buffer> => {
  const { language, head, lines, currency } = paper;
  const words = catalogues[language].billing.paper;
  const text = panelWords(language, paper.timeZone);
  const money = (amount: number) => text.money(amount, currency);
  const percent = (rate: number) => `${text.number(typedRate(rate))} %`;
  const title = filled(words.title[paper.kind], { number: paper.number });
  const pen = openPen({
    title,
    author: head.name,
    keywords: null,
    language,
    at: new Date(paper.issuedAt),
  });
  const headLines = [head.address, head.phone === '' ? '' : filled(text.paper.phone, { phone: head.phone })];
  pen.write(head.name, { size: 14, weight: 'strong' });
  for (const line of headLines.filter(Boolean)) pen.write(line, { size: 9, grey: true });
  pen.gap(8);
  pen.rule();
  pen.gap(22);
  pen.write(paper.copy ? `${title} · ${words.copy}` : title, { size: 17, weight: 'strong' });
  if (paper.provisional) pen.write(words.provisional, { size: 9.5 });
  pen.gap(10);
  const facts: readonly (readonly [string, string | null])[] = [
    [text.paper.patient, paper.patient.name],
    [text.paper.mrn, paper.patient.mrn],
    [text.paper.issued, text.dayAt(paper.issuedAt)],
    [words.corrects, paper.corrects],
    [words.reason, paper.reason],
    [words.payer, paper.payer],
  ];
  for (const [label, said] of facts) if (said !== null) pen.fact(label, said);
  pen.gap(16);
  row(pen, [words.what, words.quantity, words.price, words.taxRate, words.tax, words.amount], true);
  pen.gap(3);
  pen.rule();
  pen.gap(5);
  for (const line of lines) {
    row(pen, [
      line.title,
      text.number(line.quantity),
      money(line.unitPrice),
      percent(line.taxRate),
      money(line.tax),
      money(line.gross),
    ]);
    if (line.discount > 0)
      pen.write(
        [filled(words.discount, { amount: money(line.discount) }), line.discountReason]
          .filter(Boolean)
          .join(': '),
        { size: 8.5, grey: true },
      );
    pen.gap(3);
  }
  pen.rule();
  pen.gap(8);
  totals(pen, paper, { words, money, percent, taxes: taxesByRate(lines) });
  pen.gap(16);
  pen.write(words.rounding, { size: 8.5, grey: true });
  pen.foot((page, pages) => filled(text.paper.page, { page, pages }));
  return pen.end();
};

interface Said {
  readonly words: (typeof catalogues)[Language]['billing']['paper'];
  readonly money: (amount: number) => string;
  readonly percent: (rate: number) => string;
  readonly taxes: readonly TaxOfRate[];
}

const totals = (pen: Pen, paper: InvoicePaper, { words, money, percent, taxes }: Said): void => {
  pen.keep(120);
  sum(pen, words.net, money(taxes.reduce((all, { net }) => all + net, 0)));
  for (const { rate, tax } of taxes)
    if (rate > 0) sum(pen, filled(words.taxOf, { rate: percent(rate) }), money(tax));
  sum(pen, words.total, money(paper.total), true);
  if (paper.payer !== null) {
    sum(pen, filled(words.payerShare, { payer: paper.payer }), money(paper.payerShare));
    sum(pen, words.patientShare, money(paper.patientShare));
  }
  if (paper.kind === 'credit-note') return;
  if (paper.credited !== 0) sum(pen, words.credited, money(paper.credited));
  if (paper.paid !== 0) sum(pen, words.paid, money(paper.paid));
  sum(pen, words.open, money(paper.open), true);
};
