import { minorDigits } from '#shared/domain/prices/money.ts';
import { catalogues } from '#shared/i18n/catalogues.ts';
import { type Language, languages } from '#shared/i18n/languages.ts';

/** A text of the catalogue with its values in place. */
export const filled = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));

/** The narrow spaces of some languages are in no font of ours. */
const printable = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

/** The words, dates and amounts of what a patient takes home, in the language it is asked for. */
export const panelWords = (language: Language, timeZone: string) => {
  const { locale } = languages[language];
  const dayOf = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const at = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone });
  const exactly = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone });
  return {
    paper: catalogues[language].panelPaper,
    language,
    /** A day, `YYYY-MM-DD`, or as much of one as is known. */
    day: (text: string) =>
      text.length < 10 ? text : dayOf.format(Date.parse(`${text.slice(0, 10)}T00:00:00Z`)),
    /** The day of an instant at the clinic. */
    dayAt: (instant: string) => at.format(Date.parse(instant)),
    /** The day and time of an instant at the clinic. */
    timeAt: (instant: string) => printable(exactly.format(Date.parse(instant))),
    number: (value: string) => value.replace('.', locale.startsWith('fr') ? ',' : '.'),
    money: (amount: number, currency: string) =>
      printable(
        new Intl.NumberFormat(locale, { style: 'currency', currency }).format(
          amount / 10 ** minorDigits(currency),
        ),
      ),
  };
};
export type PanelWords = ReturnType<typeof panelWords>;
