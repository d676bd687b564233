import { expect, test } from 'vitest';
import { catalogues } from '#shared/i18n/catalogues.ts';
import { wordsFor } from './language.ts';
import { stoppedPage } from './stopped-page.ts';

test.each(['en', 'fr'] as const)(
  'the still page says it in %s, leads back, and can run nothing',
  (language) => {
    const words = catalogues[language].app.safe;
    const html = stoppedPage(words, language);
    expect(html).toContain(`lang="${language}"`);
    expect(html).toContain('<a href="/"');
    expect(html).not.toMatch(/<script|\son[a-z]+=|javascript:/i);
  },
);

test('a text cannot become markup', () => {
  const words = { ...catalogues.en.app.safe, title: '<img src=x onerror="x">' };
  expect(stoppedPage(words, 'en')).not.toContain('<img');
});

test.each([
  ['fr-CA', 'fr'],
  ['fr', 'fr'],
  ['FR_fr', 'fr'],
  ['en-US', 'en'],
  ['sw-KE', 'en'],
  ['constructor', 'en'],
  ['', 'en'],
])("the system's locale %s is spoken to in %s", (locale, language) => {
  expect(wordsFor(locale).language).toBe(language);
});
