import type { PageWords } from '#renderer/ui/language.ts';

/** The texts of the patients' page, each language in a file of its own. */
export const panelWords: PageWords = {
  en: () => import('#shared/i18n/panel-english.ts').then((file) => file.panelEnglish),
  fr: () => import('#shared/i18n/panel-french.ts').then((file) => file.panelFrench),
};
