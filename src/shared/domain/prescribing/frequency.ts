import { isPositive, readDecimal } from '#shared/kernel/decimal.ts';
import { fold } from '../patients/fold.ts';

/**
 * How often, as a code: what is stored in `frequency`. Besides these, `Q<n>H` is every n hours and `Q<n>D` every n days.
 * The Latin abbreviations are the ones of the British National Formulary and of the Vidal; a code means one thing.
 */
export const frequencyCodes = [
  'OD',
  'BD',
  'TDS',
  'QID',
  '5XD',
  '6XD',
  'MANE',
  'MIDI',
  'NOCTE',
  'QOD',
  'QW',
  'BIW',
  'TIW',
  'Q2W',
  'QM',
  'STAT',
] as const;
export type NamedFrequency = (typeof frequencyCodes)[number];

/** How many times in how many days; null where the code does not say: once and for all. */
export interface Rhythm {
  readonly times: number;
  readonly days: number;
}

const rhythms: Readonly<Record<Exclude<NamedFrequency, 'STAT'>, Rhythm>> = {
  OD: { times: 1, days: 1 },
  BD: { times: 2, days: 1 },
  TDS: { times: 3, days: 1 },
  QID: { times: 4, days: 1 },
  '5XD': { times: 5, days: 1 },
  '6XD': { times: 6, days: 1 },
  MANE: { times: 1, days: 1 },
  MIDI: { times: 1, days: 1 },
  NOCTE: { times: 1, days: 1 },
  QOD: { times: 1, days: 2 },
  QW: { times: 1, days: 7 },
  BIW: { times: 2, days: 7 },
  TIW: { times: 3, days: 7 },
  Q2W: { times: 1, days: 14 },
  QM: { times: 1, days: 30 },
};

/** What doctors write for each, folded: lower case, no accents, no full stops. English, French and Latin. */
const synonyms: Readonly<Record<NamedFrequency, string>> = {
  OD: 'od, qd, once daily, once a day, daily, 1x, 1xd, 1x/d, 1x/j, 1/j, 1 fois par jour, une fois par jour, x1/j, every day, tous les jours, quotidien, q24h',
  BD: 'bd, bid, twice daily, twice a day, 2x, 2xd, 2x/d, 2x/j, 2/j, 2 fois par jour, deux fois par jour, x2/j, matin et soir, morning and evening',
  TDS: 'tds, tid, three times daily, three times a day, 3 times a day, 3 times daily, 3x, 3xd, 3x/d, 3x/j, 3/j, 3 fois par jour, trois fois par jour, x3/j, matin midi et soir',
  QID: 'qid, qds, four times daily, four times a day, 4 times a day, 4 times daily, 4x, 4xd, 4x/d, 4x/j, 4/j, 4 fois par jour, quatre fois par jour, x4/j',
  '5XD':
    '5xd, 5x, 5x/d, 5x/j, 5 times daily, 5 times a day, five times a day, 5 fois par jour, cinq fois par jour',
  '6XD':
    '6xd, 6x, 6x/d, 6x/j, 6 times daily, 6 times a day, six times a day, 6 fois par jour, six fois par jour',
  MANE: 'mane, om, qam, in the morning, every morning, le matin, matin',
  MIDI: 'midi, at noon, noon, a midi, le midi',
  NOCTE:
    'nocte, on, hs, qhs, at night, every night, at bedtime, bedtime, le soir, soir, au coucher, coucher, la nuit',
  QOD: 'qod, eod, alternate days, every other day, on alternate days, 1 jour sur 2, un jour sur deux',
  QW: 'qw, weekly, once weekly, once a week, 1x/wk, 1x/sem, 1 fois par semaine, une fois par semaine, hebdomadaire, every week',
  BIW: 'biw, twice weekly, twice a week, 2x/wk, 2x/sem, 2 fois par semaine, deux fois par semaine',
  TIW: 'tiw, three times weekly, 3 times a week, three times a week, 3x/wk, 3x/sem, 3 fois par semaine, trois fois par semaine',
  Q2W: 'q2w, fortnightly, every two weeks, every 2 weeks, toutes les 2 semaines, toutes les deux semaines',
  QM: 'qm, monthly, once a month, 1 fois par mois, une fois par mois, mensuel, every month',
  STAT: 'stat, once, once only, une seule fois, single dose, at once, one off, immediately, dose unique, en une fois, une fois, immediatement, tout de suite',
};

const bySynonym: ReadonlyMap<string, string> = new Map(
  frequencyCodes.flatMap((code) => synonyms[code].split(', ').map((words) => [words, code] as const)),
);

