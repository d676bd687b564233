import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { addDays } from '#shared/kernel/calendar.ts';
import { ageBuckets, agingOn } from './aging.ts';
import { openInvoices, patientBalances } from './balance.ts';
import type { Books } from './books.ts';
import { type Credited, creditLine, type IssuedLine, remainsOf } from './credit.ts';
import { beginHistory, booksOf, type History, type Step } from './history.ts';
import { acts, type StepKind } from './history-acts.ts';
import { discountOf, lineAmounts, priceOf } from './line.ts';
import { reconcile } from './statements.ts';
import { tillSummary } from './till.ts';

/** Currencies with 0, 2 and 3 digits after the point. */
const currencies = ['RWF', 'EUR', 'BHD'] as const;

const cases = new Map<string, number>();
const counted = (what: string, times = 1) => cases.set(what, (cases.get(what) ?? 0) + times);
afterAll(() => {
  const told = [...cases].map(([what, times]) => `${times} ${what}`);
  process.stdout.write(`billing: ${told.join(', ')}\n`);
});

const amount = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1_000_000 }));
const quantity = fc
  .integer({ min: 1, max: 20_000 })
  .map((n) => `${Math.floor(n / 1000)}.${String(n % 1000).padStart(3, '0')}`);
const rate = fc.oneof(fc.constantFrom(0, 1, 3333, 5000, 9999, 10_000), fc.integer({ min: 0, max: 10_000 }));
const terms = fc
  .record({ unitPrice: amount, quantity, taxRate: rate, coverRate: rate, discountRate: rate })
  .map(({ discountRate, ...given }) => ({
    ...given,
    discount: discountOf(given.unitPrice, given.quantity, discountRate),
  }));

/** Whether `rounded` is `above / below` in whole units, a half rounded up: none of these is negative. */
const isNearest = (rounded: number, above: bigint, below: bigint) => {
  const twice = 2n * (BigInt(rounded) * below - above);
  return twice <= below && twice > -below;
};

test('a line is nowhere more than half a unit from what it is exactly, and its parts make it up', () => {
  fc.assert(
    fc.property(terms, (given) => {
      const line = lineAmounts(given);
      if (!line.ok) throw new Error(line.error);
      const { net, tax, gross, payerShare, patientShare } = line.value;
      const thousandths = BigInt(given.quantity.replace('.', ''));
      expect(isNearest(net + given.discount, BigInt(given.unitPrice) * thousandths, 1000n)).toBe(true);
      expect(isNearest(tax, BigInt(net) * BigInt(given.taxRate), 10_000n)).toBe(true);
      expect(isNearest(payerShare, BigInt(gross) * BigInt(given.coverRate), 10_000n)).toBe(true);
      expect([net + tax, payerShare + patientShare]).toEqual([gross, gross]);
      expect(Math.min(net, tax, payerShare, patientShare)).toBeGreaterThanOrEqual(0);
      expect(given.discount).toBeLessThanOrEqual(priceOf(given.unitPrice, given.quantity));
      counted('lines');
    }),
    { numRuns: 2000 },
  );
});

const credited: fc.Arbitrary<Credited> = fc.oneof(
  { weight: 4, arbitrary: amount.map((most) => ({ amount: most })) },
  { weight: 4, arbitrary: quantity.map((some) => ({ quantity: some })) },
  { weight: 1, arbitrary: fc.constant('rest' as const) },
);
const nothing = { quantity: '0', net: 0, tax: 0, gross: 0, payerShare: 0, patientShare: 0 };
const leastPart = ({ net, tax, gross, payerShare, patientShare }: IssuedLine) =>
  Math.min(net, tax, gross, payerShare, patientShare);

test('credits of a line, however many, never take more of anything, and the last leaves nothing', () => {
  fc.assert(
    fc.property(terms, fc.array(credited, { maxLength: 8 }), (given, wanted) => {
      const amounts = lineAmounts(given);
      if (!amounts.ok) throw new Error(amounts.error);
      const line: IssuedLine = { quantity: given.quantity, ...amounts.value };
      const credits: IssuedLine[] = [];
      for (const next of [...wanted, 'rest' as const]) {
        const before = remainsOf(line, credits);
        const credit = creditLine(line, credits.toReversed(), next);
        if (!credit.ok) {
          counted(`credits refused (${credit.error})`);
          continue;
        }
        credits.push(credit.value);
        expect(leastPart(remainsOf(line, credits))).toBeGreaterThanOrEqual(0);
        if (next !== 'rest' && 'amount' in next) expect(credit.value.gross).toBe(-next.amount);
        expect(credit.value.net + credit.value.tax).toBe(credit.value.gross);
        expect(credit.value.payerShare + credit.value.patientShare).toBe(credit.value.gross);
        expect(Math.abs(credit.value.gross)).toBeLessThanOrEqual(before.gross);
        counted('credits');
      }
      expect(remainsOf(line, credits)).toEqual(nothing);
    }),
    { numRuns: 1000 },
  );
});

const kinds = [...(Object.keys(acts) as (keyof typeof acts)[]), 'meet'] as const;
const often: readonly StepKind[] = [
  'issue',
  'issue',
  'pay',
  'pay',
  'refund',
  'refund',
  'credit',
  'use',
  'deposit',
];
const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(...kinds, ...often),
  desk: fc.nat(1),
  numbers: fc.array(fc.nat(10_000_000), { minLength: 24, maxLength: 24 }),
});
const currency = fc.constantFrom(...currencies);
const steps = fc.array(step, { minLength: 20, maxLength: 80, size: 'max' });

