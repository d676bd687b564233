import type { LocalReader } from '#main/data/local/store.ts';
import type { Knowledge } from '#shared/domain/safety/knowledge.ts';
import { plainName } from '#shared/domain/safety/matching.ts';
import { MedicineIngredient } from '#shared/domain/safety/prescription.ts';
import { type MedicineRow, medicinesBeginning, medicinesWith } from './repository.ts';

/** The ingredients of a row; none where it holds none that can be read. */
export const ingredientsOf = (json: string): readonly MedicineIngredient[] => {
  try {
    const read = MedicineIngredient.array().safeParse(JSON.parse(json));
    return read.success ? read.data : [];
  } catch {
    return [];
  }
};

/** Words as the full-text index parts them: a point and a per cent sign belong to a strength, a last point to nothing. */
const wordsOf = (text: string): readonly string[] =>
  plainName(text)
    .split(/[^a-z0-9.%]+/)
    .map((word) => word.replace(/^\.+|\.+$/g, ''))
    .filter((word) => word !== '');

interface OtherName {
  readonly word: string;
  readonly key: string;
}

const otherNames = new WeakMap<Knowledge, readonly OtherName[]>();

/** Every word of the other names of a data set's ingredients; a data set does not change. */
const otherNamesIn = (knowledge: Knowledge): readonly OtherName[] => {
  const known = otherNames.get(knowledge);
  if (known !== undefined) return known;
  const all = [...knowledge.ingredients.values()].flatMap(({ key, synonyms }) =>
    [...new Set(synonyms.flatMap(wordsOf))].map((word) => ({ word, key })),
  );
  otherNames.set(knowledge, all);
  return all;
};

/** A key as the index has it: one word that nobody types. */
const keyWord = (key: string): string => `_${key.replaceAll('-', '_')}`;

const startsWith = (word: string): string => `"${word}" *`;

/** One word typed, as the index is asked for it: what begins so, or an ingredient another name of which does. */
const alternatives = (word: string, knowledge: Knowledge | null): string => {
  const keys = (knowledge === null ? [] : otherNamesIn(knowledge))
    .filter((other) => other.word.startsWith(word))
    .map(({ key }) => `"${keyWord(key)}"`);
  return `(${[startsWith(word), ...new Set(keys)].join(' OR ')})`;
};

/** `0,25`: a comma between digits is a point as strengths have it. */
const withPoints = (typed: string): string => typed.replace(/(\d),(?=\d)/g, '$1.');

const order = new Intl.Collator('en', { numeric: true });

/** 0: the name begins as typed; 1: it begins with the first word; 2: another word does. */
const rankOf = (name: string, text: string, first: string): number =>
  name.startsWith(text) ? 0 : name.startsWith(first) ? 1 : 2;

/**
 * Medicines that have a word beginning like each of those typed, in their names, in those of their ingredients or in other names the
 * data set has for these; names that begin so first, and of those the lowest strength.
 */
export const findMedicines = (
  reader: LocalReader,
  knowledge: Knowledge | null,
  typed: string,
  { limit, offeredOnly }: { readonly limit: number; readonly offeredOnly: boolean },
): readonly MedicineRow[] => {
  const text = plainName(withPoints(typed));
  const words = wordsOf(text);
  const [first] = words;
  if (first === undefined) return [];
  const match = words.map((word) => alternatives(word, knowledge)).join(' AND ');
  const beginning = medicinesBeginning(reader, { first, match, offeredOnly });
  const others = medicinesWith(reader, { match, offeredOnly });
  const rows = new Map([...beginning, ...others].map((row) => [row.id, row]));
  return [...rows.values()]
    .map((row) => {
      const name = plainName(row.name);
      return { row, name, rank: rankOf(name, text, first) };
    })
    .toSorted((a, b) => a.rank - b.rank || order.compare(a.name, b.name) || (a.row.id < b.row.id ? -1 : 1))
    .slice(0, limit)
    .map(({ row }) => row);
};
