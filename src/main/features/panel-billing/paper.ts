import { type Account, amountsOf, linesOf, type PaymentRow } from '#main/core/account.ts';
import { letterheadOf } from '#main/core/letterhead.ts';
import { filled, type PanelWords, panelWords } from '#main/core/paper/panel-words.ts';
import { drawPaper } from '#main/core/paper/paper.ts';
import type { PanelDeps } from '#main/core/released.ts';
import type { PanelInvoice } from '#shared/contract/panel-billing.ts';
import { sumOfLines } from '#shared/domain/billing/line.ts';
import type { Language } from '#shared/i18n/languages.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';

interface Bill {
  readonly invoice: PanelInvoice;
  readonly patient: LocalRowOf<'patient'>;
  readonly account: Account;
}

const linesText = (deps: PanelDeps, { id, currency }: PanelInvoice, { paper, money }: PanelWords): string => {
  const lines = linesOf(deps.store, id);
  if (lines.length === 0) return paper.noLines;
  const { tax, payerShare, patientShare } = sumOfLines(lines.map(amountsOf));
  const said = lines.map(({ title, quantity, unit_price: unitPrice, discount, gross }) => {
    const off = discount === 0 ? '' : `, ${filled(paper.discount, { amount: money(discount, currency) })}`;
    return `${title}: ${quantity} × ${money(unitPrice, currency)}${off}: ${money(gross, currency)}`;
  });
  const sums = [
    tax === 0 ? '' : `${paper.tax}: ${money(tax, currency)}`,
    payerShare === 0 ? '' : `${paper.byPayer}: ${money(payerShare, currency)}`,
    payerShare === 0 ? '' : `${paper.yourPart}: ${money(patientShare, currency)}`,
  ].filter(Boolean);
  return [...said, ...sums].join('\n');
};

const paymentText = (row: PaymentRow, { paper, money, dayAt }: PanelWords): string => {
  const { receipt } = paper;
  const isBack = row.kind === 'refund' || row.kind === 'deposit-release';
  const method = receipt.methods[row.method as keyof typeof receipt.methods] ?? row.method;
  const amount = money(row.amount, row.currency);
  const number =
    row.receipt_number === null ? '' : ` (${filled(receipt.title, { number: row.receipt_number })})`;
  return `${dayAt(row.paid_at)}: ${isBack ? receipt.givenBack : paper.paid} ${amount}, ${method}${number}`;
};

/** An invoice as its patient takes it home: what it is made of, and what was paid of it. */
export const drawInvoice = (
  deps: PanelDeps,
  { invoice, patient, account }: Bill,
  language: Language,
): Promise<Buffer> => {
  const words = panelWords(language, deps.home().timeZone);
  const { paper, money } = words;
  const head = letterheadOf(deps.store, deps.settings, deps.store.workstation()?.locationId ?? null);
  const { number, provisional, status, total, currency, issuedAt, open } = invoice;
  const payments = account.payments
    .filter((row) => row.invoice_id === invoice.id)
    .toSorted((a, b) => (a.paid_at < b.paid_at ? -1 : 1));
  const facts = [
    [paper.patient, [patient.given, patient.family].filter(Boolean).join(' ')],
    [paper.mrn, patient.mrn],
    [paper.number, provisional ? filled(paper.provisional, { number }) : number],
    [paper.issued, words.dayAt(issuedAt)],
    [paper.status, paper.invoiceStatus[status]],
    [paper.total, money(total, currency)],
    [open < 0 ? paper.overpaid : paper.open, money(Math.abs(open), currency)],
  ] as const;
  return drawPaper({
    language,
    title: filled(paper.invoice, { number }),
    keywords: null,
    at: new Date(deps.clock.now()),
    clinic: {
      name: head.name,
      lines: [head.address, head.phone === '' ? '' : filled(paper.phone, { phone: head.phone })].filter(
        Boolean,
      ),
    },
    facts: facts.map(([label, text]) => ({ label, text })),
    sections: [
      { title: paper.lines, text: linesText(deps, invoice, words) },
      {
        title: paper.payments,
        text: payments.map((row) => paymentText(row, words)).join('\n') || paper.noPayments,
      },
    ],
    signature: null,
    foot: (page, pages) => filled(paper.page, { page, pages }),
  });
};
