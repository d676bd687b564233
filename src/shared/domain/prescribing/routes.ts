import { fold } from '../patients/fold.ts';

/** Ways into the body, as `route` stores them; SNOMED CT's names in short. */
export const routes = [
  'oral',
  'sublingual',
  'buccal',
  'inhaled',
  'nebulised',
  'intranasal',
  'topical',
  'transdermal',
  'ocular',
  'otic',
  'rectal',
  'vaginal',
  'subcutaneous',
  'intramuscular',
  'intravenous',
  'intradermal',
  'oromucosal',
] as const;
export type DrugRoute = (typeof routes)[number];

const spellings: Readonly<Record<DrugRoute, readonly string[]>> = {
  oral: ['po', 'per os', 'by mouth', 'per orale', 'voie orale'],
  sublingual: ['sl', 'sublinguale'],
  buccal: ['buccale'],
  inhaled: ['inh', 'inhalation', 'inhale'],
  nebulised: ['neb', 'nebs', 'nebulized', 'nebuliser', 'nebulisation'],
  intranasal: ['in', 'nasal', 'nasale'],
  topical: ['top', 'cutaneous', 'cutane', 'locale'],
  transdermal: ['td', 'transdermique'],
  ocular: ['eye', 'ophthalmic', 'oculaire', 'ophtalmique'],
  otic: ['ear', 'auricular', 'auriculaire'],
  rectal: ['pr', 'rectale', 'ir'],
  vaginal: ['pv', 'vaginale'],
  subcutaneous: ['sc', 'subcut', 's/c', 'sous-cutane', 'sous-cutanee'],
  intramuscular: ['im', 'intramusculaire'],
  intravenous: ['iv', 'intraveineux', 'intraveineuse'],
  intradermal: ['id', 'intradermique'],
  oromucosal: ['mouthwash', 'gargle', 'bain de bouche'],
};

const bySpelling: ReadonlyMap<string, DrugRoute> = new Map(
  routes.flatMap((route) => [route, ...spellings[route]].map((word) => [word, route] as const)),
);

/** The route a word means; null for a word that means none. */
export const parseRoute = (text: string): DrugRoute | null => {
  const plain = fold(text.replace(/(?<=\p{L})\.(?=\p{L}|\s|$)/gu, '')).trim();
  return bySpelling.get(plain) ?? null;
};

/** Whether it is one of {@link routes}. */
export const isRoute = (text: string | null): text is DrugRoute =>
  (routes as readonly (string | null)[]).includes(text);
