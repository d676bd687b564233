import type { Language } from './languages.ts';

/** What is said when not even the texts of a page could be fetched: it comes with the page itself. */
export const unloaded: Readonly<Record<Language, { readonly text: string; readonly again: string }>> = {
  en: { text: 'This page could not be loaded. Check your connection, then try again.', again: 'Try again' },
  fr: {
    text: 'Cette page n’a pas pu être chargée. Vérifiez votre connexion, puis réessayez.',
    again: 'Réessayer',
  },
};
