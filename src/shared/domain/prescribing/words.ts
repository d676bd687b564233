import type { Language } from '#shared/i18n/languages.ts';
import { keptDecimal, readDecimal } from '#shared/kernel/decimal.ts';
import type { DrugRoute } from './routes.ts';
import { type DoseUnit, parseUnit } from './units.ts';

/** One of a unit and several of it, as a patient reads it. */
type Forms = readonly [one: string, several: string];

const same = (word: string): Forms => [word, word];

const units: Readonly<Record<Language, Readonly<Record<DoseUnit, Forms>>>> = {
  en: {
    g: same('g'),
    mg: same('mg'),
    mcg: same('micrograms'),
    ng: same('nanograms'),
    unit: ['unit', 'units'],
    mmol: same('mmol'),
    mEq: same('mEq'),
    tablet: ['tablet', 'tablets'],
    capsule: ['capsule', 'capsules'],
    ml: same('ml'),
    puff: ['puff', 'puffs'],
    drop: ['drop', 'drops'],
    sachet: ['sachet', 'sachets'],
    suppository: ['suppository', 'suppositories'],
    pessary: ['pessary', 'pessaries'],
    patch: ['patch', 'patches'],
    ampoule: ['ampoule', 'ampoules'],
    vial: ['vial', 'vials'],
    application: ['application', 'applications'],
    spray: ['spray', 'sprays'],
    lozenge: ['lozenge', 'lozenges'],
    dose: ['dose', 'doses'],
  },
  fr: {
    g: same('g'),
    mg: same('mg'),
    mcg: same('microgrammes'),
    ng: same('nanogrammes'),
    unit: ['unité', 'unités'],
    mmol: same('mmol'),
    mEq: same('mEq'),
    tablet: ['comprimé', 'comprimés'],
    capsule: ['gélule', 'gélules'],
    ml: same('ml'),
    puff: ['bouffée', 'bouffées'],
    drop: ['goutte', 'gouttes'],
    sachet: ['sachet', 'sachets'],
    suppository: ['suppositoire', 'suppositoires'],
    pessary: ['ovule', 'ovules'],
    patch: ['patch', 'patchs'],
    ampoule: ['ampoule', 'ampoules'],
    vial: ['flacon', 'flacons'],
    application: ['application', 'applications'],
    spray: ['pulvérisation', 'pulvérisations'],
    lozenge: ['pastille', 'pastilles'],
    dose: ['dose', 'doses'],
  },
};

/** A unit behind a number; French counts 1.5 as one, English as several. A unit of a formulary's own is said as it is. */
export const unitWord = (language: Language, unit: string, value: string | null): string => {
  const known = parseUnit(unit);
  if (known === null) return unit;
  const amount = Number(value ?? '2');
  const single = language === 'fr' ? amount < 2 : amount === 1 || (amount > 0 && amount < 1);
  return units[language][known][single ? 0 : 1];
};

const routes: Readonly<Record<Language, Readonly<Record<DrugRoute, string>>>> = {
  en: {
    oral: 'by mouth',
    sublingual: 'under the tongue',
    buccal: 'inside the cheek',
    inhaled: 'inhaled',
    nebulised: 'by nebuliser',
    intranasal: 'into the nose',
    topical: 'on the skin',
    transdermal: 'through the skin',
    ocular: 'into the eye',
    otic: 'into the ear',
    rectal: 'rectally',
    vaginal: 'vaginally',
    subcutaneous: 'under the skin',
    intramuscular: 'into the muscle',
    intravenous: 'into a vein',
    intradermal: 'into the skin',
    oromucosal: 'in the mouth',
  },
  fr: {
    oral: 'par voie orale',
    sublingual: 'sous la langue',
    buccal: "à l'intérieur de la joue",
    inhaled: 'en inhalation',
    nebulised: 'en nébulisation',
    intranasal: 'dans le nez',
    topical: 'sur la peau',
    transdermal: 'à travers la peau',
    ocular: "dans l'œil",
    otic: "dans l'oreille",
    rectal: 'par voie rectale',
    vaginal: 'par voie vaginale',
    subcutaneous: 'sous la peau',
    intramuscular: 'dans le muscle',
    intravenous: 'dans une veine',
    intradermal: 'dans le derme',
    oromucosal: 'dans la bouche',
  },
};

/** A way into the body as a patient reads it; a formulary's own words are said as they are. */
export const routeWord = (language: Language, route: string): string =>
  Object.hasOwn(routes[language], route) ? routes[language][route as DrugRoute] : route;

/** A decimal text as it is written in a language. */
export const numberWord = (language: Language, value: string): string =>
  language === 'fr' ? value.replace('.', ',') : value;

/** A kept number in a field: with a comma in French, unless `2,125` could then be read in two ways. */
export const fieldNumber = (language: Language, value: string): string => {
  const plain = keptDecimal(value) ?? value;
  const text = numberWord(language, plain);
  return readDecimal(text) === null ? plain : text;
};
