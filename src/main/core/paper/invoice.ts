import { typedRate } from '#shared/domain/billing/rate.ts';
import { taxesByRate } from '#shared/domain/billing/taxes.ts';
import { catalogues } from '#shared/i18n/catalogues.ts';
import type { Language } from '#shared/i18n/languages.ts';
import type { Letterhead } from '../letterhead.ts';
import { filled, panelWords } from './panel-words.ts';
import { drawPaper } from './paper.ts';
import type { PaperTable } from './pen.ts';

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

type Words = (typeof catalogues)[Language]['billing']['paper'];
type Rows = PaperTable['rows'];

interface Said {
  readonly words: Words;
  readonly money: (amount: number) => string;
  readonly percent: (rate: number) => string;
  readonly number: (value: string) => string;
}

const lineRows = (lines: readonly PaperLine[], { words, money, percent, number }: Said): Rows =>
  lines.flatMap((line) => [
    {
      cells: [
        line.title,
        number(line.quantity),
        money(line.unitPrice),
        percent(line.taxRate),
        money(line.tax),
        money(line.gross),
      ],
    },
    ...(line.discount > 0
      ? [
          {
            cells: [
              [filled(words.discount, { amount: money(line.discount) }), line.discountReason]
                .filter(Boolean)
                .join(': '),
            ],
          },
        ]
      : []),
  ]);

const totalRows = (paper: InvoicePaper, { words, money, percent }: Said): Rows => {
  const taxes = taxesByRate(paper.lines);
  const sum = (label: string, amount: number, strong = false) => ({
    cells: [label, money(amount)],
    strong,
  });
  return [
    sum(
      words.net,
      taxes.reduce((all, { net }) => all + net, 0),
    ),
    ...taxes
      .filter(({ rate }) => rate > 0)
      .map(({ rate, tax }) => sum(filled(words.taxOf, { rate: percent(rate) }), tax)),
    sum(words.total, paper.total, true),
    ...(paper.payer === null
      ? []
      : [
          sum(filled(words.payerShare, { payer: paper.payer }), paper.payerShare),
          sum(words.patientShare, paper.patientShare),
        ]),
    ...(paper.credited === 0 ? [] : [sum(words.credited, paper.credited)]),
    ...(paper.paid === 0 ? [] : [sum(words.paid, paper.paid)]),
    ...(paper.kind === 'invoice' ? [sum(words.open, paper.open, true)] : []),
  ];
};

/** Draws it as a PDF of A4 pages. */
export const drawInvoice = (paper: InvoicePaper): Promise<Buffer> => {
  const { language, head, currency, kind } = paper;
  const words = catalogues[language].billing.paper;
  const text = panelWords(language, paper.timeZone);
  const said: Said = {
    words,
    money: (amount) => text.money(amount, currency),
    percent: (rate) => `${text.number(typedRate(rate))} %`,
    number: text.number,
  };
  const title = filled(words.title[kind], { number: paper.number });
  const facts: readonly (readonly [string, string | null])[] = [
    [text.paper.patient, paper.patient.name],
    [text.paper.mrn, paper.patient.mrn],
    [text.paper.issued, text.dayAt(paper.issuedAt)],
    [words.corrects, paper.corrects],
    [words.reason, paper.reason],
    [words.payer, paper.payer],
  ];
  return drawPaper({
    language,
    title: paper.copy ? `${title} (${words.copy})` : title,
    keywords: null,
    at: new Date(paper.issuedAt),
    clinic: {
      name: head.name,
      lines: [head.address, head.phone === '' ? '' : filled(text.paper.phone, { phone: head.phone })].filter(
        Boolean,
      ),
    },
    facts: facts.flatMap(([label, fact]) => (fact === null ? [] : [{ label, text: fact }])),
    sections: [
      {
        title: '',
        text: paper.provisional ? words.provisional : '',
        table: {
          columns: [
            { name: words.what, share: 0.34 },
            { name: words.quantity, share: 0.11, right: true },
            { name: words.price, share: 0.16, right: true },
            { name: words.taxRate, share: 0.1, right: true },
            { name: words.tax, share: 0.13, right: true },
            { name: words.amount, share: 0.16, right: true },
          ],
          rows: lineRows(paper.lines, said),
        },
      },
      {
        title: '',
        text: '',
        table: {
          columns: [
            { name: words.sum, share: 0.7 },
            { name: words.amount, share: 0.3, right: true },
          ],
          rows: totalRows(paper, said),
        },
      },
      { title: '', text: words.rounding },
    ],
    signature: null,
    foot: (page, pages) => filled(text.paper.page, { page, pages }),
  });
};
