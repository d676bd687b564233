import { type DrugRoute, isRoute } from '../prescribing/routes.ts';
import type { DatasetHeader, Fact, FactKind, FactOf, Ref, RoutedRef } from './facts.ts';

/** The facts of one data set, found by what they are about. */
export interface Knowledge {
  readonly header: DatasetHeader;
  /** Name and version, as findings name it. */
  readonly label: string;
  readonly ingredients: ReadonlyMap<string, FactOf<'ingredient'>>;
  readonly classes: ReadonlyMap<string, FactOf<'class'>>;
  readonly products: readonly FactOf<'product'>[];
  readonly classesOf: (ingredient: string) => readonly FactOf<'class'>[];
  readonly dosesOf: (ingredient: string) => readonly FactOf<'dose'>[];
  /** Of the ingredient itself or of a class it is in. */
  readonly pregnancyOf: (ingredient: string) => readonly FactOf<'pregnancy'>[];
  readonly renalOf: (ingredient: string) => readonly FactOf<'renal'>[];
  readonly pairs: (kind: 'interaction' | 'cross-reactivity') => readonly Pair[];
}

export type Pair = FactOf<'interaction'> | FactOf<'cross-reactivity'>;

const ofKind = <K extends FactKind>(facts: readonly Fact[], kind: K): readonly FactOf<K>[] =>
  facts.filter((fact): fact is FactOf<K> => fact.kind === kind);

const none: readonly never[] = [];

/** Whether a reference means this ingredient, itself or by a class. */
export const covers = (knowledge: Knowledge, ref: Ref | RoutedRef, ingredient: string): boolean =>
  'ingredient' in ref
    ? ref.ingredient === ingredient
    : (knowledge.classes.get(ref.class)?.members.includes(ingredient) ?? false);

/** Whether a fact that names routes may mean a medicine: where its route is not known, it does. */
export const meansRoute = (routes: readonly string[] | undefined, route: string | null): boolean =>
  routes === undefined || !isRoute(route) || routes.includes(route);

/** An ingredient and the way it is taken; null: not known. */
export interface Taken {
  readonly key: string;
  readonly route: string | null;
}

const routesOf = (ref: Ref | RoutedRef): readonly DrugRoute[] | undefined =>
  'routes' in ref ? ref.routes : undefined;

/** Whether a reference means this ingredient taken this way. */
export const meansTaken = (knowledge: Knowledge, ref: Ref | RoutedRef, { key, route }: Taken): boolean =>
  covers(knowledge, ref, key) && meansRoute(routesOf(ref), route);

/** Arranges the facts of a data set for the checks; built once for each data set. */
export const knowledgeOf = (header: DatasetHeader, facts: readonly Fact[]): Knowledge => {
  const classes = ofKind(facts, 'class');
  const byIngredient = Map.groupBy(
    classes.flatMap((found) => found.members.map((member) => ({ member, found }))),
    ({ member }) => member,
  );
  const doses = Map.groupBy(ofKind(facts, 'dose'), ({ ingredient }) => ingredient);
  const pregnancy = ofKind(facts, 'pregnancy');
  const renal = ofKind(facts, 'renal');
  const interactions = ofKind(facts, 'interaction');
  const crossReactions = ofKind(facts, 'cross-reactivity');
  const knowledge: Knowledge = {
    header,
    label: `${header.name} ${header.version}`,
    ingredients: new Map(ofKind(facts, 'ingredient').map((fact) => [fact.key, fact])),
    classes: new Map(classes.map((fact) => [fact.key, fact])),
    products: ofKind(facts, 'product'),
    classesOf: (ingredient) => byIngredient.get(ingredient)?.map(({ found }) => found) ?? none,
    dosesOf: (ingredient) => doses.get(ingredient) ?? none,
    pregnancyOf: (ingredient) => pregnancy.filter(({ of }) => covers(knowledge, of, ingredient)),
    renalOf: (ingredient) => renal.filter(({ of }) => covers(knowledge, of, ingredient)),
    pairs: (kind) => (kind === 'interaction' ? interactions : crossReactions),
  };
  return knowledge;
};

/** The pairs that speak of `a` on one side and of `b` on the other, whichever side is which. */
export const pairsBetween = <P extends Pair>(
  knowledge: Knowledge,
  pairs: readonly P[],
  a: Taken,
  b: Taken,
): readonly P[] =>
  pairs.filter(
    (pair) =>
      (meansTaken(knowledge, pair.a, a) && meansTaken(knowledge, pair.b, b)) ||
      (meansTaken(knowledge, pair.a, b) && meansTaken(knowledge, pair.b, a)),
  );

export interface DatasetProblem {
  /** The place of the fact in the file, the first being 1. */
  readonly fact: number;
  readonly code: 'duplicate-key' | 'unknown-ingredient' | 'unknown-class' | 'range-order' | 'age-order';
  readonly subject: string;
}

const refsOf = (fact: Fact): readonly (Ref | RoutedRef)[] => {
  switch (fact.kind) {
    case 'interaction':
    case 'cross-reactivity':
      return [fact.a, fact.b];
    case 'pregnancy':
    case 'renal':
      return [fact.of];
    case 'dose':
      return [{ ingredient: fact.ingredient }];
    case 'class':
      return fact.members.map((ingredient) => ({ ingredient }));
    case 'product':
      return fact.ingredients.map((ingredient) => ({ ingredient }));
    default:
      return [];
  }
};

/** What makes a data set unfit, whatever its shape: names of nothing, ranges that are upside down, two facts of one key. */
export const datasetProblems = (facts: readonly Fact[]): readonly DatasetProblem[] => {
  const known = {
    ingredient: new Set(ofKind(facts, 'ingredient').map(({ key }) => key)),
    class: new Set(ofKind(facts, 'class').map(({ key }) => key)),
  };
  const seen = new Set<string>();
  return facts.flatMap((fact, index): readonly DatasetProblem[] => {
    const at = index + 1;
    const problems: DatasetProblem[] = refsOf(fact).flatMap((ref): DatasetProblem[] => {
      if ('ingredient' in ref)
        return known.ingredient.has(ref.ingredient)
          ? []
          : [{ fact: at, code: 'unknown-ingredient', subject: ref.ingredient }];
      return known.class.has(ref.class) ? [] : [{ fact: at, code: 'unknown-class', subject: ref.class }];
    });
    if (fact.kind === 'ingredient' || fact.kind === 'class') {
      const key = `${fact.kind} ${fact.key}`;
      if (seen.has(key)) problems.push({ fact: at, code: 'duplicate-key', subject: fact.key });
      seen.add(key);
    }
    if (fact.kind === 'dose') {
      if (fact.min !== null && Number(fact.min) > Number(fact.max))
        problems.push({ fact: at, code: 'range-order', subject: fact.ingredient });
      if (fact.ageTo !== null && fact.ageTo <= fact.ageFrom)
        problems.push({ fact: at, code: 'age-order', subject: fact.ingredient });
    }
    return problems;
  });
};
