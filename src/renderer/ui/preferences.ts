import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Language } from '#shared/i18n/catalogues.ts';

export type Density = 'dense' | 'roomy';

/** What a person sets once for this window; none of it is clinical, and it never leaves this computer. */
export interface Preferences {
  readonly language: Language;
  readonly density: Density;
  readonly railNarrow: boolean;
  /** The site whose work is shown; null means all of them. */
  readonly siteId: string | null;
  /** WCAG 2.1.4: shortcuts of one letter can be turned off. */
  readonly singleKeys: boolean;
  set(change: Partial<Omit<Preferences, 'set'>>): void;
}

const systemLanguage = (): Language =>
  typeof navigator !== 'undefined' && navigator.language.startsWith('fr') ? 'fr' : 'en';

export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      language: systemLanguage(),
      density: 'dense',
      railNarrow: false,
      siteId: null,
      singleKeys: true,
      set: (change) => set(change),
    }),
    { name: 'clinichub.preferences' },
  ),
);
