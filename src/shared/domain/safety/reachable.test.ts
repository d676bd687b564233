import { describe, expect, it } from 'vitest';
import { multiplyDecimals } from '#shared/kernel/decimal.ts';
import { checkPrescription } from './check.ts';
import { bundledDataset } from './data/bundled.ts';
import type { Fact, FactOf, Ref, RoutedRef } from './facts.ts';
import { type Knowledge, knowledgeOf } from './knowledge.ts';
import type { CheckInput, KnownAllergy } from './prescription.ts';
import { allergyTo, sound, testFacts, testKnowledge } from './test-facts.ts';

type Taken = { readonly key: string; readonly route: string };

const takenAs = (knowledge: Knowledge, ref: Ref | RoutedRef): readonly Taken[] => {
  const keys = 'ingredient' in ref ? [ref.ingredient] : (knowledge.classes.get(ref.class)?.members ?? []);
  const routes = ('routes' in ref ? ref.routes : undefined) ?? ['oral'];
  return keys.flatMap((key) => routes.map((route) => ({ key, route })));
};

const prescribed = ({ key, route }: Taken, more: Partial<CheckInput> = {}): CheckInput => ({
  ...sound,
  medicine: { name: key, ingredients: [{ key, name: key, value: '1', unit: 'mg' }], unitOfDose: 'tablet' },
  dose: { ...sound.dose, route },
  ...more,
});

const written = (name: string): CheckInput => ({
  ...sound,
  medicine: { name, ingredients: [], unitOfDose: null },
});

const allergic = (allergy: KnownAllergy): Partial<CheckInput> => ({
  patient: { ...sound.patient, allergies: { recorded: true, list: [allergy] } },
});

const toIngredient = ({ key }: Taken) => allergyTo(key, { codeKind: 'ingredient', code: key });

/** A little less and a little more than each bound, for somebody light and somebody heavy, at either end of the ages. */
const doses = (fact: FactOf<'dose'>): readonly CheckInput[] =>
  [fact.ageFrom, (fact.ageTo ?? fact.ageFrom + 1) - 1].flatMap((ageMonths) =>
    ['5', '400'].flatMap((kilograms) =>
      [fact.min, fact.max, fact.ceiling]
        .filter((bound) => bound !== null)
        .flatMap((bound) =>
          ['0.99', '1.01'].flatMap((part) =>
            [bound, multiplyDecimals(bound, kilograms)].map((amount) =>
              prescribed(
                { key: fact.ingredient, route: fact.routes[0] ?? 'oral' },
                {
                  dose: {
                    value: multiplyDecimals(amount, part),
                    unit: fact.unit,
                    perDay: '1',
                    howOften: { times: 1, days: 3 },
                    route: fact.routes[0] ?? 'oral',
                  },
                  patient: { ...sound.patient, ageMonths, weightKg: { value: kilograms, days: 1 } },
                },
              ),
            ),
          ),
        ),
    ),
  );

/** Prescriptions a fact has something to say about. */
const probes = (knowledge: Knowledge, fact: Fact): readonly CheckInput[] => {
  switch (fact.kind) {
    case 'ingredient':
    case 'product':
      return [written(fact.name)];
    case 'class':
      return takenAs(knowledge, { class: fact.key }).map((one) =>
        prescribed(one, allergic(allergyTo(fact.name, { codeKind: 'class', code: fact.key }))),
      );
    case 'cross-reactivity':
      return takenAs(knowledge, fact.a).flatMap((mine) =>
        takenAs(knowledge, fact.b).map((theirs) => prescribed(theirs, allergic(toIngredient(mine)))),
      );
    case 'interaction':
      return takenAs(knowledge, fact.a).flatMap((one) =>
        takenAs(knowledge, fact.b).map(({ key, route }) =>
          prescribed(one, {
            others: [
              { id: 'a', name: key, ingredients: [{ key, name: key, value: null, unit: null }], route },
            ],
          }),
        ),
      );
    case 'dose':
      return doses(fact);
    case 'pregnancy':
      return takenAs(knowledge, fact.of).flatMap((one) =>
        fact.trimesters.map((trimester) =>
          prescribed(one, {
            patient: {
              ...sound.patient,
              sex: 'female',
              ageMonths: 360,
              pregnancy: { value: { pregnant: true, trimester }, days: 1 },
            },
          }),
        ),
      );
    case 'renal':
      return takenAs(knowledge, fact.of).map((one) =>
        prescribed(one, {
          patient: { ...sound.patient, egfr: { value: (fact.below ?? 60) - 0.5, days: 1 } },
        }),
      );
  }
};

/** Facts without which every check says the same. */
const unreached = (header: Knowledge['header'], facts: readonly Fact[]): readonly Fact[] => {
  const whole = knowledgeOf(header, facts);
  return facts.filter((fact) => {
    const without = knowledgeOf(
      header,
      facts.filter((other) => other !== fact),
    );
    return !probes(whole, fact).some(
      (input) =>
        JSON.stringify(checkPrescription(whole, input)) !== JSON.stringify(checkPrescription(without, input)),
    );
  });
};

describe('no fact is there that no check reads', () => {
  it('in the small set of the tests', () => {
    expect(unreached(testKnowledge.header, testFacts)).toEqual([]);
  });

  it('in the bundled set', () => {
    expect(unreached(bundledDataset, bundledDataset.facts)).toEqual([]);
  });

  it('and one that is behind another is found', () => {
    const [fact] = testFacts.filter(({ kind }) => kind === 'interaction');
    if (fact === undefined) throw new Error('there is an interaction');
    expect(unreached(testKnowledge.header, [...testFacts, { ...fact }])).toHaveLength(2);
  });
});
