import type { Result } from '#shared/kernel/result.ts';
import { mostAmount } from '../prices/money.ts';
import { isIssued, type KeptInvoice, type Open } from './balance.ts';
import { type LedgerRow, leftOf, refundable } from './ledger.ts';

/** How money moves. What is not cash is traced by the reference of the terminal, the operator, the bank or the cheque. */
export const paymentMethods = ['cash', 'card', 'mobile-money', 'bank-transfer', 'cheque'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** Whether a payment of this kind needs its reference written down. */
export const needsReference = (method: PaymentMethod): boolean => method !== 'cash';

/** How money may be given back that came so: the way it came, or in cash. */
export const refundMethods = (paidBy: string): readonly PaymentMethod[] =>
  paymentMethods.filter((method) => method === paidBy || method === 'cash');

export type MoneyProblem =
  | 'amount'
  | 'negative'
  | 'zero'
  | 'too-much'
  | 'other-currency'
  | 'more-than-remains'
  | 'reference-required'
  | 'tendered-too-little'
  | 'not-issued'
  | 'no-source';

/** Money that is to be taken or given back. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** Money that moves. `tendered`: the cash that was handed over; null where it was not counted, and for what is not cash. */
export interface MovedMoney extends Money {
  readonly method: PaymentMethod;
  readonly reference: string | null;
  readonly tendered?: number | null;
}

const amountProblem = (amount: number): MoneyProblem | null => {
  if (!Number.isSafeInteger(amount)) return 'amount';
  if (amount < 0) return 'negative';
  if (amount === 0) return 'zero';
  return amount > mostAmount ? 'too-much' : null;
};

const withinProblem = (money: Money, left: Money): MoneyProblem | null => {
  if (money.currency !== left.currency) return 'other-currency';
  return money.amount > left.amount ? 'more-than-remains' : null;
};

/** What is given back of the cash that was handed over for an amount. */
export const cashChange = (amount: number, tendered: number): Result<number, 'tendered-too-little'> =>
  tendered < amount ? { ok: false, error: 'tendered-too-little' } : { ok: true, value: tendered - amount };

const movedProblem = ({ method, reference, tendered = null, amount }: MovedMoney): MoneyProblem | null => {
  if (needsReference(method) && (reference ?? '').trim() === '') return 'reference-required';
  if (method !== 'cash' || tendered === null) return null;
  if (!Number.isSafeInteger(tendered)) return 'amount';
  const change = cashChange(amount, tendered);
  return change.ok ? null : change.error;
};

/** The change of a payment that was checked. */
export interface Taken {
  readonly change: number;
}

const taken = (
  { method, amount, tendered = null }: MovedMoney,
  problem: MoneyProblem | null,
): Result<Taken, MoneyProblem> =>
  problem === null
    ? { ok: true, value: { change: method === 'cash' && tendered !== null ? tendered - amount : 0 } }
    : { ok: false, error: problem };

const checked = (problem: MoneyProblem | null): Result<null, MoneyProblem> =>
  problem === null ? { ok: true, value: null } : { ok: false, error: problem };

/**
 * Whether money can be taken for an invoice of which so much is open; what is more than open is a deposit. `payerId` null: the
 * patient pays their part.
 */
export const recordPayment = (
  money: MovedMoney & { readonly payerId: string | null },
  invoice: KeptInvoice,
  open: Open,
): Result<Taken, MoneyProblem> => {
  if (!isIssued(invoice)) return { ok: false, error: 'not-issued' };
  const amount = money.payerId === null ? open.patient : open.payer;
  const problem =
    amountProblem(money.amount) ??
    withinProblem(money, { amount, currency: invoice.currency }) ??
    movedProblem(money);
  return taken(money, problem);
};

/** Whether a deposit can be taken. */
export const recordDeposit = (money: MovedMoney): Result<Taken, MoneyProblem> =>
  taken(money, amountProblem(money.amount) ?? movedProblem(money));

/** Whether so much can be given back of a payment or a deposit; `rows` are those of the patient. */
export const recordRefund = (
  money: MovedMoney,
  source: LedgerRow,
  rows: readonly LedgerRow[],
): Result<null, MoneyProblem> => {
  if (source.kind !== 'payment' && source.kind !== 'deposit') return { ok: false, error: 'no-source' };
  const left = { amount: refundable(source, rows), currency: source.currency };
  return checked(
    amountProblem(money.amount) ?? withinProblem(money, left) ?? movedProblem({ ...money, tendered: null }),
  );
};

/** Whether so much of a deposit can pay the patient's part of an invoice of which so much is open. */
export const useDeposit = (
  money: Money,
  deposit: LedgerRow,
  rows: readonly LedgerRow[],
  invoice: KeptInvoice,
  open: Open,
): Result<null, MoneyProblem> => {
  if (deposit.kind !== 'deposit') return { ok: false, error: 'no-source' };
  if (!isIssued(invoice)) return { ok: false, error: 'not-issued' };
  const left = { amount: refundable(deposit, rows), currency: deposit.currency };
  return checked(
    amountProblem(money.amount) ??
      withinProblem(money, left) ??
      withinProblem(money, { amount: open.patient, currency: invoice.currency }),
  );
};

/** Whether so much of a deposit that paid an invoice can go back to the deposit. */
export const releaseDeposit = (
  money: Money,
  use: LedgerRow,
  rows: readonly LedgerRow[],
): Result<null, MoneyProblem> => {
  if (use.kind !== 'deposit-use') return { ok: false, error: 'no-source' };
  const left = { amount: leftOf(use, rows), currency: use.currency };
  return checked(amountProblem(money.amount) ?? withinProblem(money, left));
};
