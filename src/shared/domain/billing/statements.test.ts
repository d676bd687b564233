import { expect, test } from 'vitest';
import { type Books, emptyBooks, type InvoiceLineRow, type InvoiceRow, type PaymentRow } from './books.ts';
import { reconcile, statements } from './statements.ts';
import type { TillEvent } from './till.ts';

const invoice: InvoiceRow = {
  id: 'invoice',
  patientId: 'patient',
  kind: 'invoice',
  corrects: null,
  status: 'issued',
  currency: 'EUR',
  series: 'A',
  fiscalNumber: 1,
  total: 1180,
  payerTotal: 590,
};
const note: InvoiceRow = {
  ...invoice,
  id: 'note',
  kind: 'credit-note',
  corrects: 'invoice',
  fiscalNumber: 2,
  total: -590,
  payerTotal: -295,
};
const line: InvoiceLineRow = {
  id: 'line',
  invoiceId: 'invoice',
  corrects: null,
  unitPrice: 500,
  quantity: '2',
  discount: 0,
  taxRate: 1800,
  net: 1000,
  tax: 180,
  gross: 1180,
  payerShare: 590,
  patientShare: 590,
};
const credit: InvoiceLineRow = {
  ...line,
  id: 'credit',
  invoiceId: 'note',
  corrects: 'line',
  quantity: '-1',
  net: -500,
  tax: -90,
  gross: -590,
  payerShare: -295,
  patientShare: -295,
};
const payment: PaymentRow = {
  id: 'payment',
  patientId: 'patient',
  kind: 'payment',
  invoiceId: 'invoice',
  sourceId: null,
  payerId: null,
  amount: 400,
  currency: 'EUR',
};
const deposit: PaymentRow = { ...payment, id: 'deposit', kind: 'deposit', invoiceId: null };
const use: PaymentRow = { ...payment, id: 'use', kind: 'deposit-use', sourceId: 'deposit', amount: 100 };
const release: PaymentRow = {
  ...payment,
  id: 'release',
  kind: 'deposit-release',
  sourceId: 'use',
  amount: 60,
};
const refund: PaymentRow = { ...payment, id: 'refund', kind: 'refund', sourceId: 'payment', amount: 105 };
const events: readonly TillEvent[] = [
  { kind: 'opened', by: 'innocent', amount: 100 },
  { kind: 'counted', turn: 1, by: 'innocent', amount: 490 },
  { kind: 'approved', turn: 1, by: 'patrick', expected: 500 },
  { kind: 'closed', by: 'innocent' },
];
const money = [{ id: 'payment', kind: 'payment', method: 'cash', amount: 400, currency: 'EUR' }] as const;

const books: Books = {
  invoices: [invoice, note],
  lines: [line, credit],
  payments: [payment, deposit, use, release, refund],
  sessions: [{ id: 'session', currency: 'EUR', events, money }],
  series: [{ series: 'A', after: 0, numbers: [1, 2], last: 2 }],
};

const found = (more: Partial<Books>) =>
  reconcile({ ...books, ...more }).map(({ id, found: what }) => `${id}: ${what}`);
const named = (more: Partial<Books>) =>
  new Set(reconcile({ ...books, ...more }).map(({ statement }) => statement));

test('the statements hold of sound books, of parts of them and of none', () => {
  expect(reconcile(books)).toEqual([]);
  expect(reconcile(emptyBooks)).toEqual([]);
  expect(reconcile({ ...emptyBooks, sessions: books.sessions })).toEqual([]);
  expect(reconcile({ ...emptyBooks, invoices: [{ ...invoice, kind: null, total: 7 }] })).toEqual([]);
});

const lines = (changed: Partial<InvoiceLineRow>) => ({ lines: [{ ...line, ...changed }, credit] });
const credits = (changed: Partial<InvoiceLineRow>) => ({ lines: [line, { ...credit, ...changed }] });
const notes = (changed: Partial<InvoiceRow>) => ({ invoices: [invoice, { ...note, ...changed }] });
const moved = (changed: PaymentRow) => ({
  payments: books.payments.map((row) => (row.id === changed.id ? changed : row)),
});
const session = (...changed: readonly TillEvent[]) => ({
  sessions: [{ id: 'session', currency: 'EUR', events: changed, money }],
});
const [opened, counted, approved, closed] = events as readonly [TillEvent, TillEvent, TillEvent, TillEvent];

