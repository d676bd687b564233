import { z } from 'zod';
import {
  compareDecimals,
  divideDecimals,
  isPositive,
  readDecimal,
  roundDecimal,
} from '#shared/kernel/decimal.ts';
import { parseRoute } from '../prescribing/routes.ts';
import { parseUnit } from '../prescribing/units.ts';
import { keyOfName, type Matcher } from '../safety/matching.ts';
import { amountOf, isMeasure } from '../safety/units.ts';

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'characters');

/** A medicine as it is entered: ingredients and strengths are lists in the same order, with `;` or `+` between. */
export const MedicineDraft = z.object({
  name: text(200).min(1, 'required'),
  ingredients: text(2000).min(1, 'required'),
  /** `500 mg`, `875 mg + 125 mg`, `250 mg/5 ml`; empty where it is not known. */
  strength: text(200),
  form: text(100),
  unitOfDose: text(50),
  route: text(100),
});
export type MedicineDraft = z.infer<typeof MedicineDraft>;

/** One ingredient and its strength in one unit of dose, as the column `ingredients` holds it. */
export interface StoredIngredient {
  readonly key: string;
  readonly name: string;
  readonly value: string | null;
  readonly unit: string | null;
}

/** The columns of a medicine. */
export interface MedicineColumns {
  readonly name: string;
  readonly ingredients: string;
  readonly form: string | null;
  readonly strength: string | null;
  readonly route: string | null;
  readonly unit_of_dose: string | null;
}

export type Read =
  | { readonly ok: true; readonly columns: MedicineColumns }
  /** By field, what is wrong with it. */
  | { readonly ok: false; readonly fields: Readonly<Partial<Record<keyof MedicineDraft, string>>> };

interface Strength {
  readonly value: string;
  readonly unit: string;
  /** What it is in, where it is said: `ml`. */
  readonly per: string | null;
}

const form = /^(\d[\d.,\s'\u2019]*?)\s*([^\d\s/]+)(?:\s*\/\s*(\d[\d.,\s'\u2019]*?)?\s*([^\d\s/]+))?$/u;

/** The most digits after the point that a division keeps: below any strength there is. */
const digits = 9;

/** `250 mg/5 ml` is 50 mg in one ml. */
const strengthOf = (written: string): Strength | null => {
  const [, value = '', unit = '', per, perUnit] = form.exec(written.trim()) ?? [];
  const amount = readDecimal(value);
  if (amount === null || !isPositive(amount) || !isMeasure(unit)) return null;
  if (perUnit === undefined) return { value: amount, unit, per: null };
  const divisor = per === undefined ? '1' : readDecimal(per);
  const one = amountOf('1', perUnit);
  if (divisor === null || !isPositive(divisor)) return null;
  // Of a gram or a litre nothing is made: nobody doses in them.
  if (one !== null && compareDecimals(one.value, '1') !== 0) return null;
  return { value: roundDecimal(divideDecimals(amount, divisor, digits), digits), unit, per: perUnit };
};

const parts = (written: string, between = /[;+]/): readonly string[] =>
  written
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const unitFrom = (draft: MedicineDraft, strengths: readonly Strength[]): string | null => {
  const said = draft.unitOfDose === '' ? null : (parseUnit(draft.unitOfDose) ?? draft.unitOfDose);
  const per = strengths.find((strength) => strength.per !== null)?.per ?? null;
  const ofForm = draft.form
    .split(/\s+/)
    .map((word) => parseUnit(word))
    .findLast((unit) => unit !== null);
  return said ?? (per === null ? (ofForm ?? null) : (parseUnit(per) ?? per));
};

/** Strengths in the order of the ingredients; null where there are some and not one for each. */
const strengthsOf = (draft: MedicineDraft, count: number): readonly Strength[] | null => {
  if (draft.strength === '') return [];
  const read = parts(draft.strength).map(strengthOf);
  const known = read.filter((strength) => strength !== null);
  return known.length === read.length && known.length === count ? known : null;
};

/**
 * Reads a medicine as somebody entered it: by hand, or in a row of a CSV formulary. Ingredients the data set knows get its
 * key, others one made of their name, so that what is prescribed twice is seen all the same.
 */
export const readMedicine = (draft: MedicineDraft, match: Matcher): Read => {
  const names = parts(draft.ingredients, /[;+]|\s\/\s/);
  if (names.length === 0 || names.length > 20) return { ok: false, fields: { ingredients: 'required' } };
  const strengths = strengthsOf(draft, names.length);
  if (strengths === null) return { ok: false, fields: { strength: 'strength' } };
  const ingredients = names.map((name, index): StoredIngredient => {
    const { ingredients: known, unmatched } = match(name);
    const [found] = known;
    const one = found !== undefined && known.length === 1 && unmatched.length === 0 ? found : null;
    return {
      key: one?.key ?? keyOfName(name),
      name: one?.name ?? name.slice(0, 200),
      value: strengths[index]?.value ?? null,
      unit: strengths[index]?.unit ?? null,
    };
  });
  return {
    ok: true,
    columns: {
      name: draft.name,
      ingredients: JSON.stringify(ingredients),
      form: draft.form || null,
      strength: draft.strength || null,
      route: draft.route === '' ? null : (parseRoute(draft.route) ?? draft.route),
      unit_of_dose: unitFrom(draft, strengths),
    },
  };
};
