import { editDistance } from './edit-distance.ts';
import { words } from './fold.ts';
import { phoneticCode } from './phonetic.ts';

/** How one name answers another: `part` when words are missing in one, `initial` when a letter stands for a word. */
export type NameLikeness = 'same' | 'part' | 'near' | 'initial' | 'different' | 'unknown';

/** A code of fewer sounds fits too many names. */
const fewestSounds = 3;

/** One letter may differ in a word of four letters, two in one of eight; more when both sound the same. */
const isNear = (a: string, b: string): boolean => {
  if (a === b) return true;
  const longest = Math.max(a.length, b.length);
  if (Math.abs(a.length - b.length) > longest / 2) return false;
  const distance = editDistance(a, b);
  if (distance <= Math.floor(longest / 4)) return true;
  if (distance > longest / 2) return false;
  const code = phoneticCode(a);
  return code.length >= fewestSounds && code === phoneticCode(b);
};

const isInitial = (letter: string, word: string): boolean => letter.length === 1 && word.startsWith(letter);

type Words = readonly string[];

/** Every word of `less` has one in `more` for which `fits` holds, each used once. */
const everyWord = (less: Words, more: Words, fits: (a: string, b: string) => boolean): boolean => {
  const left = [...more];
  return less.every((word) => {
    const exact = left.indexOf(word);
    const at = exact >= 0 ? exact : left.findIndex((other) => fits(word, other));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
};

/** How two names of one kind answer each other, from their folded words; the order of words says nothing. */
export const likenessOfWords = (a: Words, b: Words): NameLikeness => {
  if (a.length === 0 || b.length === 0) return 'unknown';
  // In an order of their own, so that it does not matter which is which.
  const [less, more] =
    a.length < b.length || (a.length === b.length && a.join() <= b.join()) ? [a, b] : [b, a];
  const [oneWord, otherWord] = [less.join(''), more.join('')];
  // A single letter is an initial even where the other name is one, too.
  if (oneWord === otherWord && oneWord.length > 1) return 'same';
  if (less.length === more.length && everyWord(less, more, (x, y) => x === y)) return 'same';
  const isWritten = less.some((word) => word.length > 1);
  if (isWritten && everyWord(less, more, (x, y) => x === y)) return 'part';
  if (isNear(oneWord, otherWord)) return 'near';
  if (everyWord(less, more, isNear)) return 'near';
  const initials = everyWord(less, more, (x, y) => isNear(x, y) || isInitial(x, y) || isInitial(y, x));
  return initials ? 'initial' : 'different';
};

/** A family and a given name, in folded words. */
export interface NameWords {
  readonly family: Words;
  readonly given: Words;
}

/** Longer names are no names; what is compared stays short whatever was typed. */
const longest = 100;

/** The folded words of a name as it is written. */
export const nameWords = ({
  family,
  given,
}: {
  readonly family: string;
  readonly given: string;
}): NameWords => ({
  family: words(family.slice(0, longest)),
  given: words(given.slice(0, longest)),
});
