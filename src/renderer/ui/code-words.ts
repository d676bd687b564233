import type { TFunction } from 'i18next';
import { contactRelations } from '#shared/domain/patients/relation.ts';

const among = <T extends string>(all: readonly T[], value: string): value is T =>
  (all as readonly string[]).includes(value);

/** What somebody is to a patient; a code this version does not know reads as it is. */
export const relationWord = (t: TFunction, code: string): string =>
  among(contactRelations, code) ? t(`particulars.contactRelation.${code}`) : code;

const upperFirst = (text: string, locale: string): string => {
  const [first = '', ...rest] = [...text];
  return first.toLocaleUpperCase(locale) + rest.join('');
};

/** A language by its BCP 47 tag, in the words of `locale`; the tag itself where there is no word. */
export const languageWord = (tag: string, locale: string): string => {
  try {
    const word = new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag;
    return upperFirst(word, locale);
  } catch {
    return tag;
  }
};
