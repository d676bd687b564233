import { catalogues } from '#shared/i18n/catalogues.ts';
import type { Catalogue } from '#shared/i18n/english.ts';
import type { Language } from '#shared/i18n/languages.ts';

/** The words the desktop itself uses for the system's locale (`fr-CA`, `en`): English where we do not speak it. */
export const wordsFor = (locale: string): { readonly language: Language; readonly words: Catalogue } => {
  const tag = locale.toLowerCase().split(/[-_]/)[0] ?? '';
  const language: Language = Object.hasOwn(catalogues, tag) ? (tag as Language) : 'en';
  return { language, words: catalogues[language] };
};
