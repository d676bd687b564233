import type { PageWords } from '#renderer/ui/language.ts';

/** All texts of the clinic's screens, each language in a file of its own. */
export const clinicWords: PageWords = {
  en: () => import('#shared/i18n/english.ts').then((file) => file.english),
  fr: () => import('#shared/i18n/french.ts').then((file) => file.french),
};
