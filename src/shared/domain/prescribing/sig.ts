import type { Language } from '#shared/i18n/languages.ts';
import type { Duration, DurationUnit } from './duration.ts';
import { frequencyWords } from './frequency-words.ts';
import { numberWord, routeWord, unitWord } from './words.ts';

/** What the directions to a patient are made of. */
export interface Directions {
  readonly doseValue: string | null;
  readonly doseUnit: string | null;
  readonly route: string | null;
  readonly frequency: string | null;
  readonly asNeeded: boolean;
  readonly asNeededFor: string | null;
  readonly maxPerDay: string | null;
  readonly duration: Duration | null;
}

const spans: Readonly<Record<Language, Readonly<Record<DurationUnit, readonly [string, string]>>>> = {
  en: { d: ['day', 'days'], wk: ['week', 'weeks'], mo: ['month', 'months'] },
  fr: { d: ['jour', 'jours'], wk: ['semaine', 'semaines'], mo: ['mois', 'mois'] },
};

/** A duration in words. */
export const durationWords = (language: Language, { value, unit }: Duration): string =>
  `${value} ${spans[language][unit][value > 1 ? 1 : 0]}`;

const phrases = {
  en: {
    for: 'for',
    asNeeded: 'as needed',
    asNeededFor: 'as needed for',
    most: (count: string) => `at most ${count} ${count === '1' ? 'time' : 'times'} in 24 hours`,
  },
  fr: {
    for: 'pendant',
    asNeeded: 'si besoin',
    asNeededFor: 'si besoin :',
    most: (count: string) => `au plus ${count} fois par 24 heures`,
  },
} as const;

const doseWords = (language: Language, { doseValue, doseUnit }: Directions): string | null => {
  if (doseValue === null) return null;
  const value = numberWord(language, doseValue);
  return doseUnit === null ? value : `${value} ${unitWord(language, doseUnit, doseValue)}`;
};

/**
 * The directions in one line, as they go on paper.
 * @example sigOf('en', amoxicillin) // '500 mg by mouth, 3 times a day, for 7 days'
 */
export const sigOf = (language: Language, directions: Directions): string => {
  const { route, frequency, asNeeded, asNeededFor, maxPerDay, duration } = directions;
  const say = phrases[language];
  const what = [doseWords(language, directions), route === null ? null : routeWord(language, route)];
  const needed = asNeededFor ? `${say.asNeededFor} ${asNeededFor}` : say.asNeeded;
  return [
    what.filter((part) => part !== null).join(' '),
    frequency === null ? '' : frequencyWords(language, frequency),
    asNeeded ? needed : '',
    asNeeded && maxPerDay !== null ? say.most(numberWord(language, maxPerDay)) : '',
    duration === null || frequency === 'STAT' ? '' : `${say.for} ${durationWords(language, duration)}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
};
