/**
 * Groups of letters that sound alike in some of the languages a clinic writes names in, the longest first. One sign
 * stands for each class: S sibilants, K throat, P lips, T teeth, R liquids, N nasals, A vowels and half-vowels.
 */
const sounds: readonly (readonly [RegExp, string])[] = [
  [/tsch|tch|sch|scz|cz|ch|sh|sz|zh|tz|ts|dj|dz|jh?|x|c(?=[eiy])|g(?=[eiy])|[sz]h?/g, 'S'],
  [/ck|kh|gh|qu|[kgqc]/g, 'K'],
  [/ph|bh|[bpfv]/g, 'P'],
  [/th|dh|[dt]/g, 'T'],
  [/[lr]h?/g, 'R'],
  [/[mn]/g, 'N'],
  [/[aeiouwyh]+/g, 'A'],
];

/**
 * What is left of a folded word when it is only heard: classes of consonants, and whether it begins with a vowel. For
 * names written by ear, whichever of the languages with Latin letters the ear is used to: `Mohammed` and `Muhamad`,
 * `Kagame` and `Kagamé`, `Vásquez` and `Basques` give one code. The idea of classes is R. C. Russell's (US patent
 * 1,261,167, 1918); that groups of letters come first and that a vowel counts only in front is from the soundex of
 * R. Daitch and G. Mokotoff (Avotaynu 1, 1985), made for one name spelled in many languages. Unlike theirs this code
 * joins L and R, which Bantu languages exchange, and does not branch. A word in other letters is its own code.
 */
export const phoneticCode = (word: string): string => {
  if (!/^[a-z]+$/.test(word)) return word;
  const heard = sounds.reduce((text, [letters, sign]) => text.replace(letters, sign), word);
  return (
    heard.charAt(0) +
    heard
      .slice(1)
      .replaceAll('A', '')
      .replace(/(.)\1+/g, '$1')
  );
};
