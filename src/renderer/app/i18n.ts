import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Catalogue, catalogues, type Language, languages } from '#shared/i18n/catalogues.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Catalogue };
  }
}

/** Starts the texts in `language`; every language is bundled, so nothing is fetched. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    supportedLngs: Object.keys(languages),
    resources: { en: { translation: catalogues.en }, fr: { translation: catalogues.fr } },
    fallbackLng: false,
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

/** Changes the language of this window at once. */
export async function speak(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
