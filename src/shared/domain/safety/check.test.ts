import { describe, expect, it } from 'vitest';
import { checkPrescription, needsOverride } from './check.ts';
import { egfrOf } from './conditions.ts';
import { type CheckCode, checks, findingOf, issueOf } from './finding.ts';
import type { CheckInput, PrescribedMedicine } from './prescription.ts';
import { allergyTo, sound, testKnowledge } from './test-facts.ts';

type Change = {
  readonly medicine?: Partial<PrescribedMedicine>;
  readonly dose?: Partial<CheckInput['dose']>;
  readonly patient?: Partial<CheckInput['patient']> | undefined;
  readonly others?: CheckInput['others'];
};

const input = ({ medicine, dose, patient, others }: Change = {}): CheckInput => ({
  medicine: { ...sound.medicine, ...medicine },
  dose: { ...sound.dose, ...dose },
  patient: { ...sound.patient, ...patient },
  others: others ?? sound.others,
});

const said = (check: CheckCode, change: Change): readonly string[] =>
  checkPrescription(testKnowledge, input(change))
    .filter((finding) => finding.check === check)
    .map(({ status, severity, reason }) => [status, severity, reason].filter(Boolean).join(' '));

const medicine = (key: string, unit = 'mg'): Partial<PrescribedMedicine> => ({
  name: `${key} 400 tablet`,
  ingredients: [{ key, name: key, value: '400', unit }],
});
const other = (key: string, route: string | null = 'oral') => ({
  id: key,
  name: `${key} tablet`,
  ingredients: [{ key, name: key, value: null, unit: null }],
  route,
});
const allergic = (...list: Parameters<typeof allergyTo>[]): Change['patient'] => ({
  allergies: { recorded: true, list: list.map((one) => allergyTo(...one)) },
});

describe('every check says something', () => {
  it('is fine where everything is known and nothing is found', () => {
    const findings = checkPrescription(testKnowledge, sound);
    expect(findings.map(({ check, status }) => [check, status])).toEqual(
      checks.map((check) => [check, 'ok']),
    );
    expect(findings[0]?.dataset).toBe('Test set 1');
    expect(needsOverride(findings)).toBe(false);
  });

  it('says that nothing was checked without a data set, but that a dose of 0 is none', () => {
    const findings = checkPrescription(null, input({ dose: { value: '0' } }));
    expect(findings.filter(({ status }) => status === 'not-checked').map(({ check }) => check)).toEqual(
      checks,
    );
    expect(findings[0]).toMatchObject({ check: 'dose', reason: 'dose-not-positive', severity: 'high' });
  });

  it('checks a free text as far as it can be read and says that it is free text', () => {
    const free = { name: 'Ibupa 400 mg', ingredients: [] };
    const findings = checkPrescription(
      testKnowledge,
      input({ medicine: free, patient: allergic(['Ibupa', { codeKind: 'ingredient', code: 'ibupa' }]) }),
    );
    expect(findings[0]).toMatchObject({ status: 'warning', reason: 'allergy-to-ingredient' });
    for (const check of checks)
      expect(said(check, { medicine: free }), check).toContain('not-checked free-text-medicine');
  });

  it('says of each check that it does not know the ingredient', () => {
    for (const check of checks.filter((one) => one !== 'pregnancy'))
      expect(said(check, { medicine: medicine('zyx'), others: [other('warfa')] }), check).toContain(
        'not-checked ingredient-unknown',
      );
  });
});

