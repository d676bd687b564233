import { type DrugRoute, routes } from '../../prescribing/routes.ts';

/** By these a medicine acts in the whole body. */
export const systemic: readonly DrugRoute[] = [
  'oral',
  'sublingual',
  'buccal',
  'rectal',
  'vaginal',
  'transdermal',
  'subcutaneous',
  'intramuscular',
  'intravenous',
];

/** By these most of it stays where it is put. */
export const local: readonly DrugRoute[] = routes.filter((route) => !systemic.includes(route));
