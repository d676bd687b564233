import {
  compareDecimals,
  isDecimal,
  isPositive,
  multiplyDecimals,
  roundDecimal,
  scaleOf,
} from '#shared/kernel/decimal.ts';
import type { Result } from '#shared/kernel/result.ts';
import { mostAmount } from '../prices/money.ts';
import { shareOf, wholeRate } from './round.ts';

/** What a line of an invoice is computed from. Amounts in minor units, rates in basis points. */
export interface LineTerms {
  /** Of one, without tax. */
  readonly unitPrice: number;
  /** A decimal above zero, at most three digits after the point. */
  readonly quantity: string;
  /** Taken off before tax: from 0 to the price of the quantity. */
  readonly discount: number;
  readonly taxRate: number;
  /** What of the line with tax the payer covers. */
  readonly coverRate: number;
}

/** What a line, or several, come to, in minor units. `gross = net + tax = payerShare + patientShare`. */
export interface LineAmounts {
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
  readonly payerShare: number;
  readonly patientShare: number;
}

export type LineProblem = 'price' | 'quantity' | 'discount' | 'tax-rate' | 'cover-rate' | 'too-much';

const quantityDigits = 3;
const mostQuantity = '1000000';

/** Whether `text` is a quantity that can be billed: above zero, at most a million, at most three digits after the point. */
export const isQuantity = (text: string): boolean =>
  isDecimal(text) &&
  isPositive(text) &&
  scaleOf(text) <= quantityDigits &&
  compareDecimals(text, mostQuantity) <= 0;

const isAmount = (amount: number): boolean => Number.isSafeInteger(amount) && amount >= 0;
const isRate = (rate: number): boolean => isAmount(rate) && rate <= wholeRate;

/** What so much of something costs before discount and tax: halves of a minor unit away from zero. */
export const priceOf = (unitPrice: number, quantity: string): number =>
  Number(roundDecimal(multiplyDecimals(String(unitPrice), quantity), 0));

/** A discount that was typed as a rate, as an amount: halves of a minor unit away from zero. */
export const discountOf = (unitPrice: number, quantity: string, rate: number): number =>
  shareOf(priceOf(unitPrice, quantity), rate);

const problemOf = (terms: LineTerms): LineProblem | null => {
  if (!isAmount(terms.unitPrice)) return 'price';
  if (!isQuantity(terms.quantity)) return 'quantity';
  if (!isRate(terms.taxRate)) return 'tax-rate';
  if (!isRate(terms.coverRate)) return 'cover-rate';
  const price = priceOf(terms.unitPrice, terms.quantity);
  if (!(isAmount(terms.discount) && terms.discount <= price)) return 'discount';
  return price > mostAmount ? 'too-much' : null;
};

/**
 * What a line comes to. Each of these is rounded once, to whole minor units, halves away from zero, on this line alone:
 * the price of the quantity, the tax on what is left of it after the discount, the payer's share of both. The patient's share is
 * the rest, so nothing is lost between the two.
 * @example lineAmounts({ unitPrice: 1250, quantity: '2', discount: 0, taxRate: 1800, coverRate: 8500 })
 */
export const lineAmounts = (terms: LineTerms): Result<LineAmounts, LineProblem> => {
  const problem = problemOf(terms);
  if (problem !== null) return { ok: false, error: problem };
  const net = priceOf(terms.unitPrice, terms.quantity) - terms.discount;
  const tax = shareOf(net, terms.taxRate);
  const gross = net + tax;
  const payerShare = shareOf(gross, terms.coverRate);
  if (gross > mostAmount) return { ok: false, error: 'too-much' };
  return { ok: true, value: { net, tax, gross, payerShare, patientShare: gross - payerShare } };
};

/** What several lines come to together: the sum of what each says. Lines of one currency. */
export const sumOfLines = (lines: readonly LineAmounts[]): LineAmounts =>
  lines.reduce<LineAmounts>(
    (sum, line) => ({
      net: sum.net + line.net,
      tax: sum.tax + line.tax,
      gross: sum.gross + line.gross,
      payerShare: sum.payerShare + line.payerShare,
      patientShare: sum.patientShare + line.patientShare,
    }),
    { net: 0, tax: 0, gross: 0, payerShare: 0, patientShare: 0 },
  );

/** What an invoice with these lines comes to; `too-much` is more than the centre takes. */
export const invoiceTotals = (
  lines: readonly LineAmounts[],
): Result<LineAmounts, 'no-lines' | 'too-much'> => {
  if (lines.length === 0) return { ok: false, error: 'no-lines' };
  const total = sumOfLines(lines);
  return total.gross > mostAmount ? { ok: false, error: 'too-much' } : { ok: true, value: total };
};
