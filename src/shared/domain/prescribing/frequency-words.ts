import type { Language } from '#shared/i18n/languages.ts';
import { type NamedFrequency, spacing } from './frequency.ts';

const english: Readonly<Record<NamedFrequency, string>> = {
  OD: 'once a day',
  BD: 'twice a day',
  TDS: '3 times a day',
  QID: '4 times a day',
  '5XD': '5 times a day',
  '6XD': '6 times a day',
  MANE: 'in the morning',
  MIDI: 'at noon',
  NOCTE: 'at bedtime',
  QOD: 'every other day',
  QW: 'once a week',
  BIW: 'twice a week',
  TIW: '3 times a week',
  Q2W: 'every 2 weeks',
  QM: 'once a month',
  STAT: 'once only',
};

const french: Readonly<Record<NamedFrequency, string>> = {
  OD: '1 fois par jour',
  BD: '2 fois par jour',
  TDS: '3 fois par jour',
  QID: '4 fois par jour',
  '5XD': '5 fois par jour',
  '6XD': '6 fois par jour',
  MANE: 'le matin',
  MIDI: 'à midi',
  NOCTE: 'au coucher',
  QOD: 'un jour sur deux',
  QW: '1 fois par semaine',
  BIW: '2 fois par semaine',
  TIW: '3 fois par semaine',
  Q2W: 'toutes les 2 semaines',
  QM: '1 fois par mois',
  STAT: 'une seule fois',
};

/** A code in words a patient understands. */
export const frequencyWords = (language: Language, code: string): string => {
  const named = language === 'fr' ? french : english;
  if (Object.hasOwn(named, code)) return named[code as NamedFrequency];
  const [, every = '', unit] = spacing.exec(code) ?? [];
  if (unit === 'H') return language === 'fr' ? `toutes les ${every} heures` : `every ${every} hours`;
  if (unit === 'D') return language === 'fr' ? `tous les ${every} jours` : `every ${every} days`;
  return code;
};
