import { expect, test } from 'vitest';
import { agingOn } from './aging.ts';
import { type Billed, invoiceOpen, invoiceState, patientBalances } from './balance.ts';
import { depositLeft, type LedgerRow, leftOf, refundable } from './ledger.ts';
import type { LineAmounts } from './line.ts';
import {
  cashChange,
  type MovedMoney,
  recordDeposit,
  recordPayment,
  recordRefund,
  releaseDeposit,
  useDeposit,
} from './payment.ts';

const invoice = { id: 'invoice', status: 'issued', currency: 'EUR' } as const;
const line: LineAmounts = { net: 1000, tax: 0, gross: 1000, payerShare: 600, patientShare: 400 };
const credit: LineAmounts = { net: -1000, tax: 0, gross: -1000, payerShare: -600, patientShare: -400 };

const row = (
  id: string,
  kind: LedgerRow['kind'],
  amount: number,
  more: Partial<LedgerRow> = {},
): LedgerRow => ({
  id,
  kind,
  invoiceId: kind === 'payment' || kind === 'deposit-use' ? 'invoice' : null,
  sourceId: null,
  payerId: null,
  amount,
  currency: 'EUR',
  ...more,
});
const payment = row('p', 'payment', 300);
const refund = row('r', 'refund', 100, { sourceId: 'p' });
const deposit = row('d', 'deposit', 500);
const use = row('u', 'deposit-use', 200, { sourceId: 'd' });
const release = row('l', 'deposit-release', 50, { sourceId: 'u' });
const rows = [release, refund, use, payment, deposit];

const cash = (amount: number, more: Partial<MovedMoney> = {}): MovedMoney => ({
  amount,
  currency: 'EUR',
  method: 'cash',
  reference: null,
  ...more,
});
const said = (checked: { readonly ok: true } | { readonly ok: false; readonly error: string }) =>
  checked.ok ? null : checked.error;

test('what is left of each row is computed from the rows that name it', () => {
  expect([payment, deposit, use, refund, release].map((each) => leftOf(each, rows))).toEqual([
    200, 350, 150, 0, 0,
  ]);
  expect([payment, deposit, use].map((each) => refundable(each, rows))).toEqual([200, 350, 0]);
  expect(depositLeft(rows, 'EUR')).toBe(350);
  expect(depositLeft(rows, 'RWF')).toBe(0);
  const twice = [
    payment,
    row('r1', 'refund', 300, { sourceId: 'p' }),
    row('r2', 'refund', 300, { sourceId: 'p' }),
  ];
  expect(leftOf(payment, twice)).toBe(-300);
  expect(refundable(payment, twice)).toBe(0);
});

test('an invoice is open for the patient and the payer apart', () => {
  const open = (...more: readonly LedgerRow[]) => invoiceOpen(invoice, [line], [], more);
  expect(open()).toEqual({ patient: 400, payer: 600 });
  expect(open(...rows)).toEqual({ patient: 50, payer: 600 });
  expect(open(row('q', 'payment', 700, { payerId: 'mutual' }))).toEqual({ patient: 400, payer: -100 });
  expect(open(row('f', 'payment', 400, { currency: 'RWF' }))).toEqual({ patient: 400, payer: 600 });
  expect(invoiceOpen({ ...invoice, status: 'draft' }, [line], [], [])).toEqual({ patient: 0, payer: 0 });
});

test('the state of an invoice follows from what is open', () => {
  const state = (more: readonly LedgerRow[], credits: readonly LineAmounts[] = []) =>
    invoiceState(invoice, [line], credits, more);
  const both = [row('a', 'payment', 400), row('b', 'payment', 600, { payerId: 'mutual' })];
  expect(state([])).toBe('issued');
  expect(state([row('a', 'payment', 1000)])).toBe('issued');
  expect(state(both)).toBe('balanced');
  expect(state([...both, row('c', 'refund', 1, { sourceId: 'a' })])).toBe('issued');
  expect(state(both, [credit])).toBe('cancelled');
  expect(invoiceState({ ...invoice, status: 'balanced' }, [line], [], [])).toBe('issued');
  for (const status of ['draft', 'cancelled', 'entered-in-error'] as const)
    expect(invoiceState({ ...invoice, status }, [line], [], both)).toBe(status);
});

