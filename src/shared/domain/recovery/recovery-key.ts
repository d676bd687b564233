/**
 * A recovery key is written on paper and typed again years later. Its 31 symbols leave out what looks alike (0 and O, 1, I
 * and L); 31 is a prime, so that a check symbol in each group finds any wrong symbol and any two neighbours swapped, and
 * says in which group the slip is.
 */

const symbols = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const base = symbols.length;
/** Six groups of five symbols are 148 bits. */
const groupCount = 6;
const dataLength = 5;

/** How many random numbers from 0 to 30 a key is made of. */
export const recoveryDigits = groupCount * dataLength;

/** Each place has a weight of its own and each group a start of its own, so that groups in the wrong order are found as well. */
const checkOf = (digits: readonly number[], group: number): number =>
  digits.reduce((sum, digit, place) => sum + (place + 2) * digit, 7 * (group + 1)) % base;

/** The key of random numbers from 0 to 30, as it is shown: `K7Q2MX-…`, six groups of five symbols and their check symbol. */
export const writeRecoveryKey = (digits: readonly number[]): string =>
  Array.from({ length: groupCount }, (_, group) => {
    const own = digits.slice(group * dataLength, (group + 1) * dataLength);
    return [...own, checkOf(own, group)].map((digit) => symbols[digit]).join('');
  }).join('-');

/** `length`: symbols are missing or too many. `symbol`: one that no key has. `check`: a slip in this group, counted from 1. */
export type RecoveryKeyProblem =
  | { readonly problem: 'length' }
  | { readonly problem: 'symbol' | 'check'; readonly group: number };

/** Reads what somebody typed: small letters, blanks and dashes anywhere do no harm. Gives the key as it is shown. */
export const readRecoveryKey = (
  typed: string,
): { readonly ok: true; readonly key: string } | ({ readonly ok: false } & RecoveryKeyProblem) => {
  const text = typed.toUpperCase().replace(/[\s\p{Pd}]/gu, '');
  const groups = text.match(/.{1,6}/gu) ?? [];
  const odd = groups.findIndex((group) => [...group].some((symbol) => !symbols.includes(symbol)));
  if (odd !== -1) return { ok: false, problem: 'symbol', group: odd + 1 };
  if (text.length !== groupCount * (dataLength + 1)) return { ok: false, problem: 'length' };
  const wrong = groups.findIndex((group, index) => {
    const digits = [...group].map((symbol) => symbols.indexOf(symbol));
    return checkOf(digits.slice(0, dataLength), index) !== digits[dataLength];
  });
  return wrong === -1
    ? { ok: true, key: groups.join('-') }
    : { ok: false, problem: 'check', group: wrong + 1 };
};
