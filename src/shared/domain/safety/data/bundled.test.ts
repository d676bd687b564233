import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { describe, expect, it } from 'vitest';
import { checkPrescription } from '../check.ts';
import { SafetyDataset, subjectOf } from '../facts.ts';
import { datasetProblems, knowledgeOf } from '../knowledge.ts';
import { ingredientMatcher } from '../matching.ts';
import type { CheckInput } from '../prescription.ts';
import { sound } from '../test-facts.ts';
import { bundledDataset } from './bundled.ts';
import { compared, factName } from './compared.ts';

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
    ['0.4 ML Enoxaparin sodium 100 MG/ML Prefilled Syringe', ['enoxaparin 100 mg', 'per ml']],
    ['1 ML Vasopressin (USP) 20 UNT/ML Injection', ['vasopressin 20 IU', 'per ml']],
    ['Vitamin B 12 5 MG/ML Injectable Solution', ['cyanocobalamin 5 mg', 'per ml']],
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

describe('what the bundled set says of prescriptions', () => {
  const man: CheckInput['patient'] = {
    ageMonths: 600,
    sex: 'male',
    weightKg: { value: '80', days: 10 },
    pregnancy: null,
    egfr: { value: 90, days: 30 },
    allergies: { recorded: true, list: [] },
  };
  const written = (name: string, value: string, perDay = '1', more: Partial<CheckInput> = {}): CheckInput => {
    const { ingredients, unitOfDose } = match(name);
    return {
      medicine: { name, ingredients, unitOfDose },
      dose: { value, unit: unitOfDose, perDay, howOften: { times: Number(perDay), days: 1 }, route: 'oral' },
      patient: man,
      others: [],
      ...more,
    };
  };
  const warned = (input: CheckInput) =>
    checkPrescription(knowledge, input)
      .filter(({ status }) => status === 'warning')
      .map(({ severity, reason, subject }) => `${severity} ${reason} ${subject}`);
  const taking = (name: string, route = 'oral') => ({
    others: [{ id: 'a', name, ingredients: match(name).ingredients, route }],
  });
  const takenBy = (route: string, input: CheckInput): CheckInput => ({
    ...input,
    dose: { ...input.dose, route },
  });
  const weekly = (input: CheckInput): CheckInput => ({
    ...input,
    dose: { ...input.dose, howOften: { times: 1, days: 7 } },
  });
  const girl = { ageMonths: 60, weightKg: { value: '18', days: 3 }, sex: 'female' } as const;

  it.each<[string, CheckInput, readonly string[]]>([
    ['amlodipine 5 mg', written('Amlodipine 5 MG Oral Tablet', '1'), []],
    [
      'amlodipine 5 g',
      written('Amlodipine 5 MG Oral Tablet', '1000'),
      ['high dose-far-above Amlodipine', 'high day-far-above Amlodipine'],
    ],
    [
      'simvastatin with clarithromycin',
      written('Simvastatin 20 MG Oral Tablet', '1', '1', taking('Clarithromycin 500 MG Oral Tablet')),
      ['high interacts Simvastatin'],
    ],
    [
      'metformin with an eGFR of 25',
      written('Metformin 500 MG Oral Tablet', '1', '2', {
        patient: { ...man, egfr: { value: 25, days: 3 } },
      }),
      ['high renal-advice Metformin'],
    ],
    [
      'lisinopril in pregnancy',
      written('Lisinopril 10 MG Oral Tablet', '1', '1', {
        patient: {
          ...man,
          ageMonths: 360,
          sex: 'female',
          pregnancy: { value: { pregnant: true, trimester: 1 }, days: 2 },
        },
      }),
      ['high pregnancy-advice Lisinopril'],
    ],
    [
      'amoxicillin for a child',
      written('Amoxicillin 50 MG/ML Oral Suspension', '5', '3', { patient: { ...man, ...girl } }),
      [],
    ],
    [
      'amoxicillin, ten times too much, for a child',
      written('Amoxicillin 50 MG/ML Oral Suspension', '50', '3', { patient: { ...man, ...girl } }),
      ['high day-above Amoxicillin'],
    ],
    ['methotrexate once a week', weekly(written('Methotrexate 2.5 MG Oral Tablet', '6')), []],
    [
      'methotrexate every day',
      written('Methotrexate 2.5 MG Oral Tablet', '6'),
      ['high schedule-too-often Methotrexate'],
    ],
    ['alendronate 70 mg once a week', weekly(written('Alendronic acid 70 MG Oral Tablet', '1')), []],
    [
      'alendronate 70 mg every day',
      written('Alendronic acid 70 MG Oral Tablet', '1'),
      ['moderate schedule-too-often Alendronic acid'],
    ],
    ['alendronate 10 mg every day', written('Alendronic acid 10 MG Oral Tablet', '1'), []],
    [
      'alendronate 10 mg once a week',
      weekly(written('Alendronic acid 10 MG Oral Tablet', '1')),
      ['moderate schedule-too-seldom Alendronic acid'],
    ],
    [
      'risedronate 35 mg every day',
      written('Risedronate sodium 35 MG Oral Tablet', '1'),
      ['moderate schedule-too-often Risedronic acid'],
    ],
    [
      'semaglutide 1 mg under the skin every day',
      takenBy('subcutaneous', {
        ...written('Semaglutide', '1'),
        dose: { ...sound.dose, value: '1', unit: 'mg', perDay: '1', howOften: { times: 1, days: 1 } },
      }),
      ['moderate schedule-too-often Semaglutide'],
    ],
    ['semaglutide 7 mg by mouth every day', written('Semaglutide 7 MG Oral Tablet', '1'), []],
    [
      'semaglutide 7 mg by mouth once a week',
      weekly(written('Semaglutide 7 MG Oral Tablet', '1')),
      ['moderate schedule-too-seldom Semaglutide'],
    ],
    [
      'warfarin besides diclofenac tablets',
      written('Warfarin 5 MG Oral Tablet', '1', '1', taking('Diclofenac 50 MG Oral Tablet')),
      ['high interacts Warfarin'],
    ],
    [
      'warfarin besides diclofenac gel',
      written('Warfarin 5 MG Oral Tablet', '1', '1', taking('Diclofenac', 'topical')),
      ['low interacts Warfarin'],
    ],
    [
      'diclofenac gel besides ibuprofen tablets',
      takenBy('topical', written('Diclofenac', '1', '1', taking('Ibuprofen 400 MG Oral Tablet'))),
      ['low same-class-other-route Diclofenac'],
    ],
    [
      'warfarin besides miconazole gel of the mouth',
      written('Warfarin 5 MG Oral Tablet', '1', '1', taking('Miconazole', 'oromucosal')),
      ['high interacts Warfarin'],
    ],
    [
      'warfarin besides miconazole cream',
      written('Warfarin 5 MG Oral Tablet', '1', '1', taking('Miconazole', 'topical')),
      ['low interacts Warfarin'],
    ],
    [
      'timolol eye drops besides verapamil and bisoprolol',
      takenBy('ocular', {
        ...written('Timolol', '1'),
        others: [
          ...taking('Verapamil 80 MG Oral Tablet').others,
          ...taking('Bisoprolol 5 MG Oral Tablet').others,
        ],
      }),
      ['high interacts Timolol', 'moderate same-class Timolol'],
    ],
    [
      'ciprofloxacin ear drops besides calcium',
      takenBy('otic', written('Ciprofloxacin', '1', '1', taking('Calcium carbonate 500 MG Oral Tablet'))),
      [],
    ],
    [
      'two NSAIDs',
      written('Ibuprofen 400 MG Oral Tablet', '1', '3', taking('Naproxen 500 MG Oral Tablet')),
      ['moderate same-class Ibuprofen'],
    ],
    [
      'ibuprofen after asthma with aspirin',
      written('Ibuprofen 400 MG Oral Tablet', '1', '3', {
        patient: {
          ...man,
          allergies: {
            recorded: true,
            list: [
              {
                substance: 'Aspirin',
                codeKind: null,
                code: null,
                category: null,
                intolerance: false,
                severe: true,
                past: false,
              },
            ],
          },
        },
      }),
      ['high cross-reacts Ibuprofen'],
    ],
  ])('%s', (_, input, expected) => {
    expect(warned(input)).toEqual(expected);
  });

  it('marks as compared what was, fact by fact, and nothing else', () => {
    const names = new Set(bundledDataset.facts.map(factName));
    for (const name of compared.keys()) expect(names.has(name), name).toBe(true);
    const marked = bundledDataset.facts.filter(({ checked }) => checked !== undefined);
    expect(new Set(marked.map(factName))).toEqual(new Set(compared.keys()));
    for (const { checked } of marked) expect(checked?.against.length).toBeGreaterThan(10);
  });

  it('says of every ingredient by which route it knows no interaction, where it knows any', () => {
    const silent = [...knowledge.ingredients.values()].flatMap(({ key, name }) =>
      checkPrescription(knowledge, {
        ...written(name, '1', '1', taking('Warfarin 5 MG Oral Tablet')),
        dose: { ...sound.dose, route: null },
      }).some(({ reason }) => reason === 'no-interaction-facts-route')
        ? [key]
        : [],
    );
    // Calcium, iron and zinc stop ciprofloxacin in the gut only; of it the rest is told by its class, whatever the route.
    expect(silent).toEqual([]);
  });

  it('names a source for every fact', () => {
    for (const fact of bundledDataset.facts)
      expect(fact.source.length, JSON.stringify(fact)).toBeGreaterThan(10);
    const counts = Map.groupBy(bundledDataset.facts, ({ kind }) => kind);
    expect(counts.get('interaction')?.length).toBeGreaterThan(150);
    expect(counts.get('dose')?.length).toBeGreaterThan(180);
  });
});
