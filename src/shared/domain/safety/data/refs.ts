import type { Ref } from '../facts.ts';

/** `nsaids*` is the class, `ibuprofen` the ingredient: the tables of this folder are read by people first. */
export const ref = (text: string): Ref =>
  text.endsWith('*') ? { class: text.slice(0, -1) } : { ingredient: text };
