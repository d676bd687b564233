import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { describe, expect, it } from 'vitest';
import { SafetyDataset, subjectOf } from '../facts.ts';
import { datasetProblems, knowledgeOf } from '../knowledge.ts';
import { ingredientMatcher } from '../matching.ts';
import { bundledDataset } from './bundled.ts';

const knowledge = knowledgeOf(bundledDataset, bundledDataset.facts);
const match = ingredientMatcher(knowledge);

describe('the bundled data set', () => {
  it('has the shape of one that is imported, and names nothing that it does not know', () => {
    expect(SafetyDataset.parse(bundledDataset)).toEqual(bundledDataset);
    expect(datasetProblems(bundledDataset.facts)).toEqual([]);
    for (const fact of bundledDataset.facts) expect(subjectOf(fact).length).toBeLessThanOrEqual(100);
  });

  it('says what is wrong with one that is not sound', () => {
    const { facts } = bundledDataset;
    const [first] = facts;
    if (first === undefined) throw new Error('the set is empty');
    const renal = { kind: 'renal', below: 30, advice: 'avoid', source: 'x' } as const;
    const dose = {
      kind: 'dose',
      routes: [] as string[],
      per: 'dose',
      perKg: false,
      unit: 'mg',
      ceiling: null,
      source: 'x',
    } as const;
    expect(
      datasetProblems([
        first,
        first,
        { ...renal, of: { class: 'nothing' } },
        { ...dose, ingredient: 'paracetamol', ageFrom: 24, ageTo: 12, min: '5', max: '1' },
        { ...dose, ingredient: 'nothing', ageFrom: 0, ageTo: null, min: null, max: '1' },
      ]),
    ).toEqual([
      { fact: 2, code: 'duplicate-key', subject: 'paracetamol' },
      { fact: 3, code: 'unknown-class', subject: 'nothing' },
      { fact: 4, code: 'range-order', subject: 'paracetamol' },
      { fact: 4, code: 'age-order', subject: 'paracetamol' },
      { fact: 5, code: 'unknown-ingredient', subject: 'nothing' },
    ]);
  });

  it('gives no two ingredients one name', () => {
    const names = [...knowledge.ingredients.values()].flatMap(({ key, name, synonyms }) =>
      [name, ...synonyms].map((one) => [one.toLowerCase(), key] as const),
    );
    for (const [name, owners] of Map.groupBy(names, ([one]) => one))
      expect(new Set(owners.map(([, key]) => key)).size, name).toBe(1);
  });
});

describe('names of medicines are read', () => {
  const read = (text: string) => {
    const { ingredients, unmatched, unitOfDose } = match(text);
    const parts = ingredients.map(({ key, value, unit }) => [key, value, unit].filter(Boolean).join(' '));
    return [
      ...parts,
      ...unmatched.map((part) => `? ${part}`),
      ...(unitOfDose === null ? [] : [`per ${unitOfDose}`]),
    ];
  };
  it.each([
    ['Ibuprofen 100 MG Oral Tablet', ['ibuprofen 100 mg', 'per tablet']],
    ['amLODIPine 2.5 MG Oral Tablet', ['amlodipine 2.5 mg', 'per tablet']],
    [
      'Amlodipine 5 MG / Hydrochlorothiazide 12.5 MG / Olmesartan medoxomil 20 MG Oral Tablet',
      ['amlodipine 5 mg', 'hydrochlorothiazide 12.5 mg', 'olmesartan 20 mg', 'per tablet'],
    ],
    [
      'Acetaminophen 325 MG / Oxycodone Hydrochloride 10 MG Oral Tablet [Percocet]',
      ['paracetamol 325 mg', 'oxycodone 10 mg', 'per tablet'],
    ],
    [
      'Abuse-Deterrent 12 HR Oxycodone Hydrochloride 15 MG Extended Release Oral Tablet',
      ['oxycodone 15 mg', 'per tablet'],
    ],
    [
      'NDA020503 200 ACTUAT Albuterol 0.09 MG/ACTUAT Metered Dose Inhaler',
      ['salbutamol 0.09 mg', 'per puff'],
    ],
    ['0.4 ML Enoxaparin sodium 100 MG/ML Prefilled Syringe', ['enoxaparin 100 mg', 'per mL']],
    ['1 ML Vasopressin (USP) 20 UNT/ML Injection', ['vasopressin 20 IU', 'per mL']],
    ['Vitamin B 12 5 MG/ML Injectable Solution', ['cyanocobalamin 5 mg', 'per mL']],
    ['Penicillin V Potassium 250 MG Oral Tablet', ['phenoxymethylpenicillin 250 mg', 'per tablet']],
    ['Carbamazepine[Tegretol]', ['carbamazepine']],
    ['Yaz 28 Day Pack', ['drospirenone', 'ethinylestradiol']],
    ['NuvaRing 0.12/0.015 MG per 24HR 21 Day Vaginal Ring', ['etonogestrel', 'ethinylestradiol']],
    ['Ferrous sulfate', ['ferrous-sulfate']],
    ['amoxicillin 500 mg capsules', ['amoxicillin 500 mg', 'per capsule']],
    ['Amoxicilline', ['? amoxicilline']],
    ['Potassium', ['? potassium']],
    ['', ['? ']],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('all prescriptions of the Synthea sample but those of what the set does not know', async () => {
    const unmatched = new Map<string, number>();
    let count = 0;
    const file = new URL('../../../../../tests/fixtures/synthea/medications.csv', import.meta.url);
    for await (const row of createReadStream(file).pipe(parse({ columns: true }))) {
      count += 1;
      for (const part of match(String(row.DESCRIPTION)).unmatched)
        unmatched.set(part, (unmatched.get(part) ?? 0) + 1);
    }
    expect(count).toBeGreaterThan(20);
    expect([...unmatched.keys()]).toEqual([]);
  });
});