const played = (steps: readonly Step[], code: string): History => {
  let made = 0;
  const newId = () => {
    made += 1;
    return `row ${made}`;
  };
  const history = beginHistory({
    currency: code,
    patients: ['ada', 'ben'],
    payer: 'mutual',
    cashiers: ['innocent', 'josiane'],
    supervisor: 'patrick',
    newId,
  });
  for (const one of steps) history.play(one);
  history.settle();
  return history;
};

const byId = (one: { readonly id: string }, other: { readonly id: string }) => (one.id < other.id ? -1 : 1);

/** All that is computed of the books, whatever the order of their rows. */
const derived = ({ invoices, lines, payments, sessions }: Books) => {
  const ownLines = Map.groupBy(lines, ({ invoiceId }) => invoiceId);
  const patients = ['ada', 'ben'].map((patientId) => {
    const own = invoices.filter((invoice) => invoice.patientId === patientId);
    const billed = own.map((invoice) => ({ ...invoice, lines: ownLines.get(invoice.id) ?? [] }));
    const rows = payments.filter((row) => row.patientId === patientId);
    const open = openInvoices(billed, rows).map(({ id, currency: code, open: part, state }) => ({
      id,
      code,
      part,
      state,
    }));
    return { balances: patientBalances(billed, rows), open: open.toSorted(byId) };
  });
  const tills = sessions.map(({ id, events, money }) => ({ id, ...tillSummary(events, money) }));
  return { patients, tills: tills.toSorted(byId) };
};

const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0);

/** What money there is, added up from what happened, with no rule of billing. */
const oracle = ({ accepted }: History) => {
  const rows = accepted.flatMap(({ payments }) => payments);
  const of = (...which: readonly string[]) =>
    sum(rows.filter(({ kind }) => which.includes(kind)).map((row) => row.amount));
  const issued = sum(accepted.flatMap(({ invoices }) => invoices.map(({ total }) => total)));
  return { owed: issued - (of('payment', 'deposit') - of('refund')) };
};

test('any history of two desks adds up, to the minor unit', () => {
  fc.assert(
    fc.property(steps, currency, (given, code) => {
      const history = played(given, code);
      const books = booksOf(history.accepted, code);
      expect(reconcile(books)).toEqual([]);
      const all = derived(books).patients.flatMap((patient) => patient.balances);
      expect(sum(all.map(({ patient, payer, deposits }) => patient + payer - deposits))).toBe(
        oracle(history).owed,
      );
      counted(`histories in ${code}`);
      counted('steps', given.length);
      counted('mutations refused', history.refused.length);
      for (const kind of ['payment', 'deposit', 'deposit-use', 'deposit-release', 'refund'] as const)
        counted(`${kind}s`, books.payments.filter((row) => row.kind === kind).length);
      counted('credit notes', books.invoices.filter(({ kind }) => kind === 'credit-note').length);
      counted(
        'tills closed',
        books.sessions.filter(({ events, money }) => tillSummary(events, money).state === 'closed').length,
      );
    }),
    { numRuns: 250 },
  );
});

test('balances, states and tills are the same in whatever order rows arrive', () => {
  const shuffled = steps.chain((given) => {
    const mutations = played(given, 'EUR').accepted;
    return fc.tuple(
      fc.constant(mutations),
      fc.shuffledSubarray([...mutations], { minLength: mutations.length }),
    );
  });
  fc.assert(
    fc.property(shuffled, ([mutations, later]) => {
      expect(derived(booksOf(later, 'EUR'))).toEqual(derived(booksOf(mutations, 'EUR')));
      expect(reconcile(booksOf(later, 'EUR'))).toEqual([]);
      counted('orders');
    }),
    { numRuns: 150 },
  );
});

test('what the centre refuses would have been found', () => {
  fc.assert(
    fc.property(steps, (given) => {
      const { accepted, refused } = played(given, 'BHD');
      for (const { mutation, after } of refused) {
        expect(reconcile(booksOf([...accepted.slice(0, after), mutation], 'BHD'))).not.toEqual([]);
        counted('refusals held against the statements');
      }
    }),
    { numRuns: 150 },
  );
});

/** One more in one number of one row. */
const oneMore = <R, K extends keyof R>(rows: readonly R[], at: number, field: K): readonly R[] =>
  rows.map((row, index) => (index === at % rows.length ? { ...row, [field]: Number(row[field]) + 1 } : row));

test('one minor unit more in one row is found', () => {
  const field = fc.constantFrom('net', 'tax', 'gross', 'payerShare', 'patientShare', 'total', 'payerTotal');
  fc.assert(
    fc.property(steps, field, fc.nat(), (given, changed, at) => {
      const books = booksOf(played(given, 'RWF').accepted, 'RWF');
      fc.pre(books.lines.length > 0);
      const damaged: Books =
        changed === 'total' || changed === 'payerTotal'
          ? { ...books, invoices: oneMore(books.invoices, at, changed) }
          : { ...books, lines: oneMore(books.lines, at, changed as 'net') };
      expect(reconcile(damaged)).not.toEqual([]);
      counted('damages found');
    }),
    { numRuns: 200 },
  );
});

test('what is open by age is what is open', () => {
  const day = fc.integer({ min: 0, max: 200 }).map((days) => addDays('2026-01-01', days));
  const open = fc.record({ currency, issuedOn: day, open: fc.integer({ min: -5000, max: 5000 }) });
  fc.assert(
    fc.property(fc.array(open), day, (rows, today) => {
      const aged = agingOn(rows, today);
      const buckets = aged.map((one) => sum(ageBuckets.map((bucket) => one[bucket])) - one.overpaid);
      expect(sum(buckets)).toBe(sum(rows.map((row) => row.open)));
      expect(aged.map((one) => one.currency)).toEqual(
        [...new Set(rows.map((row) => row.currency))].toSorted(),
      );
      counted('agings');
    }),
    { numRuns: 200 },
  );
});
