import { type BirthDateContext, monthNamed, parseBirthDate } from './birth-date.ts';
import { fold, words } from './fold.ts';
import { plainIdentifier } from './identifier.ts';
import { parseMrn } from './mrn.ts';

/** What a person typed into the patient search, taken apart. Everything that is given must hold. */
export interface PatientSearch {
  /** Folded words, each the start of a word of the patient's name; in any order. */
  readonly tokens: readonly string[];
  /** Both ends included, `YYYY-MM-DD`; a whole year or month when only that was typed. */
  readonly birthDate: { readonly from: string; readonly to: string } | null;
  /** Digits that occur in the phone number, without the leading zeros of a national number; at least four. */
  readonly phoneDigits: string | null;
  /** A whole MRN in its written form. It decides alone; when no patient has it, the rest decides: letters only, without dashes, may be a name. */
  readonly mrn: string | null;
  /** The whole text as an identifier (`plainIdentifier`), where it may be one: who has it is found besides whom the rest finds. */
  readonly identifier: string | null;
}

const fewestSigns = 4;

/** Numbers of passports and the like have a digit in them. */
const identifierOf = (text: string): string | null => {
  const plain = plainIdentifier(text);
  return plain.length >= fewestSigns && /\d/.test(plain) ? plain : null;
};

const lastDay = { nothing: '', day: '-31', 'day-and-month': '-12-31' } as const;

const birthRange = (text: string, context: BirthDateContext): PatientSearch['birthDate'] => {
  if (/^\d+ ?[a-z]+$/.test(text)) return null;
  const read = parseBirthDate(text, context);
  if (!read.ok) return null;
  const { date, estimated } = read.value;
  if (estimated === 'nothing') return { from: date, to: date };
  return { from: date, to: date.slice(0, estimated === 'day' ? 7 : 4) + lastDay[estimated] };
};

/** Whether some neighbouring pieces look like a date at all: a month's name, or a year between day and month. */
const datelike = (pieces: readonly string[]): boolean => {
  const numbers = pieces.filter((piece) => /^\d{1,4}(st|nd|rd|th|er|e)?$/.test(piece)).length;
  const months = pieces.filter((piece) => monthNamed(piece) !== null).length;
  if (months === 1 && numbers === pieces.length - 1) return true;
  return pieces.length === 3 && numbers === 3 && pieces.some((piece) => piece.length === 4);
};

const phoneOf = (digits: string): string | null => {
  const significant = digits.replace(/^[+0]+/, '');
  return significant.length >= 4 ? significant : null;
};

interface Taken {
  readonly used: number;
  readonly found: Partial<PatientSearch>;
}

/** What begins at `pieces[0]`, the longest reading first. */
const take = (pieces: readonly string[], context: BirthDateContext): Taken => {
  const first = pieces[0] ?? '';
  const mrn = parseMrn(first);
  if (mrn !== null) return { used: 1, found: { mrn, tokens: /^[a-z]+$/.test(first) ? [first] : [] } };
  for (const length of [3, 2]) {
    const window = pieces.slice(0, length);
    const birthDate =
      window.length === length && datelike(window) ? birthRange(window.join(' '), context) : null;
    if (birthDate !== null) return { used: length, found: { birthDate } };
  }
  const birthDate = /^\d/.test(first) ? birthRange(first, context) : null;
  if (birthDate !== null) return { used: 1, found: { birthDate } };
  if (/^[+(]?\d[\d().\-/]*$/.test(first)) {
    const end = pieces.findIndex((piece) => !/^[+(]?\d[\d().\-/]*$/.test(piece));
    const run = pieces.slice(0, end === -1 ? pieces.length : end);
    const phoneDigits = phoneOf(run.join('').replace(/[^\d+]/g, ''));
    if (phoneDigits !== null) return { used: run.length, found: { phoneDigits } };
  }
  return { used: 1, found: { tokens: words(first) } };
};

/**
 * Takes the text of the patient search apart: an MRN with or without dashes, a birth date in any spelling of
 * {@link parseBirthDate} (a year alone is a year), digits of a phone number, and name tokens in any order; or all of it is an identifier.
 */
export const parsePatientSearch = (text: string, context: BirthDateContext): PatientSearch => {
  let rest: readonly string[] = fold(text)
    .split(/[\s,;]+/)
    .filter((piece) => piece !== '');
  let result: PatientSearch = {
    tokens: [],
    birthDate: null,
    phoneDigits: null,
    mrn: null,
    identifier: identifierOf(text),
  };
  while (rest.length > 0) {
    const { used, found } = take(rest, context);
    const tokens = found.tokens ?? [];
    result = { ...result, ...found, tokens: [...result.tokens, ...tokens] };
    rest = rest.slice(used);
  }
  return result;
};
