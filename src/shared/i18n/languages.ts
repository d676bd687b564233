/** Languages the product speaks, with the name each gives itself and the locale for dates and numbers. */
export const languages = {
  en: { name: 'English', locale: 'en-GB' },
  fr: { name: 'Français', locale: 'fr-FR' },
} as const;
export type Language = keyof typeof languages;
