import { paymentMethods } from './payment.ts';
import type { TillMoney, TillSummary } from './till.ts';

export interface MethodTaking {
  readonly method: string;
  readonly taken: number;
  readonly refunded: number;
}

/** What a counted session comes to; in minor units of one currency. */
export interface TillFigures {
  readonly float: number;
  readonly takings: readonly MethodTaking[];
  readonly cashIn: number;
  readonly cashOut: number;
  readonly expected: number;
  readonly counted: number;
  readonly variance: number;
}

const brings = (kind: TillMoney['kind']): boolean => kind === 'payment' || kind === 'deposit';

/** What came in and went out by each method, cash first; a use of a deposit moves no money. */
export const takingsOf = (money: readonly TillMoney[]): readonly MethodTaking[] => {
  const moved = money.filter(({ kind }) => brings(kind) || kind === 'refund');
  const sum = (method: string, isTaken: boolean) =>
    moved
      .filter((row) => (row.method ?? '') === method && brings(row.kind) === isTaken)
      .reduce((total, { amount }) => total + amount, 0);
  const others = new Set(moved.map(({ method }) => method ?? ''));
  const methods = [...new Set<string>([...paymentMethods, ...[...others].toSorted()])];
  return methods
    .filter((method) => others.has(method))
    .map((method) => ({ method, taken: sum(method, true), refunded: sum(method, false) }));
};

/** The figures of a session that was counted; null before, so that nobody can tell who is about to count. */
export const figuresOf = (summary: TillSummary, money: readonly TillMoney[]): TillFigures | null => {
  const { state, float, cashIn, cashOut, expected, counted, variance } = summary;
  if (state === 'open' || counted === null || variance === null) return null;
  return { float, takings: takingsOf(money), cashIn, cashOut, expected, counted, variance };
};

/** Several sessions of one currency taken together. */
export const totalFigures = (all: readonly TillFigures[]): TillFigures => {
  const sum = (of: (figures: TillFigures) => number) =>
    all.reduce((total, figures) => total + of(figures), 0);
  const takings = all.flatMap((figures) => figures.takings);
  const methods = [...new Set<string>([...paymentMethods, ...takings.map(({ method }) => method)])];
  return {
    float: sum(({ float }) => float),
    takings: methods.flatMap((method) => {
      const rows = takings.filter((row) => row.method === method);
      const add = (of: 'taken' | 'refunded') => rows.reduce((total, row) => total + row[of], 0);
      return rows.length === 0 ? [] : [{ method, taken: add('taken'), refunded: add('refunded') }];
    }),
    cashIn: sum(({ cashIn }) => cashIn),
    cashOut: sum(({ cashOut }) => cashOut),
    expected: sum(({ expected }) => expected),
    counted: sum(({ counted }) => counted),
    variance: sum(({ variance }) => variance),
  };
};

export interface SignedFacts {
  readonly sessionId: string;
  readonly cashierId: string;
  readonly currency: string;
  readonly figures: TillFigures;
  /** How many rows of payments there are, and the first and last number of a receipt. */
  readonly payments: number;
  readonly firstReceipt: string | null;
  readonly lastReceipt: string | null;
}

/** What is signed of a session, always in the same words: its digest tells whether anything has changed since. */
export const canonicalFacts = (facts: SignedFacts): string => {
  const { float, takings, cashIn, cashOut, expected, counted, variance } = facts.figures;
  return JSON.stringify({
    session: facts.sessionId,
    cashier: facts.cashierId,
    currency: facts.currency,
    float,
    takings: takings.map(({ method, taken, refunded }) => [method, taken, refunded]),
    cashIn,
    cashOut,
    expected,
    counted,
    variance,
    payments: facts.payments,
    receipts: [facts.firstReceipt, facts.lastReceipt],
  });
};
