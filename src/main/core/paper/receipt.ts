import {
  type Account,
  accountAt,
  accountOf,
  type InvoiceRow,
  numberOf,
  openOf,
  type PaymentRow,
} from '#main/core/account.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import { letterheadOf } from '#main/core/letterhead.ts';
import { goingOn } from '#main/data/local/merged.ts';
import { localDb } from '#main/data/local/query.ts';
import { patientBalances } from '#shared/domain/billing/balance.ts';
import type { ReceiptPaper } from '#shared/domain/printing/paper.ts';
import { type Language, languages } from '#shared/i18n/languages.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';
import { filled, type PanelWords, panelWords } from './panel-words.ts';
import { openPen } from './pen.ts';

type Deps = Pick<FeatureDeps, 'store' | 'settings' | 'home' | 'clock'>;
type Fact = readonly [label: string, text: string];

interface Asked {
  readonly paper: ReceiptPaper;
  readonly language: Language;
  readonly copy: boolean;
}

/** The patient's own language where we have its words, else the one that is asked for. */
export const languageFor = (patient: Pick<LocalRowOf<'patient'>, 'language'>, asked: Language): Language => {
  const own = patient.language?.split('-')[0];
  return (Object.keys(languages) as Language[]).find((known) => known === own) ?? asked;
};

const rowOf = <T extends 'payment' | 'invoice' | 'patient' | 'staff_account' | 'organization'>(
  { store }: Deps,
  table: T,
  id: string | null,
): LocalRowOf<T> | undefined =>
  id === null
    ? undefined
    : store.get<LocalRowOf<T>>(
        localDb
          .selectFrom(table as 'payment')
          .selectAll()
          .where('id', '=', id) as never,
      );

const moneyFacts = (row: PaymentRow, { paper, money }: PanelWords): readonly Fact[] => {
  const { receipt } = paper;
  const method = receipt.methods[row.method as keyof typeof receipt.methods] ?? row.method;
  return [
    [row.kind === 'refund' ? receipt.givenBack : receipt.amount, money(row.amount, row.currency)],
    [receipt.method, method],
    ...(row.reference === null ? [] : [[receipt.reference, row.reference] as const]),
    ...(row.tendered === null
      ? []
      : ([
          [receipt.tendered, money(row.tendered, row.currency)],
          [receipt.change, money(row.tendered - row.amount, row.currency)],
        ] as const)),
  ];
};

/** How it stood once this was paid; what was paid too much and what is left of deposits is said as what it is. */
const standingFacts = (row: PaymentRow, account: Account, { paper, money }: PanelWords): readonly Fact[] => {
  const { receipt } = paper;
  const invoice = openOf(account).find(({ id }) => id === row.invoice_id);
  const balance = patientBalances(account.billed, account.ledger).find(
    ({ currency }) => currency === row.currency,
  );
  const said = (amount: number): string =>
    amount < 0
      ? filled(receipt.overpaid, { amount: money(-amount, row.currency) })
      : money(amount, row.currency);
  return [
    ...(invoice === undefined ? [] : [[receipt.openOfInvoice, said(invoice.open.patient)] as const]),
    [receipt.openInAll, said(balance?.patient ?? 0)],
    ...((balance?.deposits ?? 0) === 0
      ? []
      : [[receipt.deposits, money(balance?.deposits ?? 0, row.currency)] as const]),
  ];
};

const invoiceText = (invoice: InvoiceRow, { paper }: PanelWords): string => {
  const { number, provisional } = numberOf(invoice);
  return provisional ? filled(paper.provisional, { number }) : number;
};

const subjectFacts = (deps: Deps, row: PaymentRow, words: PanelWords): readonly Fact[] => {
  const { paper } = words;
  const patient = rowOf(
    deps,
    'patient',
    goingOn(deps.store, [row.patient_id]).get(row.patient_id) ?? row.patient_id,
  );
  const invoice = rowOf(deps, 'invoice', row.invoice_id);
  const source = rowOf(deps, 'payment', row.source_id);
  const payer = rowOf(deps, 'organization', row.payer_id);
  const isDeposit = (source ?? row).kind === 'deposit';
  return [
    [paper.patient, [patient?.given, patient?.family].filter(Boolean).join(' ')],
    [paper.mrn, patient?.mrn ?? ''],
    [paper.receipt.at, words.timeAt(row.paid_at)],
    ...(invoice === undefined ? [] : [[paper.receipt.invoice, invoiceText(invoice, words)] as const]),
    ...(isDeposit ? [[paper.receipt.for, paper.receipt.deposit] as const] : []),
    ...(source?.receipt_number ? [[paper.receipt.of, source.receipt_number] as const] : []),
    ...(payer === undefined ? [] : [[paper.receipt.payer, payer.name] as const]),
  ];
};

/**
 * The receipt of a row that moved money, as a PDF: a roll of 80 mm or a sheet. The balance is that of its moment, so that a copy says
 * the same.
 */
export const drawReceipt = async (
  deps: Deps,
  row: PaymentRow,
  { paper: sheet, language, copy }: Asked,
): Promise<Buffer> => {
  const words = panelWords(language, deps.home().timeZone);
  const { paper } = words;
  const { receipt } = paper;
  const head = letterheadOf(deps.store, deps.settings, row.location_id);
  const title = filled(row.kind === 'refund' ? receipt.refundTitle : receipt.title, {
    number: row.receipt_number ?? '',
  });
  const pen = openPen({
    title,
    author: head.name,
    keywords: null,
    language,
    at: new Date(deps.clock.now()),
    sheet,
  });
  pen.write(head.name, { size: 14, weight: 'strong' });
  for (const line of [head.address, head.phone && filled(paper.phone, { phone: head.phone })].filter(Boolean))
    pen.write(line, { size: 9, grey: true });
  pen.gap(8);
  pen.rule();
  pen.gap(12);
  pen.write(title, { size: 15, weight: 'strong' });
  if (copy) pen.write(receipt.copy, { size: 12, weight: 'strong' });
  pen.gap(8);
  const account = accountAt(accountOf(deps.store, row.patient_id), row);
  const facts = [
    subjectFacts(deps, row, words),
    moneyFacts(row, words),
    [
      ...(row.reason === null ? [] : [[receipt.reason, row.reason] as const]),
      ...standingFacts(row, account, words),
    ],
  ];
  for (const group of facts) {
    for (const [label, text] of group) pen.fact(label, text);
    pen.gap(8);
  }
  const by = rowOf(deps, 'staff_account', row.recorded_by);
  if (by) pen.write(filled(receipt.by, { name: by.display_name }), { size: 9 });
  if (row.kind === 'refund' && deps.store.certainty('payment', row.id) !== 'confirmed')
    pen.write(receipt.unconfirmed, { size: 9 });
  if (row.kind === 'refund') {
    pen.gap(30);
    pen.write(receipt.received, { size: 9, grey: true });
  }
  pen.foot((page, pages) => (pages > 1 ? filled(paper.page, { page, pages }) : ''));
  return pen.end();
};

/** What no file system takes in a name. */
export const fileName = (number: string): string => number.replaceAll(/[^\w.-]+/g, '-');

export const receiptFile = (bytes: Buffer, row: PaymentRow, language: Language) => {
  const { paper } = panelWords(language, 'UTC');
  return {
    name: filled(paper.receipt.file, { number: fileName(row.receipt_number ?? row.id) }),
    contentType: 'application/pdf',
    data: bytes.toString('base64'),
  };
};
