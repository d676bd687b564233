import type { Language } from '#shared/i18n/languages.ts';

const english = [
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  'twenty thirty forty fifty sixty seventy eighty ninety',
].map((line) => line.split(' ')) as [string[], string[]];

const french = [
  'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf',
  'vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt',
].map((line) => line.split(' ')) as [string[], string[]];

const inEnglish = (value: number): string => {
  const [small, tens] = english;
  if (value < 20) return small[value] ?? '';
  if (value < 100) {
    const ten = tens[Math.floor(value / 10) - 2] ?? '';
    return value % 10 === 0 ? ten : `${ten}-${small[value % 10]}`;
  }
  const hundreds = `${small[Math.floor(value / 100)]} hundred`;
  return value % 100 === 0 ? hundreds : `${hundreds} and ${inEnglish(value % 100)}`;
};

/** With the spelling of 1990: hyphens throughout. Seventies and nineties count on from sixty and eighty. */
const inFrench = (value: number): string => {
  const [small, tens] = french;
  if (value < 20) return small[value] ?? '';
  if (value < 100) {
    const at = Math.floor(value / 10);
    const ten = tens[at - 2] ?? '';
    const rest = at === 7 || at === 9 ? value - (at - 1) * 10 : value % 10;
    if (rest === 0) return at === 8 ? `${ten}s` : ten;
    const and = (rest === 1 || rest === 11) && at < 8 ? '-et-' : '-';
    return `${ten}${and}${small[rest]}`;
  }
  const hundred = Math.floor(value / 100);
  const rest = value % 100;
  const head = hundred === 1 ? 'cent' : `${small[hundred]}-cent${rest === 0 ? 's' : ''}`;
  return rest === 0 ? head : `${head}-${inFrench(rest)}`;
};

/** A whole number below 1,000 in words, so that nobody writes a digit beside it; null for others. */
export const wordsOfNumber = (language: Language, value: string): string | null => {
  if (!/^\d{1,3}$/u.test(value)) return null;
  return language === 'fr' ? inFrench(Number(value)) : inEnglish(Number(value));
};
