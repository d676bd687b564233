import { bundledDataset } from '#shared/domain/safety/data/bundled.ts';
import { type Knowledge, knowledgeOf } from '#shared/domain/safety/knowledge.ts';
import { ingredientMatcher, plainName } from '#shared/domain/safety/matching.ts';

/** Made when the first medicine is read. The bundled set, so that a file gives the same rows at every workstation. */
let kept: Knowledge | null = null;
const knowledge = (): Knowledge => {
  kept ??= knowledgeOf(bundledDataset, bundledDataset.facts);
  return kept;
};

interface ReadMedicine {
  /** JSON of what is known of it, as the column `ingredients` has it; null where a part is not known. */
  readonly ingredients: string | null;
  readonly unitOfDose: string | null;
}

/** The ingredients of a medicine by its RxNorm name. Half of them would make a check say that all is well: then there are none. */
export const readMedicineName = (name: string): ReadMedicine => {
  const { ingredients, unmatched, unitOfDose } = ingredientMatcher(knowledge())(name);
  const whole = ingredients.length > 0 && unmatched.length === 0;
  return { ingredients: whole ? JSON.stringify(ingredients) : null, unitOfDose: whole ? unitOfDose : null };
};

interface ReadSubstance {
  readonly code_kind: 'ingredient' | 'class' | 'other';
  readonly code: string | null;
}

/** What an allergy to a medicine means to the checks: an ingredient, a class, or nothing they know. */
export const readSubstance = (substance: string): ReadSubstance => {
  const { ingredients, unmatched } = ingredientMatcher(knowledge())(substance);
  const [only, ...more] = ingredients;
  if (only !== undefined && more.length + unmatched.length === 0)
    return { code_kind: 'ingredient', code: only.key };
  const name = plainName(substance);
  const group = [...knowledge().classes.values()].find((one) =>
    [one.name, ...one.synonyms].some((known) => plainName(known) === name),
  );
  return group === undefined ? { code_kind: 'other', code: null } : { code_kind: 'class', code: group.key };
};