describe('allergies', () => {
  it.each<[string, CheckCode, string, Change['patient'], readonly string[]]>([
    [
      'to the ingredient',
      'allergy-ingredient',
      'ibupa',
      allergic(['Ibupa', { codeKind: 'ingredient', code: 'ibupa' }]),
      ['warning high allergy-to-ingredient'],
    ],
    [
      'written out, read as the ingredient',
      'allergy-ingredient',
      'amoxa',
      allergic(['AMOXA trihydrate']),
      ['warning high allergy-to-ingredient'],
    ],
    [
      'an intolerance',
      'allergy-ingredient',
      'ibupa',
      allergic(['Ibupa', { codeKind: 'ingredient', code: 'ibupa', intolerance: true }]),
      ['warning moderate allergy-to-ingredient'],
    ],
    [
      'an intolerance that was severe',
      'allergy-ingredient',
      'ibupa',
      allergic(['Ibupa', { codeKind: 'ingredient', code: 'ibupa', intolerance: true, severe: true }]),
      ['warning high allergy-to-ingredient'],
    ],
    [
      'of long ago',
      'allergy-ingredient',
      'ibupa',
      allergic(['Ibupa', { codeKind: 'ingredient', code: 'ibupa', past: true }]),
      ['warning low allergy-to-ingredient'],
    ],
    [
      'to the class',
      'allergy-class',
      'amoxa',
      allergic(['Penicillins', { codeKind: 'class', code: 'penicillins' }]),
      ['warning high allergy-to-class'],
    ],
    [
      'to the class by a word',
      'allergy-class',
      'amoxa',
      allergic(['penicillin']),
      ['warning high allergy-to-class'],
    ],
    [
      'to another of the class',
      'allergy-class',
      'amoxa',
      allergic(['Penva', { codeKind: 'ingredient', code: 'penva' }]),
      ['warning high allergy-same-class'],
    ],
    [
      'to the class the other reacts with',
      'cross-reactivity',
      'cefa',
      allergic(['Penicillins', { codeKind: 'class', code: 'penicillins' }]),
      ['warning moderate cross-reacts'],
    ],
    [
      'to an ingredient the other reacts with',
      'cross-reactivity',
      'amoxa',
      allergic(['Cefa', { codeKind: 'ingredient', code: 'cefa' }]),
      ['warning moderate cross-reacts'],
    ],
    [
      'nobody asked',
      'allergy-ingredient',
      'ibupa',
      { allergies: { recorded: false } },
      ['not-checked allergies-not-recorded'],
    ],
    ['uncoded', 'allergy-class', 'ibupa', allergic(['the pink one']), ['not-checked allergy-uncoded']],
    [
      'coded by a data set that is gone',
      'cross-reactivity',
      'ibupa',
      allergic(['Gonamycin', { codeKind: 'ingredient', code: 'gonamycin' }]),
      ['not-checked allergy-uncoded'],
    ],
    [
      'of food',
      'allergy-ingredient',
      'ibupa',
      allergic(['Peanut', { category: 'food' }]),
      ['ok nothing-found'],
    ],
    ['none, as was said', 'allergy-ingredient', 'ibupa', allergic(), ['ok no-allergies']],
  ])('%s', (_, check, key, patient, expected) => {
    expect(said(check, { medicine: medicine(key), patient })).toEqual(expected);
  });

  it('warns by the words alone where neither is known to the data set', () => {
    const change = { medicine: { name: 'Zyxol forte 5 mg', ingredients: [] }, patient: allergic(['zyxol']) };
    expect(said('allergy-ingredient', change)).toContain('warning high allergy-text');
  });
});

