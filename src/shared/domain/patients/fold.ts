const unfoldable: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

const wide = /[\uff01-\uff5e]/g;
const accents = /[\u0300-\u036f]+/g;

/**
 * Text as it is compared: lower case, no accents, `ß` as `ss` and the like. `Élodie` and `elodie` fold to the same.
 * Only Latin letters lose their marks, as in SQLite's index: elsewhere a mark makes another letter (`й`, `が`, `أ`),
 * and what is folded more than the index folds it is never found.
 */
export const fold = (text: string): string => (isPlain(text) ? text.toLowerCase() : unmarked(text));

/** Most names; the long way gives the same for them. */
const isPlain = (text: string): boolean => /^[ -~]*$/.test(text);

const unmarked = (text: string): string =>
  text
    .normalize('NFC')
    .replace(wide, (sign) => sign.normalize('NFKC'))
    .replace(/\p{Script=Latin}/gu, (letter) => letter.normalize('NFD'))
    .replace(accents, '')
    .toLowerCase()
    .replace(accents, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => unfoldable[letter] ?? letter);

/** Besides what is neither letter nor digit, the few letters that SQLite's index takes for signs: they were signs in an older Unicode. */
const betweenWords = /(?:[^\p{L}\p{N}]|[\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3])+/u;

/** The folded words of a text: `Jean-Paul N'Diaye` gives `jean`, `paul`, `n`, `diaye`. */
export const words = (text: string): readonly string[] =>
  fold(text)
    .split(isPlain(text) ? /[^a-z0-9]+/ : betweenWords)
    .filter((word) => word !== '');
