import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { useClient } from '#renderer/client/provider.tsx';
import type { Catalogue } from '#shared/i18n/english.ts';
import { type Language, languages } from '#shared/i18n/languages.ts';
import type { PanelCatalogue } from '#shared/i18n/panel-english.ts';
import { usePreferences } from './preferences.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Catalogue };
  }
}

/** Fetches what a page says in each language. */
export type PageWords = Readonly<Record<Language, () => Promise<Catalogue | PanelCatalogue>>>;

let words: PageWords;

async function fetchWords(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  i18next.addResourceBundle(language, 'translation', await words[language]());
}

/** Starts the texts of `page` in `language`, the only one that is fetched. Rejects when it cannot be had. */
export async function startI18n(language: Language, page: PageWords): Promise<void> {
  words = page;
  await i18next.use(initReactI18next).init({
    lng: language,
    supportedLngs: Object.keys(languages),
    resources: { [language]: { translation: await page[language]() } },
    fallbackLng: false,
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

/** Fetches the texts of every language, for a page that greets in all of them. */
export async function fetchEveryLanguage(): Promise<void> {
  await Promise.all((Object.keys(languages) as Language[]).map(fetchWords));
}

/** Changes the language of this window once its texts are there. Rejects, and changes nothing, when they cannot be had. */
export async function speak(language: Language): Promise<void> {
  await fetchWords(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

let chosen: Language | undefined;

/**
 * Chooses the language of this window: it is kept once its texts are there, so that dates and words change together and no key is ever
 * read. Of two choices the later one holds. Without a connection all stays as it is. A browser does not ask again for a file it once
 * could not have: where the host answers nevertheless, the page is loaded anew in the language.
 */
export function useLanguageChoice(): (language: Language) => Promise<void> {
  const client = useClient();
  return async (language) => {
    chosen = language;
    const isThere = await fetchWords(language).then(
      () => true,
      () => false,
    );
    if (!isThere && !(await client.ask('app.info', {})).ok) return;
    if (chosen !== language) return;
    usePreferences.getState().set({ language });
    if (!isThere) window.location.reload();
  };
}