describe('other medicines', () => {
  it('warns of the same ingredient, of two of a class and of what interacts', () => {
    expect(said('duplicate-ingredient', { others: [other('ibupa')] })).toEqual([
      'warning moderate same-ingredient',
    ]);
    expect(said('duplicate-class', { others: [other('napra')] })).toEqual(['warning moderate same-class']);
    expect(said('duplicate-class', { medicine: medicine('amoxa'), others: [other('penva')] })).toEqual([
      'ok nothing-found',
    ]);
    expect(said('interaction', { others: [other('warfa')] })).toEqual(['warning high interacts']);
    expect(said('interaction', { medicine: medicine('warfa'), others: [other('ibupa')] })).toEqual([
      'warning high interacts',
    ]);
    expect(said('interaction', { others: [other('metfa')] })).toEqual(['ok nothing-found']);
  });

  it.each<[string, string | null, string | null, readonly string[]]>([
    ['by mouth', 'oral', 'oral', ['warning high interacts']],
    ['a gel', 'topical', 'oral', ['warning low interacts']],
    // It may be drops for the eye, of which the set says nothing.
    [
      'by a route nobody wrote',
      null,
      'oral',
      ['warning high interacts', 'not-checked no-interaction-facts-route'],
    ],
    [
      'by a way that is none of the routes',
      'under the nail',
      'oral',
      ['warning high interacts', 'not-checked no-interaction-facts-route'],
    ],
    ['by a route the data set is silent of', 'ocular', 'oral', ['not-checked no-interaction-facts-route']],
  ])('interact by their routes: %s', (_, route, others, expected) => {
    const gel = { medicine: medicine('napra'), dose: { route } };
    expect(said('interaction', { ...gel, others: [other('warfa', others)] })).toEqual(expected);
    const turned = { medicine: medicine('warfa'), dose: { route: others } };
    expect(said('interaction', { ...turned, others: [other('napra', route)] })).toEqual(expected);
  });

  it.each<[string, string | null, string | null, string]>([
    ['both by mouth', 'oral', 'oral', 'moderate same'],
    ['one by mouth, one rectal', 'rectal', 'oral', 'moderate same'],
    ['a gel besides tablets', 'topical', 'oral', 'low same OTHER'],
    ['tablets besides drops', 'oral', 'ocular', 'low same OTHER'],
    ['two gels', 'topical', 'topical', 'moderate same'],
    ['a route nobody wrote', null, 'topical', 'low same OTHER'],
    ['two routes nobody wrote', null, null, 'moderate same'],
    ['a route nobody wrote, besides tablets', 'oral', null, 'moderate same'],
  ])('are there twice by their routes: %s', (_, route, others, expected) => {
    const words = (what: string) => [
      `warning ${expected.replace('same', `same-${what}`).replace(' OTHER', '-other-route')}`,
    ];
    const gel = { medicine: medicine('gelfa'), dose: { route } };
    expect(said('duplicate-ingredient', { ...gel, others: [other('gelfa', others)] })).toEqual(
      words('ingredient'),
    );
    expect(said('duplicate-class', { ...gel, others: [other('ibupa', others)] })).toEqual(words('class'));
  });

  it('of what has no routes in the data set any two are two', () => {
    const change = { medicine: medicine('ibupa'), dose: { route: 'topical' }, others: [other('ibupa')] };
    expect(said('duplicate-ingredient', change)).toEqual(['warning moderate same-ingredient']);
  });

  it('reads a medicine that was written out, and says when it cannot', () => {
    const written = (name: string) => [{ id: 'a', name, ingredients: [], route: null }];
    expect(said('interaction', { others: written('Warfa 5 mg tablets') })).toEqual([
      'warning high interacts',
    ]);
    expect(said('interaction', { others: written('Warfa 5 MG / Herbal mix 3 MG Oral Tablet') })).toEqual([
      'warning high interacts',
      'not-checked other-medicine-unknown',
    ]);
    expect(said('duplicate-class', { others: written('the pink one') })).toEqual([
      'not-checked other-medicine-unknown',
    ]);
  });

  it('does not call it fine where the data set lists no interaction of an ingredient', () => {
    expect(said('interaction', { others: [other('lonely')] })).toEqual(['not-checked no-interaction-facts']);
  });
});

