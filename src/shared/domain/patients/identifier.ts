/** Kinds of identifiers a desk is shown, by their codes of HL7 v2 table 0203 (Identifier Type); `U` is any other. */
export const identifierTypes = [
  'NI',
  'PPN',
  'DL',
  'SS',
  'HC',
  'JHN',
  'BCT',
  'PRC',
  'MI',
  'MR',
  'PI',
  'U',
] as const;
export type IdentifierType = (typeof identifierTypes)[number];

const signs = /[\s\p{Pd}./_·]+/gu;

/**
 * An identifier as it is kept and compared: capitals, without the blanks and signs that everybody sets differently.
 * @example plainIdentifier('1 1990 8-0012345') // '1199080012345'
 */
export const plainIdentifier = (typed: string): string =>
  typed.normalize('NFKC').replace(signs, '').toUpperCase();

/** One identifier as two records are compared by it: the same number of another kind is another. */
export const identifierKey = (type: string, value: string): string => `${type} ${plainIdentifier(value)}`;
