import { type DrugRoute, isRoute, routes } from '../prescribing/routes.ts';
import type { FactOf, RoutedRef } from './facts.ts';
import {
  type Check,
  type Gathered,
  notChecked,
  noted,
  type Said,
  unknownSubjects,
  warn,
} from './gathered.ts';
import { covers, meansRoute, meansTaken, pairsBetween } from './knowledge.ts';

/** Other medicines with a part nobody can compare. */
const unreadable = ({ others }: Gathered): readonly Said[] =>
  others
    .filter(({ whole, subjects }) => !whole || subjects.some(({ known }) => !known))
    .map(({ name }) => notChecked('other-medicine-unknown', name));

/**
 * Whether two of one thing are one too many: by the routes it counts by, as far as they are known, or by the same route.
 * Else one of them acts where it is put.
 */
const bothCount = (
  routes: readonly DrugRoute[] | undefined,
  one: string | null,
  other: string | null,
): boolean => (meansRoute(routes, one) && meansRoute(routes, other)) || one === other;

export const duplicateIngredient: Check = (gathered) => [
  ...gathered.subjects.flatMap((subject) => {
    const routes = gathered.knowledge.ingredients.get(subject.key)?.duplicateRoutes;
    return gathered.others.flatMap((other) =>
      other.subjects
        .filter(({ key }) => key === subject.key)
        .map(({ route }) =>
          bothCount(routes, subject.route, route)
            ? warn('moderate', 'same-ingredient', subject.name, { other: other.name })
            : warn('low', 'same-ingredient-other-route', subject.name, { other: other.name }),
        ),
    );
  }),
  ...unreadable(gathered),
  ...unknownSubjects(gathered),
];

export const duplicateClass: Check = (gathered) => {
  const { knowledge, subjects, others } = gathered;
  const found = subjects.flatMap((subject) =>
    knowledge
      .classesOf(subject.key)
      .filter(({ duplicate }) => duplicate)
      .flatMap(({ name, members, duplicateRoutes }) =>
        others.flatMap((other) =>
          other.subjects
            .filter(({ key }) => key !== subject.key && members.includes(key))
            .map(({ route }) => {
              const words = { other: other.name, class: name };
              return bothCount(duplicateRoutes, subject.route, route)
                ? warn('moderate', 'same-class', subject.name, words)
                : warn('low', 'same-class-other-route', subject.name, words);
            }),
        ),
      ),
  );
  return [...found, ...unreadable(gathered), ...unknownSubjects(gathered)];
};

type Interaction = FactOf<'interaction'>;

/**
 * Ingredients of either side of which the data set lists no interaction at all, or none by the route: of them it knows too
 * little to say none. Where the route is not known it may be any of them.
 */
const unspoken = ({ knowledge, subjects, others }: Gathered): readonly Said[] => {
  const pairs = knowledge.pairs('interaction');
  const all = new Map(
    [...subjects, ...others.flatMap((other) => other.subjects)]
      .filter(({ known }) => known)
      .map(({ key, name, route }) => [`${key} ${route}`, { key, name, route }] as const),
  );
  return [...all.values()].flatMap(({ key, name, route }) => {
    const sides = pairs.flatMap(({ a, b }) => [a, b]).filter((side) => covers(knowledge, side, key));
    if (sides.length === 0) return [notChecked('no-interaction-facts', name)];
    const ways = isRoute(route) ? [route] : routes;
    return ways.every((way) => sides.some((side) => meansTaken(knowledge, side, { key, route: way })))
      ? []
      : [notChecked('no-interaction-facts-route', name)];
  });
};

const severityRank = { high: 0, moderate: 1, low: 2 } as const;
const without = (ref: RoutedRef): string => ('ingredient' in ref ? ref.ingredient : `${ref.class} (class)`);

/** Where the route is not known and the same two are told once for each route, the gravest is the one to say. */
const gravest = (facts: readonly Interaction[]): readonly Interaction[] =>
  [...Map.groupBy(facts, ({ a, b, effect }) => [without(a), without(b), effect].join('|')).values()].flatMap(
    (same) =>
      same.toSorted((one, two) => severityRank[one.severity] - severityRank[two.severity]).slice(0, 1),
  );

export const interaction: Check = (gathered) => {
  const { knowledge, subjects, others } = gathered;
  const unknown = unknownSubjects(gathered);
  if (others.length === 0) return unknown;
  const pairs = knowledge.pairs('interaction').filter((pair) => pair.kind === 'interaction');
  const found = subjects.flatMap((subject) =>
    others.flatMap((other) =>
      other.subjects.flatMap((taken) =>
        gravest(pairsBetween(knowledge, pairs, subject, taken)).map((fact) =>
          warn(fact.severity, 'interacts', subject.name, {
            other: other.name,
            effect: fact.effect,
            advice: fact.advice,
            ...noted(fact),
          }),
        ),
      ),
    ),
  );
  return [...found, ...unreadable(gathered), ...unspoken(gathered), ...unknown];
};
