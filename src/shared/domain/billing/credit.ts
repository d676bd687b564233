import {
  addDecimals,
  compareDecimals,
  isDecimal,
  multiplyDecimals,
  roundDecimal,
  subtractDecimals,
  tidyDecimal,
} from '#shared/kernel/decimal.ts';
import type { Result } from '#shared/kernel/result.ts';
import { isQuantity, type LineAmounts } from './line.ts';
import { proportion } from './round.ts';

/** A line as it was issued, or what a credit takes back of one: then nothing of it is above zero. */
export interface IssuedLine extends LineAmounts {
  readonly quantity: string;
}

/** What is to be taken back of a line: so much money with tax, so much of the quantity, or all that is left. */
export type Credited = { readonly amount: number } | { readonly quantity: string } | 'rest';

export type CreditProblem =
  | 'amount'
  | 'quantity'
  | 'negative'
  | 'zero'
  | 'more-than-remains'
  | 'all-credited';

/** What is left of a line after these credits of it, in any order. */
export const remainsOf = (line: IssuedLine, credits: readonly IssuedLine[]): IssuedLine =>
  credits.reduce<IssuedLine>(
    (left, credit) => ({
      quantity: tidyDecimal(addDecimals(left.quantity, credit.quantity)),
      net: left.net + credit.net,
      tax: left.tax + credit.tax,
      gross: left.gross + credit.gross,
      payerShare: left.payerShare + credit.payerShare,
      patientShare: left.patientShare + credit.patientShare,
    }),
    line,
  );

/** Whether credits have taken back all of a line; of one that costs nothing, whether there is one. Then it bills nothing any more. */
export const isTakenBack = (line: IssuedLine, credits: readonly IssuedLine[]): boolean =>
  credits.length > 0 && remainsOf(line, credits).gross === 0;

const minus = (amount: number): number => (amount === 0 ? 0 : -amount);

const negated = (amounts: IssuedLine): IssuedLine => ({
  quantity: tidyDecimal(subtractDecimals('0', amounts.quantity)),
  net: minus(amounts.net),
  tax: minus(amounts.tax),
  gross: minus(amounts.gross),
  payerShare: minus(amounts.payerShare),
  patientShare: minus(amounts.patientShare),
});

/** So much of what is left, in its proportions; neither part can be more than what is left of it, since `gross` is not. */
const part = (left: IssuedLine, gross: number, quantity: string): IssuedLine => {
  if (left.gross === 0) return { ...left, quantity };
  const net = proportion(gross, left.net, left.gross);
  const payerShare = proportion(gross, left.payerShare, left.gross);
  return { quantity, net, tax: gross - net, gross, payerShare, patientShare: gross - payerShare };
};

const thousandths = (quantity: string): number => Number(roundDecimal(multiplyDecimals(quantity, '1000'), 0));

const byAmount = (left: IssuedLine, amount: number): Result<IssuedLine, CreditProblem> => {
  if (!Number.isSafeInteger(amount)) return { ok: false, error: 'amount' };
  if (amount < 0) return { ok: false, error: 'negative' };
  if (amount === 0) return { ok: false, error: 'zero' };
  if (amount > left.gross) return { ok: false, error: 'more-than-remains' };
  return { ok: true, value: amount === left.gross ? left : part(left, amount, '0') };
};

const byQuantity = (left: IssuedLine, quantity: string): Result<IssuedLine, CreditProblem> => {
  if (!isQuantity(quantity))
    return { ok: false, error: isDecimal(quantity) && quantity.startsWith('-') ? 'negative' : 'quantity' };
  if (compareDecimals(quantity, left.quantity) > 0) return { ok: false, error: 'more-than-remains' };
  const gross = proportion(left.gross, thousandths(quantity), thousandths(left.quantity));
  return { ok: true, value: part(left, gross, quantity) };
};

/**
 * The line of a credit note that takes back a part of `line`, of which `earlier` credits took some; all amounts of it are negative
 * or zero. The part is split in the proportions of what is left, halves away from zero, and tax and the patient's share are what
 * remains of that part: so credits never take more of anything than the line had, and the one that takes the last of the money or
 * of the quantity takes whatever is left to the minor unit. Money taken back without a quantity has quantity `0`.
 */
export const creditLine = (
  line: IssuedLine,
  earlier: readonly IssuedLine[],
  credited: Credited,
): Result<IssuedLine, CreditProblem> => {
  const remains = remainsOf(line, earlier);
  // Of two desks that took back some of the quantity, both may have: the money alone is held together by the centre.
  const left = compareDecimals(remains.quantity, '0') < 0 ? { ...remains, quantity: '0' } : remains;
  if (left.gross < 0 || (left.gross === 0 && compareDecimals(left.quantity, '0') <= 0))
    return { ok: false, error: 'all-credited' };
  if (credited === 'rest') return { ok: true, value: negated(left) };
  const taken = 'amount' in credited ? byAmount(left, credited.amount) : byQuantity(left, credited.quantity);
  return taken.ok ? { ok: true, value: negated(taken.value) } : taken;
};
