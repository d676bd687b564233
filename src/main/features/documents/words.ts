import { catalogues } from '#shared/i18n/catalogues.ts';
import { type Language, languages } from '#shared/i18n/languages.ts';

/** A text of the catalogue with its values in place. */
export const filled = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));

/** The words and dates of a document in its language, which need not be that of the screens. */
export const paperWords = (language: Language, timeZone: string) => {
  const { locale } = languages[language];
  const day = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const time = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  const { paper, category } = catalogues[language].documents;
  return {
    paper,
    category,
    number: (value: string) => value.replace('.', locale.startsWith('fr') ? ',' : '.'),
    /** A day, `YYYY-MM-DD`. */
    day: (text: string) => day.format(Date.parse(`${text.slice(0, 10)}T00:00:00Z`)),
    time: (at: number) => time.format(at),
    days: (from: string, to: string, count: number) =>
      filled(count === 1 ? paper.days_one : paper.days_other, {
        from: day.format(Date.parse(from)),
        to: day.format(Date.parse(to)),
        count,
      }),
  };
};
export type PaperWords = ReturnType<typeof paperWords>;