const damage: readonly (readonly [Partial<Books>, string])[] = [
  [{ invoices: [{ ...invoice, total: 1181 }, note] }, 'invoice: total 1181, should be 1180'],
  [lines({ tax: 181, gross: 1181, payerShare: 591 }), 'line: tax 181, should be 180'],
  [lines({ net: 999, tax: 181 }), 'line: net 999, should be 1000'],
  [lines({ payerShare: 591 }), 'line: shares 1181, should be 1180'],
  [{ invoices: [{ ...invoice, payerTotal: 591 }, note] }, "invoice: payer's total 591, should be 590"],
  [lines({ payerShare: 1181, patientShare: -1 }), "line: patient's share is -1"],
  [lines({ gross: 1179, patientShare: 589 }), 'line: gross 1179, should be 1180'],
  [lines({ quantity: '0' }), 'line: cannot be: quantity'],
  [lines({ invoiceId: 'lost' }), 'line: is of invoice lost, which is not there'],
  [lines({ corrects: 'credit' }), 'line: corrects a line on no credit note'],
  [credits({ net: -1090, tax: 500 }), 'credit: tax is 500'],
  [credits({ payerShare: -600, patientShare: 10 }), "line: payer's share -10 is left"],
  [credits({ corrects: null }), 'credit: corrects no line'],
  [credits({ corrects: 'lost' }), 'credit: corrects lost, which is not there'],
  [notes({ corrects: null }), 'note: corrects no invoice'],
  [notes({ corrects: 'lost' }), 'note: corrects lost, which is not there'],
  [notes({ corrects: 'note' }), 'note: corrects note and may not'],
  [notes({ patientId: 'other' }), 'note: is of another patient than what it corrects'],
  [notes({ currency: 'RWF' }), 'note: is in RWF, not in EUR'],
  [moved({ ...payment, amount: 0 }), 'payment: amount 0'],
  [moved({ ...payment, amount: 104 }), 'payment: -1 EUR is left'],
  [moved({ ...payment, invoiceId: 'lost' }), 'payment: pays lost, which is not there'],
  [moved({ ...payment, invoiceId: null }), 'payment: names no invoice'],
  [moved({ ...payment, currency: 'RWF' }), 'payment: is in RWF, the invoice in EUR'],
  [moved({ ...payment, patientId: 'other' }), 'payment: pays an invoice of another patient'],
  [moved({ ...use, amount: 461 }), 'deposit: -1 EUR is left'],
  [moved({ ...refund, sourceId: 'lost' }), 'refund: is of lost, which is not there'],
  [moved({ ...refund, sourceId: null }), 'refund: names no source'],
  [moved({ ...refund, sourceId: 'use' }), 'refund: is a refund of a deposit-use'],
  [moved({ ...refund, payerId: 'mutual' }), 'refund: is of another payer than its source'],
  [moved({ ...refund, invoiceId: null }), 'refund: is of another invoice than its source'],
  [moved({ ...refund, currency: 'RWF' }), 'refund: is in RWF, its source in EUR'],
  [moved({ ...refund, patientId: 'other' }), 'refund: is of another patient than its source'],
  [{ series: [{ series: 'A', after: 0, numbers: [1, 3], last: 3 }] }, 'A: 3 comes after 1'],
  [{ series: [{ series: 'A', after: 7, numbers: [8], last: 9 }] }, 'A: 9 were given, 8 is the last there is'],
  [{ series: [{ series: 'A', after: 0, numbers: [], last: 1 }] }, 'A: 1 were given, 0 is the last there is'],
  [{ series: [{ series: 'A', after: 1, numbers: [1], last: null }] }, 'A: 1 comes after 1'],
  [session(counted, approved, closed), 'session: was opened 0 times'],
  [session(opened, counted, approved, closed, closed), 'session: was closed 2 times'],
  [session(opened, closed), 'session: was closed without a count'],
  [session(opened, counted, closed), 'session: was closed with a variance of -10 that nobody accepted'],
  [
    session(opened, { kind: 'counted', turn: 2, by: 'innocent', amount: 500 }),
    'session: count 2 stands where count 1 should',
  ],
  [
    { sessions: [{ id: 'session', currency: 'RWF', events, money }] },
    'session: payment payment is in EUR, the till in RWF',
  ],
  [
    { sessions: [{ id: 'session', currency: 'EUR', events, money: [{ ...money[0], kind: 'deposit-use' }] }] },
    'session: expected 100, should be 500',
  ],
];

test.each(damage)('damage %# is found', (more, said) => {
  expect(found(more)).toContain(said);
});

test('every statement finds something', () => {
  const broken = new Set(damage.flatMap(([more]) => [...named(more)]));
  expect(statements.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
});
