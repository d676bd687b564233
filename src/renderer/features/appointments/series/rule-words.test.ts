import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import type { RecurrenceRule } from '#shared/domain/series/rule.ts';
import { catalogues } from '#shared/i18n/catalogues.ts';
import { type Language, languages } from '#shared/i18n/languages.ts';
import { ruleText } from './rule-words.ts';

const textsIn = async (language: Language) => {
  const i18n = createInstance();
  const resources = { en: { translation: catalogues.en }, fr: { translation: catalogues.fr } };
  await i18n.init({ lng: language, resources, interpolation: { escapeValue: false } });
  return (rule: Partial<RecurrenceRule>) =>
    ruleText(
      i18n.t,
      {
        frequency: 'daily',
        interval: 1,
        weekdays: [],
        monthly: null,
        end: { by: 'count', count: 10 },
        ...rule,
      },
      languages[language].locale,
    );
};

const weekly = { frequency: 'weekly', weekdays: [1, 4] } as const;
const tuesday = { frequency: 'monthly', monthly: { by: 'weekday', nth: 2, weekday: 2 } } as const;
const friday = { frequency: 'monthly', monthly: { by: 'weekday', nth: -1, weekday: 5 } } as const;
const fifteenth = { frequency: 'monthly', monthly: { by: 'day', day: 15 } } as const;

describe('a rule in words', () => {
  it('in English', async () => {
    const text = await textsIn('en');
    expect(text({})).toBe('every day, 10 times');
    expect(text({ interval: 3, end: { by: 'count', count: 1 } })).toBe('every 3 days, once');
    expect(text(weekly)).toBe('every week on Mon and Thu, 10 times');
    expect(text({ ...weekly, interval: 2 })).toBe('every 2 weeks on Mon and Thu, 10 times');
    expect(text(tuesday)).toBe('every month on the second Tuesday, 10 times');
    expect(text({ ...friday, interval: 2 })).toBe('every 2 months on the last Friday, 10 times');
    expect(text({ ...fifteenth, end: { by: 'until', until: '2027-03-15' } })).toBe(
      'every month on day 15, until 15 Mar 2027',
    );
  });

  it('in French', async () => {
    const text = await textsIn('fr');
    expect(text({})).toBe('tous les jours, 10 fois');
    expect(text({ interval: 3, end: { by: 'count', count: 1 } })).toBe('tous les 3 jours, une fois');
    expect(text(weekly)).toBe('chaque semaine, lun. et jeu., 10 fois');
    expect(text({ ...weekly, interval: 2 })).toBe('toutes les 2 semaines, lun. et jeu., 10 fois');
    expect(text(tuesday)).toBe('chaque mois, le deuxième mardi, 10 fois');
    expect(text({ ...friday, interval: 2 })).toBe('tous les 2 mois, le dernier vendredi, 10 fois');
    expect(text({ ...fifteenth, end: { by: 'until', until: '2027-03-15' } })).toBe(
      'chaque mois, le 15, jusqu’au 15 mars 2027',
    );
  });
});
