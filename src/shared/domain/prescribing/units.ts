import { multiplyDecimals, readDecimal, tidyDecimal } from '#shared/kernel/decimal.ts';
import { fold } from '../patients/fold.ts';

/**
 * Units a dose is written in. `mass`: UCUM's, each a multiple of the smallest of its kind. `counted`: what is counted or
 * applied, as in FHIR's dose quantities; these are also the units of a quantity that is handed out.
 */
const massUnits = ['ng', 'mcg', 'mg', 'g'] as const;
const otherAmounts = ['unit', 'mmol', 'mEq'] as const;
export const countedUnits = [
  'tablet',
  'capsule',
  'ml',
  'puff',
  'drop',
  'sachet',
  'suppository',
  'pessary',
  'patch',
  'ampoule',
  'vial',
  'application',
  'spray',
  'lozenge',
  'dose',
] as const;
export const doseUnits = [...massUnits.toReversed(), ...otherAmounts, ...countedUnits] as const;
export type DoseUnit = (typeof doseUnits)[number];

/** In nanograms. */
const size: Readonly<Record<(typeof massUnits)[number], string>> = {
  ng: '1',
  mcg: '1000',
  mg: '1000000',
  g: '1000000000',
};

const spellings: Readonly<Record<DoseUnit, readonly string[]>> = {
  ng: ['nanogram', 'nanograms', 'nanogramme'],
  mcg: ['ug', '\u03bcg', 'microgram', 'micrograms', 'microgramme', 'microgrammes', '[ug]'],
  mg: ['milligram', 'milligrams', 'milligramme', 'milligrammes', 'mgs'],
  g: ['gr', 'gm', 'gram', 'grams', 'gramme', 'grammes'],
  unit: ['units', 'u', 'iu', 'ui', 'unite', 'unites', '[iu]'],
  mmol: ['mmols', 'millimol'],
  mEq: ['meq'],
  tablet: ['tab', 'tabs', 'tablets', 'cp', 'cpr', 'comprime', 'comprimes', 'tb', '{tablet}'],
  capsule: ['cap', 'caps', 'capsules', 'gel', 'gelule', 'gelules', '{capsule}'],
  ml: ['mls', 'millilitre', 'millilitres', 'cc', 'milliliter', 'milliliters'],
  puff: ['puffs', 'bouffee', 'bouffees', 'inhalation', 'inhalations', '{puff}'],
  drop: ['drops', 'gtt', 'gtts', 'goutte', 'gouttes', '[drp]'],
  sachet: ['sachets', 'packet', 'packets'],
  suppository: ['supp', 'suppo', 'suppositories', 'suppositoire', 'suppositoires'],
  pessary: ['pessaries', 'ovule', 'ovules'],
  patch: ['patches', 'patchs'],
  ampoule: ['amp', 'amps', 'ampoules', 'ampule', 'ampules'],
  vial: ['vials', 'flacon', 'flacons'],
  application: ['app', 'applications', 'applic'],
  spray: ['sprays', 'pulverisation', 'pulverisations'],
  lozenge: ['lozenges', 'pastille', 'pastilles'],
  dose: ['doses'],
};

const bySpelling: ReadonlyMap<string, DoseUnit> = new Map(
  doseUnits.flatMap((unit) => [fold(unit), ...spellings[unit]].map((word) => [fold(word), unit] as const)),
);

/** The unit a word means; null for a word that means none. */
export const parseUnit = (word: string): DoseUnit | null =>
  bySpelling.get(fold(word.trim()).replace(/\.$/u, '').replace(/µ/gu, '\u03bc')) ?? null;

export const isCounted = (unit: string): boolean => (countedUnits as readonly string[]).includes(unit);

const isMass = (unit: string): unit is (typeof massUnits)[number] =>
  (massUnits as readonly string[]).includes(unit);

/** An amount in the smallest unit of its kind, so that two can be compared: milligrams and grams are one kind. */
export const inSmallest = (
  amount: string,
  unit: string,
): { readonly kind: string; readonly amount: string } => {
  const known = parseUnit(unit);
  if (known === null || !isMass(known)) return { kind: known ?? unit, amount };
  return { kind: 'mass', amount: multiplyDecimals(amount, size[known]) };
};

const glued = /^([\d.,]+)\s*([^\d\s].*)?$/u;

/** `500mg`, `0,5 ml`, `2`: a number with or without a unit behind it; null for anything else. */
export const parseAmount = (
  text: string,
): { readonly value: string; readonly unit: DoseUnit | null } | null => {
  const half = /^(?:1\/2|\u00bd)\s*(.*)$/u.exec(text.trim());
  const [, digits = '', word = ''] = half ? ['', '0.5', half[1]] : (glued.exec(text.trim()) ?? []);
  const read = readDecimal(digits);
  if (read === null) return null;
  const value = tidyDecimal(read);
  if (word.trim() === '') return { value, unit: null };
  const unit = parseUnit(word);
  return unit === null ? null : { value, unit };
};
