import type { Severity } from './facts.ts';
import {
  type Check,
  type Gathered,
  notChecked,
  noted,
  type Said,
  type Subject,
  unknownSubjects,
  warn,
} from './gathered.ts';
import { covers, pairsBetween } from './knowledge.ts';
import { ingredientMatcher, plainName } from './matching.ts';
import type { KnownAllergy } from './prescription.ts';

const severityOf = (allergy: KnownAllergy): Severity => {
  if (allergy.past) return 'low';
  return allergy.intolerance && !allergy.severe ? 'moderate' : 'high';
};

/** What an allergy means to the data set: ingredients, a class, or nothing it knows. */
type Meaning =
  | { readonly kind: 'ingredient'; readonly key: string; readonly known: boolean }
  | { readonly kind: 'class'; readonly key: string; readonly known: boolean }
  | { readonly kind: 'uncoded' };

const byText = ({ knowledge }: Gathered, substance: string): readonly Meaning[] => {
  const name = plainName(substance);
  const group = [...knowledge.classes.values()].find((found) =>
    [found.name, ...found.synonyms].some((known) => plainName(known) === name),
  );
  if (group) return [{ kind: 'class', key: group.key, known: true }];
  const { ingredients, unmatched } = ingredientMatcher(knowledge)(substance);
  const read = ingredients.map(({ key }): Meaning => ({ kind: 'ingredient', key, known: true }));
  return unmatched.length === 0 ? read : [...read, { kind: 'uncoded' }];
};

const meaningsOf = (gathered: Gathered, allergy: KnownAllergy): readonly Meaning[] => {
  const { code, codeKind } = allergy;
  const { ingredients, classes } = gathered.knowledge;
  if (code !== null && codeKind === 'ingredient' && ingredients.has(code))
    return [{ kind: 'ingredient', key: code, known: true }];
  if (code !== null && codeKind === 'class' && classes.has(code))
    return [{ kind: 'class', key: code, known: true }];
  const read = byText(gathered, allergy.substance);
  if (read.every(({ kind }) => kind !== 'uncoded') && read.length > 0) return read;
  if (code !== null && (codeKind === 'ingredient' || codeKind === 'class'))
    return [...read, { kind: codeKind, key: code, known: false }];
  return read.length > 0 ? read : [{ kind: 'uncoded' }];
};

/** Food and what is in the air are no medicines, so what the data set does not know of them leaves nothing unchecked. */
const isElsewhere = ({ category }: KnownAllergy): boolean =>
  category === 'food' || category === 'environment';

interface Allergen {
  readonly allergy: KnownAllergy;
  readonly meanings: readonly Meaning[];
}

const allergens = (gathered: Gathered): readonly Allergen[] => {
  const { allergies } = gathered.input.patient;
  if (!allergies.recorded) return [];
  return allergies.list.map((allergy) => ({ allergy, meanings: meaningsOf(gathered, allergy) }));
};

/** What cannot be compared: nothing recorded, or a substance the data set does not know. */
const unclear = (gathered: Gathered): readonly Said[] => {
  if (!gathered.input.patient.allergies.recorded) return [notChecked('allergies-not-recorded', '')];
  return allergens(gathered).flatMap(({ allergy, meanings }) => {
    if (isElsewhere(allergy)) return [];
    if (meanings.some(({ kind }) => kind === 'uncoded'))
      return [notChecked('allergy-uncoded', allergy.substance)];
    return meanings.some((meaning) => meaning.kind !== 'uncoded' && !meaning.known)
      ? [notChecked('allergy-unknown-substance', allergy.substance)]
      : [];
  });
};

const everyPair = (
  gathered: Gathered,
  say: (subject: Subject, allergen: Allergen) => readonly Said[],
): readonly Said[] => {
  const known = allergens(gathered);
  return gathered.subjects.flatMap((subject) => known.flatMap((allergen) => say(subject, allergen)));
};

/** The name as it stands on the record is part of the name that is prescribed, as whole words. */
const sameWords = (substance: string, medicine: string): boolean => {
  const word = plainName(substance);
  return word.length >= 3 && ` ${plainName(medicine)} `.includes(` ${word} `);
};

export const allergyToIngredient: Check = (gathered) => {
  const coded = everyPair(gathered, (subject, { allergy, meanings }) =>
    meanings.some((meaning) => meaning.kind === 'ingredient' && meaning.key === subject.key)
      ? [warn(severityOf(allergy), 'allergy-to-ingredient', subject.name, { substance: allergy.substance })]
      : [],
  );
  const { medicine } = gathered.input;
  const written = allergens(gathered).flatMap(({ allergy, meanings }) =>
    meanings.some(({ kind }) => kind === 'uncoded') && sameWords(allergy.substance, medicine.name)
      ? [warn(severityOf(allergy), 'allergy-text', medicine.name, { substance: allergy.substance })]
      : [],
  );
  return [...coded, ...written, ...unclear(gathered), ...unknownSubjects(gathered)];
};

export const allergyToClass: Check = (gathered) => {
  const { knowledge } = gathered;
  const found = everyPair(gathered, (subject, { allergy, meanings }) =>
    meanings.flatMap((meaning): readonly Said[] => {
      const words = { substance: allergy.substance };
      if (meaning.kind === 'class') {
        const group = knowledge.classes.get(meaning.key);
        return group?.members.includes(subject.key)
          ? [warn(severityOf(allergy), 'allergy-to-class', subject.name, { ...words, class: group.name })]
          : [];
      }
      if (meaning.kind !== 'ingredient' || meaning.key === subject.key) return [];
      return knowledge
        .classesOf(subject.key)
        .filter((group) => group.sameAllergy && group.members.includes(meaning.key))
        .map((group) =>
          warn(severityOf(allergy), 'allergy-same-class', subject.name, { ...words, class: group.name }),
        );
    }),
  );
  return [...found, ...unclear(gathered), ...unknownSubjects(gathered)];
};

export const crossReaction: Check = (gathered) => {
  const { knowledge } = gathered;
  const pairs = knowledge.pairs('cross-reactivity').filter((pair) => pair.kind === 'cross-reactivity');
  const found = everyPair(gathered, (subject, { allergy, meanings }) =>
    meanings.flatMap((meaning) => {
      if (meaning.kind === 'uncoded') return [];
      const facts =
        meaning.kind === 'ingredient'
          ? pairsBetween(knowledge, pairs, { key: meaning.key, route: null }, subject)
          : pairs.filter(({ a, b }) =>
              [
                [a, b],
                [b, a],
              ].some(
                ([mine, theirs]) =>
                  mine !== undefined &&
                  theirs !== undefined &&
                  'class' in mine &&
                  mine.class === meaning.key &&
                  covers(knowledge, theirs, subject.key),
              ),
            );
      return facts.map((fact) =>
        warn(allergy.past ? 'low' : fact.severity, 'cross-reacts', subject.name, {
          substance: allergy.substance,
          ...noted(fact),
        }),
      );
    }),
  );
  return [...found, ...unclear(gathered), ...unknownSubjects(gathered)];
};