describe('the dose', () => {
  const child = { ageMonths: 48, weightKg: { value: '16', days: 5 } };
  it.each<[string, Change, readonly string[]]>([
    ['within', {}, ['ok nothing-found']],
    ['in mg', { dose: { value: '400', unit: 'mg' } }, ['ok nothing-found']],
    ['in grams with a comma', { dose: { value: '0,4', unit: 'g' } }, ['ok nothing-found']],
    ['tablets in the plural', { dose: { value: '2', unit: 'Tablets' } }, ['ok nothing-found']],
    [
      '1,000 times',
      { dose: { value: '400', unit: 'g', perDay: '1' } },
      ['warning high dose-far-above', 'warning high day-far-above'],
    ],
    ['a little above', { dose: { value: '3', perDay: '2' } }, ['warning moderate dose-above']],
    ['fine each, too much a day', { dose: { value: '2', perDay: '4' } }, ['warning moderate day-above']],
    ['0', { dose: { value: '0' } }, ['warning high dose-not-positive']],
    ['negative', { dose: { value: '-400', unit: 'mg' } }, ['warning high dose-not-positive']],
    ['below', { dose: { value: '100', unit: 'mg' } }, ['warning low dose-below']],
    ['far below', { dose: { value: '400', unit: 'ug' } }, ['warning moderate dose-below']],
    ['no number', { dose: { value: 'one' } }, ['not-checked dose-unreadable']],
    ['none', { dose: { value: null } }, ['not-checked dose-missing']],
    ['no unit', { dose: { unit: null } }, ['not-checked unit-missing']],
    ['a unit of another kind', { dose: { unit: 'puff' } }, ['not-checked unit-not-comparable']],
    ['mL of a tablet', { dose: { unit: 'mL' } }, ['not-checked unit-not-comparable']],
    ['IU of what is given in mg', { dose: { unit: 'IU' } }, ['not-checked unit-not-comparable']],
    [
      'no strength',
      { medicine: { ingredients: [{ key: 'ibupa', name: 'Ibupa', value: null, unit: null }] } },
      ['not-checked strength-missing'],
    ],
    ['no frequency', { dose: { perDay: null } }, ['not-checked frequency-missing']],
    [
      'no frequency, one is more than a day has',
      { dose: { value: '9', perDay: null } },
      ['warning high dose-above', 'warning moderate day-above', 'not-checked frequency-missing'],
    ],
    ['another route', { dose: { route: 'rectal' } }, ['not-checked no-dose-range-route']],
    ['no route', { dose: { route: null } }, ['not-checked route-missing']],
    ['no range', { medicine: medicine('metfa') }, ['not-checked no-dose-range']],
    ['an infant there is no range for', { patient: { ageMonths: 2 } }, ['not-checked no-dose-range-age']],
    ['no age', { patient: { ageMonths: null } }, ['not-checked age-unknown']],
    ['a child', { patient: child, dose: { value: '160', unit: 'mg' } }, ['ok nothing-found']],
    [
      'a child, too much for its weight',
      { patient: child, dose: { value: '400', unit: 'mg' } },
      ['warning high dose-above', 'warning moderate day-above'],
    ],
    [
      'a child without a weight',
      { patient: { ...child, weightKg: null }, dose: { value: '160', unit: 'mg' } },
      ['not-checked weight-missing'],
    ],
    [
      'a child, 1,000 times, without a weight',
      { patient: { ...child, weightKg: null }, dose: { value: '160', unit: 'g' } },
      ['warning high dose-far-above', 'warning high day-far-above', 'not-checked weight-missing'],
    ],
    [
      'a child whose weight is old',
      { patient: { ...child, weightKg: { value: '12', days: 200 } }, dose: { value: '160', unit: 'mg' } },
      ['not-checked weight-too-old'],
    ],
    [
      'a child of 0 kg',
      { patient: { ...child, weightKg: { value: '0', days: 2 } }, dose: { value: '160', unit: 'mg' } },
      ['not-checked weight-implausible'],
    ],
    [
      'the most, whatever the weight',
      { patient: { ageMonths: 150, weightKg: { value: '90', days: 2 } }, dose: { value: '500', unit: 'mg' } },
      ['warning moderate dose-above'],
    ],
  ])('%s', (_, change, expected) => {
    expect(said('dose', change)).toEqual(expected);
  });

  it('says how many times too much', () => {
    const [first] = checkPrescription(
      testKnowledge,
      input({ dose: { value: '800', unit: 'g', perDay: '1' } }),
    );
    expect(first?.params).toMatchObject({ amount: '800000 mg', max: '800 mg', times: '1000' });
  });

  it('does not tell one ingredient of a combination from a weight of both', () => {
    const both = {
      name: 'Ibupa / Metfa',
      ingredients: [
        { key: 'ibupa', name: 'Ibupa', value: '400', unit: 'mg' },
        { key: 'metfa', name: 'Metfa', value: '500', unit: 'mg' },
      ],
    };
    expect(said('dose', { medicine: both })).toEqual(['not-checked no-dose-range']);
    expect(said('dose', { medicine: both, dose: { value: '900', unit: 'mg' } })).toContain(
      'not-checked unit-not-comparable',
    );
  });
});

