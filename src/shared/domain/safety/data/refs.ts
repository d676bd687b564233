import type { DrugRoute } from '../../prescribing/routes.ts';
import type { Ref, RoutedRef } from '../facts.ts';

/** `nsaids*` is the class, `ibuprofen` the ingredient: the tables of this folder are read by people first. */
export const ref = (text: string): Ref =>
  text.endsWith('*') ? { class: text.slice(0, -1) } : { ingredient: text };

/** The same, taken by one of some routes. */
export const refBy = (text: string, routes: readonly DrugRoute[] | null): RoutedRef =>
  routes === null ? ref(text) : { ...ref(text), routes: [...routes] };
