import type { Knowledge } from './knowledge.ts';
import type { MedicineIngredient } from './prescription.ts';

/** What was read from the name of a medicine. */
export interface MatchedMedicine {
  readonly ingredients: readonly (MedicineIngredient & { readonly key: string })[];
  /** Parts of the name that are no ingredient of the data set. */
  readonly unmatched: readonly string[];
  /** What the strengths are in, where the name says it: `tablet`, `ml`, `puff`. */
  readonly unitOfDose: string | null;
}

/** Lower-case words with single blanks, as names are compared. */
export const plainName = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9+/.%-]+/g, ' ')
    .trim();

/** Salts, hydrates and esters: what may stand beside the name of an ingredient and leaves it the same. */
const salts = new Set(
  `acetate anhydrous arginine axetil besilate besylate bitartrate bromide calcium carbonate chloride citrate dihydrate
  dihydrochloride dipropionate disodium erbumine ethylsuccinate fumarate furoate gluconate hemihydrate hydrobromide
  hydrochloride hydrocholoride hyclate lactate magnesium maleate malate medoxomil mesilate mesylate monohydrate nitrate
  oxalate pamoate phosphate potassium propionate sodium stearate succinate sulfate sulphate tartrate tosylate
  trihydrate valerate xinafoate usp`.split(/\s+/),
);

const withoutSalts = (name: string): string =>
  name
    .split(' ')
    .filter((word, index) => index === 0 || !salts.has(word))
    .join(' ');

/** Words of a release or a package that come before the first ingredient. */
const before =
  /^(?:nda\d+ |abuse-deterrent |delayed release |extended release |\d+(?:\.\d+)? (?:hr|actuat|ml|mg|unt|day) )+/;
const strength =
  /^(.*?) (\d+(?:\.\d+)?) (mg|mcg|ug|g|unt|iu|meq|mmol|mg\/mg|%)(?:\/((?:\d+(?:\.\d+)? )?(?:ml|actuat|hr|dose|mg|g)))?(?: (.*))?$/;
const form =
  /\b(?:oral|tablet|capsule|solution|suspension|injection|injectable|inhal\w*|spray|cream|ointment|gel|patch|syrup|drops?|powder|prefilled|implant|system|topical|chewable|mucosal|nasal|ophthalmic|rectal|suppository|lotion|pack|auto-injector|lozenge|granules?|transdermal|otic|vaginal|kit|film)\b.*$/;

const unitOfForm: readonly (readonly [RegExp, string])[] = [
  [/tablet/, 'tablet'],
  [/capsule/, 'capsule'],
  [/suppository/, 'suppository'],
  [/lozenge/, 'lozenge'],
];

interface Part {
  readonly name: string;
  readonly value: string | null;
  readonly unit: string | null;
  readonly per: string | null;
}

const partOf = (text: string): Part => {
  const bare = text.trim().replace(before, '');
  const found = strength.exec(bare);
  if (found) {
    const [, name = '', value = null, unit = null, per = null] = found;
    return { name, value, unit, per };
  }
  return { name: bare.replace(form, '').trim() || bare, value: null, unit: null, per: null };
};

const unitOfDose = (text: string, parts: readonly Part[]): string | null => {
  const per = parts.find((part) => part.per !== null)?.per;
  if (per === 'ml') return 'ml';
  if (per === 'actuat' || per === 'dose') return 'puff';
  if (per !== undefined) return null;
  return unitOfForm.find(([pattern]) => pattern.test(text))?.[1] ?? null;
};

/**
 * A reader of medicine names for one data set: names such as `Amlodipine 5 MG / Olmesartan medoxomil 20 MG Oral Tablet`
 * (RxNorm's) or `amoxicillin 500 mg capsules` (people's) become ingredients. What it does not know it says: it never
 * guesses by likeness, since one letter is another medicine.
 */
export const ingredientMatcher = (knowledge: Knowledge): Matcher => {
  const made = matchers.get(knowledge) ?? createMatcher(knowledge);
  matchers.set(knowledge, made);
  return made;
};

export type Matcher = (text: string) => MatchedMedicine;

/** A data set does not change, so its names are arranged once. */
const matchers = new WeakMap<Knowledge, Matcher>();

const createMatcher = (knowledge: Knowledge): Matcher => {
  const byName = new Map<string, string>();
  for (const { key, name, synonyms } of knowledge.ingredients.values())
    for (const known of [name, key.replaceAll('-', ' '), ...synonyms]) byName.set(plainName(known), key);
  const products = new Map(knowledge.products.map((fact) => [plainName(fact.name), fact.ingredients]));

  const keyOf = (name: string): string | undefined => byName.get(name) ?? byName.get(withoutSalts(name));
  const ingredient = (key: string, part: Part): MedicineIngredient & { readonly key: string } => ({
    key,
    name: knowledge.ingredients.get(key)?.name ?? key,
    value: part.value,
    unit: part.unit === 'unt' ? 'IU' : (part.unit?.toLowerCase() ?? null),
  });
  const fromProduct = (text: string): readonly string[] => {
    for (let words = text.split(' '); words.length > 0; words = words.slice(0, -1)) {
      const found = products.get(words.join(' '));
      if (found) return found;
    }
    return [];
  };

  return (text) => {
    const plain = plainName(text.replace(/\[[^\]]*\]/g, ' '));
    const parts = plain.split(/ \/ | \+ /).map(partOf);
    const found = parts.map((part) => ({ part, key: keyOf(part.name) }));
    const matched = found.flatMap(({ part, key }) => (key === undefined ? [] : [ingredient(key, part)]));
    const unmatched = found.flatMap(({ part, key }) => (key === undefined ? [part.name] : []));
    if (matched.length === 0) {
      const keys = fromProduct(plain.replace(before, ''));
      const unknown = { name: '', value: null, unit: null, per: null };
      if (keys.length > 0)
        return { ingredients: keys.map((key) => ingredient(key, unknown)), unmatched: [], unitOfDose: null };
    }
    return { ingredients: matched, unmatched, unitOfDose: unitOfDose(plain, parts) };
  };
};

/** The key an ingredient is stored under where the data set does not know it. */
export const keyOfName = (name: string): string =>
  plainName(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 100)
    .replace(/-$/, '') || 'unknown';
