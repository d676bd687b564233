import { type Catalogue, english } from './english.ts';
import { french } from './french.ts';
import type { Language } from './languages.ts';

/** Every language at once, for whoever writes to people of several. A page fetches the one it speaks. */
export const catalogues: Readonly<Record<Language, Catalogue>> = { en: english, fr: french };
