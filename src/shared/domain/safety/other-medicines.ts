import {
  type Check,
  type Gathered,
  notChecked,
  noted,
  type Said,
  unknownSubjects,
  warn,
} from './gathered.ts';
import { covers, pairsBetween } from './knowledge.ts';

/** Other medicines with a part nobody can compare. */
const unreadable = ({ others }: Gathered): readonly Said[] =>
  others
    .filter(({ whole, subjects }) => !whole || subjects.some(({ known }) => !known))
    .map(({ name }) => notChecked('other-medicine-unknown', name));

export const duplicateIngredient: Check = (gathered) => [
  ...gathered.subjects.flatMap((subject) =>
    gathered.others
      .filter((other) => other.subjects.some(({ key }) => key === subject.key))
      .map((other) => warn('moderate', 'same-ingredient', subject.name, { other: other.name })),
  ),
  ...unreadable(gathered),
  ...unknownSubjects(gathered),
];

export const duplicateClass: Check = (gathered) => {
  const { knowledge, subjects, others } = gathered;
  const found = subjects.flatMap((subject) =>
    knowledge
      .classesOf(subject.key)
      .filter(({ duplicate }) => duplicate)
      .flatMap((group) =>
        others
          .filter((other) =>
            other.subjects.some(({ key }) => key !== subject.key && group.members.includes(key)),
          )
          .map((other) =>
            warn('moderate', 'same-class', subject.name, { other: other.name, class: group.name }),
          ),
      ),
  );
  return [...found, ...unreadable(gathered), ...unknownSubjects(gathered)];
};

/** Ingredients of either side of which the data set lists no interaction at all: of them it knows too little to say none. */
const unspoken = ({ knowledge, subjects, others }: Gathered): readonly Said[] => {
  const pairs = knowledge.pairs('interaction');
  const all = new Map(
    [...subjects, ...others.flatMap((other) => other.subjects)]
      .filter(({ known }) => known)
      .map(({ key, name }) => [key, name]),
  );
  return [...all]
    .filter(([key]) => !pairs.some(({ a, b }) => covers(knowledge, a, key) || covers(knowledge, b, key)))
    .map(([, name]) => notChecked('no-interaction-facts', name));
};

export const interaction: Check = (gathered) => {
  const { knowledge, subjects, others } = gathered;
  const unknown = unknownSubjects(gathered);
  if (others.length === 0) return unknown;
  const pairs = knowledge.pairs('interaction').filter((pair) => pair.kind === 'interaction');
  const found = subjects.flatMap((subject) =>
    others.flatMap((other) =>
      other.subjects.flatMap(({ key }) =>
        pairsBetween(knowledge, pairs, subject.key, key).map((fact) =>
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