test('a balance is kept for each currency, credit notes count with their invoice', () => {
  const billed: readonly Billed[] = [
    { ...invoice, corrects: null, lines: [line] },
    { ...invoice, id: 'note', corrects: 'invoice', lines: [credit] },
    { ...invoice, id: 'undone', status: 'draft', corrects: 'invoice', lines: [credit] },
    { ...invoice, id: 'francs', currency: 'RWF', corrects: null, lines: [line] },
  ];
  expect(patientBalances(billed, rows)).toEqual([
    { currency: 'EUR', patient: -350, payer: 0, deposits: 350 },
    { currency: 'RWF', patient: 400, payer: 600, deposits: 0 },
  ]);
});

test('what is open is sorted by its age, and what was paid too much stands apart', () => {
  const aged = (issuedOn: string, open: number, currency = 'EUR') => ({ issuedOn, open, currency });
  const days = [
    '2026-03-31',
    '2026-03-01',
    '2026-02-28',
    '2026-01-30',
    '2026-01-29',
    '2025-12-31',
    '2025-12-30',
  ];
  const open = days.map((day, index) => aged(day, 10 ** index));
  expect(
    agingOn(
      [...open, aged('2026-04-02', 5), aged('2025-01-01', -7), aged('2026-03-31', 3, 'BHD')],
      '2026-03-31',
    ),
  ).toEqual([
    { currency: 'BHD', '0-30': 3, '31-60': 0, '61-90': 0, '91+': 0, overpaid: 0 },
    { currency: 'EUR', '0-30': 16, '31-60': 1100, '61-90': 110_000, '91+': 1_000_000, overpaid: 7 },
  ]);
});

test('money is taken up to what is open, with change and reference', () => {
  const open = { patient: 400, payer: 600 };
  const pay = (money: MovedMoney, payerId: string | null = null) =>
    recordPayment({ ...money, payerId }, invoice, open);
  expect(pay(cash(400, { tendered: 500 }))).toEqual({ ok: true, value: { change: 100 } });
  expect(pay(cash(600), 'mutual')).toEqual({ ok: true, value: { change: 0 } });
  expect(said(pay(cash(401)))).toBe('more-than-remains');
  expect(said(pay(cash(0)))).toBe('zero');
  expect(said(pay(cash(-5)))).toBe('negative');
  expect(said(pay(cash(0.5)))).toBe('amount');
  expect(said(pay(cash(1, { currency: 'RWF' })))).toBe('other-currency');
  expect(said(pay(cash(400, { tendered: 399 })))).toBe('tendered-too-little');
  expect(said(pay(cash(1, { method: 'card' })))).toBe('reference-required');
  expect(said(pay(cash(1, { method: 'mobile-money', reference: ' ' })))).toBe('reference-required');
  expect(pay(cash(1, { method: 'card', reference: '4711', tendered: 5 }))).toMatchObject({
    value: { change: 0 },
  });
  expect(said(recordPayment({ ...cash(1), payerId: null }, { ...invoice, status: 'draft' }, open))).toBe(
    'not-issued',
  );
  expect(said(recordDeposit(cash(2_000_000_001)))).toBe('too-much');
  expect(recordDeposit(cash(1, { tendered: 1.5 }))).toEqual({ ok: false, error: 'amount' });
  expect(cashChange(5, 4)).toEqual({ ok: false, error: 'tendered-too-little' });
});

test('a refund, a use and a release take no more than there is', () => {
  const open = { patient: 100, payer: 0 };
  expect(said(recordRefund(cash(200), payment, rows))).toBeNull();
  expect(said(recordRefund(cash(201), payment, rows))).toBe('more-than-remains');
  expect(said(recordRefund(cash(350), deposit, rows))).toBeNull();
  expect(said(recordRefund(cash(351), deposit, rows))).toBe('more-than-remains');
  expect(said(recordRefund(cash(1), use, rows))).toBe('no-source');
  expect(said(recordRefund(cash(1, { currency: 'RWF' }), payment, rows))).toBe('other-currency');
  expect(said(recordRefund(cash(1, { method: 'card' }), payment, rows))).toBe('reference-required');
  const using = (amount: number, of = deposit) => said(useDeposit(cash(amount), of, rows, invoice, open));
  expect([using(100), using(101), using(351), using(1, payment)]).toEqual([
    null,
    'more-than-remains',
    'more-than-remains',
    'no-source',
  ]);
  expect(said(useDeposit(cash(1), deposit, rows, { ...invoice, status: 'cancelled' }, open))).toBe(
    'not-issued',
  );
  const releasing = (amount: number, of = use) => said(releaseDeposit(cash(amount), of, rows));
  expect([releasing(150), releasing(151), releasing(0), releasing(1, deposit)]).toEqual([
    null,
    'more-than-remains',
    'zero',
    'no-source',
  ]);
});
