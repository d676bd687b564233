import { describe, expect, it } from 'vitest';
import { doseUnits } from '../prescribing/units.ts';
import { bundledDataset } from '../safety/data/bundled.ts';
import { knowledgeOf } from '../safety/knowledge.ts';
import { ingredientMatcher } from '../safety/matching.ts';
import { type MedicineDraft, readMedicine, type StoredIngredient } from './medicine.ts';
import { starterFormulary } from './starter.ts';

const knowledge = knowledgeOf(bundledDataset, bundledDataset.facts);
const match = ingredientMatcher(knowledge);
const draft = (more: Partial<MedicineDraft>): MedicineDraft => ({
  name: 'X',
  ingredients: 'Amoxicillin',
  strength: '',
  form: '',
  unitOfDose: '',
  route: '',
  ...more,
});
const read = (more: Partial<MedicineDraft>) => {
  const found = readMedicine(draft(more), match);
  if (!found.ok) return Object.entries(found.fields).map(([field, problem]) => `${field} ${problem}`);
  const { ingredients, unit_of_dose, route } = found.columns;
  const parts = (JSON.parse(ingredients) as readonly StoredIngredient[]).map(({ key, value, unit }) =>
    [key, value, unit].filter(Boolean).join(' '),
  );
  return [...parts, `per ${unit_of_dose}`, ...(route === null ? [] : [route])];
};

describe('a medicine as it was entered', () => {
  it.each<[Partial<MedicineDraft>, readonly string[]]>([
    [{ strength: '500 mg', form: 'capsule', route: 'po' }, ['amoxicillin 500 mg', 'per capsule', 'oral']],
    [{ strength: '250 mg/5 ml', form: 'oral suspension' }, ['amoxicillin 50 mg', 'per ml']],
    [{ strength: '62,5 mg / ml' }, ['amoxicillin 62.5 mg', 'per ml']],
    [{ strength: '100 mg/3 ml' }, ['amoxicillin 33.333333333 mg', 'per ml']],
    [
      {
        ingredients: 'Amoxicillin; clavulanate potassium',
        strength: '875 mg; 125 mg',
        form: 'film-coated tablet',
      },
      ['amoxicillin 875 mg', 'clavulanic-acid 125 mg', 'per tablet'],
    ],
    [{ ingredients: 'Zyxoforte', strength: '5 mg', unitOfDose: 'tabs' }, ['zyxoforte 5 mg', 'per tablet']],
    [{}, ['amoxicillin', 'per null']],
    [{ strength: '0.1 mg/puff' }, ['amoxicillin 0.1 mg', 'per puff']],
    [{ strength: '0 mg' }, ['strength strength']],
    [{ strength: '-5 mg' }, ['strength strength']],
    [{ strength: '1,000 mg' }, ['strength strength']],
    [{ strength: '1.500 mg' }, ['strength strength']],
    [{ strength: '250 mg/1,000 ml' }, ['strength strength']],
    [{ strength: '1 500 mg' }, ['amoxicillin 1500 mg', 'per null']],
    [{ strength: '1\u202f000 mg/1\u202f000 ml' }, ['amoxicillin 1 mg', 'per ml']],
    [{ strength: '1 2 mg' }, ['strength strength']],
    [{ strength: '0,125 mg' }, ['amoxicillin 0.125 mg', 'per null']],
    [{ strength: '500' }, ['strength strength']],
    [{ strength: '5 mg/l' }, ['strength strength']],
    [{ strength: '500 mg + 125 mg' }, ['strength strength']],
    [{ ingredients: ' ; ' }, ['ingredients required']],
  ])('%j', (more, expected) => {
    expect(read(more)).toEqual(expected);
  });
});

describe('the starter formulary', () => {
  const starter = starterFormulary(match);
  it('is of ingredients the bundled data set knows, each once, in units a dose can be written in', () => {
    expect(starter.length).toBeGreaterThanOrEqual(100);
    expect(new Set(starter.map(({ name }) => name)).size).toBe(starter.length);
    for (const { name, ingredients, unit_of_dose, form, route } of starter) {
      for (const { key } of JSON.parse(ingredients) as readonly StoredIngredient[])
        expect(knowledge.ingredients.has(key), name).toBe(true);
      expect(form && route, name).toBeTruthy();
      expect(doseUnits as readonly string[], name).toContain(unit_of_dose);
    }
  });
});