describe('how often a dose is taken', () => {
  const every = (times: number, days: number) => ({ times, days });
  const weekla = (mg: string | null, howOften: CheckInput['dose']['howOften'], more: Change['dose'] = {}) =>
    said('dose', {
      medicine: {
        ...medicine('weekla'),
        ingredients: [{ key: 'weekla', name: 'Weekla', value: mg, unit: 'mg' }],
      },
      dose: { value: '1', unit: 'tablet', perDay: '1', howOften, ...more },
    });
  const [daily, weekly] = [every(1, 1), every(1, 7)];
  it.each<[string, readonly string[], readonly string[]]>([
    ['the weekly dose once a week', weekla('70', weekly), ['ok nothing-found']],
    ['the weekly dose every day', weekla('70', daily), ['warning high schedule-too-often']],
    ['the least weekly dose every day', weekla('35', daily), ['warning high schedule-too-often']],
    ['the weekly dose twice a week', weekla('70', every(2, 7)), ['warning high schedule-too-often']],
    ['the weekly dose every six hours', weekla('70', every(24, 6)), ['warning high schedule-too-often']],
    ['the weekly dose once', weekla('70', 'once'), ['ok nothing-found']],
    ['the weekly dose every ten days', weekla('70', every(1, 10)), ['ok nothing-found']],
    ['the weekly dose every two weeks', weekla('70', every(1, 14)), ['warning moderate schedule-too-seldom']],
    ['the weekly dose, nobody knows how often', weekla('70', null), ['not-checked schedule-not-told']],
    ['the daily dose every day', weekla('10', daily), ['ok nothing-found']],
    ['the daily dose once a week', weekla('10', weekly), ['warning moderate schedule-too-seldom']],
    ['the daily dose twice a day', weekla('10', every(2, 1)), ['warning moderate schedule-too-often']],
    ['a dose between the two every day', weekla('20', daily), ['warning high schedule-too-often']],
    [
      'more than the weekly dose every day',
      weekla('80', daily),
      ['warning high schedule-too-often', 'warning moderate dose-above'],
    ],
    ['no strength, every day', weekla(null, daily), ['not-checked strength-missing']],
    [
      'no strength, twice a day',
      weekla(null, every(2, 1)),
      ['warning moderate schedule-too-often', 'not-checked strength-missing'],
    ],
    [
      'by a route there is no range for',
      weekla('70', daily, { route: 'ocular' }),
      ['not-checked no-dose-range-route'],
    ],
    [
      'by a route nobody wrote',
      weekla('70', daily, { route: null }),
      ['warning high schedule-too-often', 'not-checked route-missing'],
    ],
    ['no dose at all', weekla('70', daily, { value: null }), ['not-checked dose-missing']],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  it('says which range, how often it is taken and how often this is', () => {
    const [first] = checkPrescription(
      testKnowledge,
      input({
        medicine: medicine('weekla'),
        dose: { value: '70', unit: 'mg', perDay: '1', howOften: daily },
        patient: { ageMonths: 100 },
      }),
    );
    // At an age there is no range for a week is a week as well.
    expect(first).toMatchObject({
      check: 'dose',
      reason: 'schedule-too-often',
      params: { schedule: '1/7', prescribed: '1/1', range: '35–70 mg', note: 'Invented.' },
    });
  });
});

describe('pregnancy and kidneys', () => {
  const woman = (pregnancy: CheckInput['patient']['pregnancy']): Change => ({
    patient: { sex: 'female', ageMonths: 360, pregnancy },
  });
  it.each<[string, Change, readonly string[]]>([
    ['not known', woman(null), ['not-checked pregnancy-unknown']],
    ['not pregnant', woman({ value: { pregnant: false }, days: 3 }), ['ok not-applicable']],
    [
      'not pregnant two months ago',
      woman({ value: { pregnant: false }, days: 60 }),
      ['not-checked pregnancy-too-old'],
    ],
    [
      'third trimester',
      woman({ value: { pregnant: true, trimester: 3 }, days: 3 }),
      ['warning high pregnancy-advice'],
    ],
    [
      'first trimester',
      woman({ value: { pregnant: true, trimester: 1 }, days: 3 }),
      ['warning moderate pregnancy-advice'],
    ],
    [
      'which trimester is not known',
      woman({ value: { pregnant: true, trimester: null }, days: 3 }),
      ['warning high pregnancy-advice', 'warning moderate pregnancy-advice'],
    ],
    [
      'no facts',
      { ...woman({ value: { pregnant: true, trimester: 1 }, days: 3 }), medicine: medicine('metfa') },
      ['not-checked no-pregnancy-facts'],
    ],
    ['compatible, whether or not', { ...woman(null), medicine: medicine('amoxa') }, ['ok nothing-found']],
    ['a girl of 6', { patient: { sex: 'female', ageMonths: 72 } }, ['ok nothing-found']],
    ['a man', { patient: { sex: 'male' } }, ['ok not-applicable']],
    ['sex not known', { patient: { sex: 'unknown' } }, ['not-checked pregnancy-unknown']],
  ])('pregnancy: %s', (_, change, expected) => {
    expect(said('pregnancy', change)).toEqual(expected);
  });

  const kidneys = (value: number | null, days = 5): Change => ({
    medicine: medicine('metfa'),
    patient: { egfr: value === null ? null : { value, days } },
  });
  it.each<[string, Change, readonly string[]]>([
    ['good', kidneys(60), ['ok nothing-found']],
    ['at the limit', kidneys(45), ['ok nothing-found']],
    ['below', kidneys(44.9), ['warning low renal-advice']],
    ['far below', kidneys(29), ['warning high renal-advice']],
    ['not known', kidneys(null), ['not-checked renal-unknown']],
    ['good, two years ago', kidneys(90, 700), ['not-checked renal-too-old']],
    ['bad, two years ago', kidneys(20, 700), ['warning high renal-advice', 'not-checked renal-too-old']],
    ['needs no change, not known', { patient: { egfr: null } }, ['ok nothing-found']],
    ['no facts', { medicine: medicine('warfa') }, ['not-checked no-renal-facts']],
  ])('kidneys: %s', (_, change, expected) => {
    expect(said('renal', change)).toEqual(expected);
  });

  it('works out the eGFR as the published equation does', () => {
    // By the equation itself: a man of 50 with 0.9 mg/dL has 142 * 0.9938^50.
    expect(egfrOf(0.9, 50, 'male')).toBeCloseTo(142 * 0.9938 ** 50, 6);
    expect(egfrOf(1.4, 60, 'female')).toBeCloseTo(142 * 2 ** -1.2 * 0.9938 ** 60 * 1.012, 6);
    expect(egfrOf(0.9, 17, 'male')).toBeNull();
    expect(egfrOf(0.9, 50, 'unknown')).toBeNull();
    expect(egfrOf(0, 50, 'male')).toBeNull();
  });
});

it('a finding comes back from the row that keeps it', () => {
  for (const finding of checkPrescription(
    testKnowledge,
    input({ dose: { value: '5000' }, others: [other('warfa')] }),
  ))
    if (finding.status === 'warning')
      expect(findingOf({ ...issueOf(finding), outcome: 'overridden' })).toEqual(finding);
  expect(
    findingOf({ code: 'other', severity: null, subject: '', detail: '{', dataset: null, outcome: 'shown' }),
  ).toBeNull();
});
