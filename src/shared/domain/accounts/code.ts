import { symbols } from '#shared/domain/patients/mrn.ts';

const length = 12;
/** The largest multiple of 31 in a byte: what is above would make some symbols likelier than others. */
const fair = 256 - (256 % symbols.length);

/** How many days a one-time code counts. */
export const codeDays = 7;

const grouped = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');

/**
 * A one-time code in its written form, `XXXX-XXXX-XXXX`, of random bytes that `more` gives: 31 to the twelfth, 59 bits. The
 * symbols are those of record numbers, which hands and eyes do not mix up.
 */
export const makeCode = (more: () => Uint8Array): string => {
  let code = '';
  while (code.length < length) {
    for (const byte of more())
      if (byte < fair && code.length < length) code += symbols.charAt(byte % symbols.length);
  }
  return grouped(code);
};

/** The code in its written form when `text` can be one, in any case, with or without dashes and spaces; else null. */
export const readCode = (text: string): string | null => {
  const code = text.toUpperCase().replace(/[\s-]+/g, '');
  return code.length === length && [...code].every((symbol) => symbols.includes(symbol))
    ? grouped(code)
    : null;
};
