/** Digits and capitals without 0, 1, I, L and O, which hands and eyes mix up. In ASCII order, so that numbers sort as text. */
export const symbols = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const base = symbols.length;
const bodyLength = 6;

/** The first number that no longer fits: 31 to the sixth, 887 million. */
export const mrnLimit = base ** bodyLength;

/** How many numbers one workstation has: its block is `device_no * mrnBlock` and up. */
export const mrnBlock = 100_000;

/**
 * Weights 10 to 2 and 1 for the check symbol are distinct and not 0 modulo the prime 31, so the sum changes with every
 * single error and with every exchange of two symbols (the scheme of ISBN-10, ISO 2108:1992, over 31 symbols).
 */
const weightedSum = (text: string): number =>
  [...text].reduce((sum, symbol, index) => sum + (10 - index) * symbols.indexOf(symbol), 0);

const checkSymbol = (nine: string): string => symbols.charAt((base - (weightedSum(nine) % base)) % base);

const encode = (number: number): string => {
  let rest = number;
  let text = '';
  for (let place = 0; place < bodyLength; place += 1) {
    text = symbols.charAt(rest % base) + text;
    rest = Math.floor(rest / base);
  }
  return text;
};

const dashed = (ten: string): string => `${ten.slice(0, 3)}-${ten.slice(3, 9)}-${ten.slice(9)}`;

/**
 * The medical record number `PPP-XXXXXX-C` for a prefix of three symbols and a number below {@link mrnLimit}.
 * @throws RangeError when either is out of range.
 */
export const formatMrn = (prefix: string, number: number): string => {
  if (!new RegExp(`^[${symbols}]{3}$`).test(prefix))
    throw new RangeError('an MRN prefix is three of its symbols');
  if (!Number.isInteger(number) || number < 0 || number >= mrnLimit)
    throw new RangeError('an MRN number is out of range');
  const nine = prefix + encode(number);
  return dashed(nine + checkSymbol(nine));
};

/** The MRN in its written form when `text` is one (any case, with or without dashes and spaces) and its check symbol is right, else null. */
export const parseMrn = (text: string): string | null => {
  const ten = text.toUpperCase().replace(/[\s-]+/g, '');
  if (ten.length !== 10 || [...ten].some((symbol) => !symbols.includes(symbol))) return null;
  return weightedSum(ten) % base === 0 ? dashed(ten) : null;
};

/** How many characters an MRN has in its written form. */
export const mrnLength = 12;

const written = new RegExp(`^[${symbols}]{3}-[${symbols}]{6}-[${symbols}]$`);
const sample = dashed('2222222222');

/** Whether `text`, in capitals, is how the written form of an MRN may begin, or one in full; its check symbol may be wrong. */
export const beginsMrn = (text: string): boolean =>
  text !== '' && text.length <= mrnLength && written.test(text + sample.slice(text.length));

/** The number inside an MRN as {@link formatMrn} wrote it; null when it is no MRN. */
export const mrnNumber = (mrn: string): number | null => {
  if (parseMrn(mrn) !== mrn) return null;
  return [...mrn.slice(4, 10)].reduce((number, symbol) => number * base + symbols.indexOf(symbol), 0);
};

/** A prefix made from a clinic's or site's name: its first three usable letters or digits, filled up with X. */
export const mrnPrefixFor = (name: string): string => {
  const usable = [...name.normalize('NFKD').toUpperCase()].filter((letter) => symbols.includes(letter));
  return usable.join('').slice(0, 3).padEnd(3, 'X');
};