/** What may be written as one: `t.d.s.`, `8-hourly`, `q 8 h`, `toutes les 8 h`. */
const plain = (text: string): string =>
  fold(text.replace(/(?<=\p{L})\.(?=\p{L}|\s|$)/gu, ''))
    .replace(/\s+/gu, ' ')
    .trim();

const everyHours =
  /^(?:q ?(\d{1,2}) ?h(?:rs?|ourly)?|(\d{1,2})[- ]?hourly|(?:every|toutes? les|ttes les|\/) ?(\d{1,2}) ?(?:h|hours?|heures?)|(\d{1,2})[- ]?h)$/u;
const everyDays = /^(?:q ?(\d{1,2}) ?d|every (\d{1,2}) days|tous les (\d{1,2}) jours)$/u;

/** Every so many hours that a day is made of, and every so many days, within what anybody takes. */
const spaced = (hours: number | null, days: number | null): string | null => {
  if (hours !== null) {
    if (hours === 24) return 'OD';
    return hours >= 1 && hours <= 72 ? `Q${hours}H` : null;
  }
  if (days === null || days < 1 || days > 90) return null;
  return days === 1 ? 'OD' : days === 2 ? 'QOD' : days === 7 ? 'QW' : days === 14 ? 'Q2W' : `Q${days}D`;
};

const first = (match: RegExpExecArray | null): number | null => {
  const digits = match?.slice(1).find((group) => group !== undefined);
  return digits === undefined ? null : Number(digits);
};

/**
 * The code of what a doctor typed, null for what is none.
 * @example parseFrequency('t.i.d.') // 'TDS'
 */
export const parseFrequency = (text: string): string | null => {
  const words = plain(text);
  if (words === '') return null;
  return bySynonym.get(words) ?? spaced(first(everyHours.exec(words)), first(everyDays.exec(words)));
};

/** The codes that say every how many hours or days. */
export const spacing = /^Q(\d{1,2})(H|D)$/u;

/** How often a code is; null for once only, and for what is no code. */
export const rhythmOf = (code: string): Rhythm | null => {
  if (Object.hasOwn(rhythms, code)) return rhythms[code as keyof typeof rhythms];
  const [, digits, unit] = spacing.exec(code) ?? [];
  if (digits === undefined || Number(digits) === 0) return null;
  const every = Number(digits);
  if (unit === 'D') return { times: 1, days: every };
  // 24 / n times a day, kept whole: n days have 24 doses.
  return { times: 24, days: every };
};

/**
 * How many doses there are on one day at most, as the checks of a dose ask: a whole number, or the maximum somebody gave.
 * Null where nobody can tell.
 */
export const mostADay = (code: string | null, asNeeded: boolean, maxPerDay: string | null): string | null => {
  if (asNeeded && maxPerDay !== null) return maxPerDay;
  if (code === 'STAT') return '1';
  const rhythm = code === null ? null : rhythmOf(code);
  if (code === null || rhythm === null) return null;
  const hours = spacing.exec(code)?.[2] === 'H';
  // So many times in a week are on days of their own.
  return String(hours ? Math.ceil(rhythm.times / rhythm.days) : rhythm.days > 1 ? 1 : rhythm.times);
};

/** A rhythm, or one dose and no other. */
export type HowOften = Rhythm | 'once';

/**
 * How often a dose is taken, as the checks of a schedule ask. As needed without a frequency it may be as often as the most a
 * day allows. Null where nobody can tell.
 */
export const howOftenOf = (
  code: string | null,
  asNeeded: boolean,
  maxPerDay: string | null,
): HowOften | null => {
  if (code === 'STAT') return 'once';
  const rhythm = code === null ? null : rhythmOf(code);
  if (rhythm !== null) return rhythm;
  const most = asNeeded && maxPerDay !== null ? readDecimal(maxPerDay) : null;
  return most !== null && isPositive(most) ? { times: Math.ceil(Number(most)), days: 1 } : null;
};

/** Whether `code` is one that `parseFrequency` gives. */
export const isFrequency = (code: string): boolean => code === 'STAT' || rhythmOf(code) !== null;

/** The longest run of words at the start of `words` that is a frequency, with how many words it is. */
export const frequencyAt = (
  words: readonly string[],
): { readonly code: string; readonly count: number } | null => {
  for (let count = Math.min(5, words.length); count > 0; count -= 1) {
    const code = parseFrequency(words.slice(0, count).join(' '));
    if (code !== null) return { code, count };
  }
  return null;
};
