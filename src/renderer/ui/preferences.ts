import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Paper, Printable } from '#shared/domain/printing/paper.ts';
import type { Language } from '#shared/i18n/languages.ts';

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
  /** The paper each document was printed on last, where a browser prints. */
  readonly papers: Readonly<Partial<Record<Printable, Paper>>>;
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
      papers: {},
      set: (change) => set(change),
    }),
    { name: 'clinichub.preferences' },
  ),
);
