import type { LocalReader } from '#main/data/local/store.ts';
import type { Knowledge } from '#shared/domain/safety/knowledge.ts';
import { plainName } from '#shared/domain/safety/matching.ts';
import { MedicineIngredient } from '#shared/domain/safety/prescription.ts';
import { namesOfAll } from './repository.ts';

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly words: readonly string[];
  readonly active: boolean;
}

/** Finds medicines while somebody types. */
export interface MedicineSearch {
  /** Ids, best first. */
  readonly find: (text: string, limit: number, offeredOnly: boolean) => readonly string[];
  readonly count: () => number;
  /** Medicines changed: what is kept in memory is read again when it is asked for next. */
  readonly forget: () => void;
}

/** The ingredients of a row; none where it holds none that can be read. */
export const ingredientsOf = (json: string): readonly MedicineIngredient[] => {
  try {
    const read = MedicineIngredient.array().safeParse(JSON.parse(json));
    return read.success ? read.data : [];
  } catch {
    return [];
  }
};

/** Names of the ingredients and their keys, without the checks of what is shown: this runs over the whole formulary. */
const namesIn = (json: string): readonly { readonly key: string | null; readonly name: string }[] => {
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) ? list.filter((one) => typeof one?.name === 'string') : [];
  } catch {
    return [];
  }
};

const order = new Intl.Collator('en', { numeric: true });

const wordsOf = (text: string): readonly string[] => plainName(text).split(' ');

/** The words a medicine is found by: of its name, its ingredients and their other names. */
const searchWords = (name: string, ingredients: string, knowledge: Knowledge | null): readonly string[] => {
  const others = namesIn(ingredients).flatMap((ingredient) => [
    ingredient.name,
    ...(knowledge?.ingredients.get(ingredient.key ?? '')?.synonyms ?? []),
  ]);
  return [...new Set([name, ...others].flatMap(wordsOf))];
};

/** 0: the name begins so; 1: its first word does; 2: another word does. Infinity: some word typed fits none. */
const rankOf = (entry: Entry, text: string, typed: readonly string[]): number => {
  if (!typed.every((word) => entry.words.some((own) => own.startsWith(word))))
    return Number.POSITIVE_INFINITY;
  if (entry.name.startsWith(text)) return 0;
  return entry.name.startsWith(typed[0] ?? '') ? 1 : 2;
};

/**
 * A search over the formulary. Its names are kept in memory, since a word in the middle of a name has no index of its own:
 * thirty thousand of them are looked through in some milliseconds.
 */
export const createMedicineSearch = (
  store: LocalReader,
  knowledge: () => Knowledge | null,
): MedicineSearch => {
  let kept: readonly Entry[] | null = null;
  const entries = (): readonly Entry[] => {
    const known = knowledge();
    kept ??= namesOfAll(store).map(({ id, name, ingredients, active }) => ({
      id,
      name: plainName(name),
      words: searchWords(name, ingredients, known),
      active: active === 1,
    }));
    return kept;
  };
  return {
    find: (typed, limit, offeredOnly) => {
      const text = plainName(typed);
      if (text === '') return [];
      const words = text.split(' ');
      return entries()
        .flatMap((entry) => {
          const rank = offeredOnly && !entry.active ? Number.POSITIVE_INFINITY : rankOf(entry, text, words);
          return Number.isFinite(rank) ? [{ entry, rank }] : [];
        })
        .toSorted(
          (a, b) =>
            a.rank - b.rank ||
            order.compare(a.entry.name, b.entry.name) ||
            (a.entry.id < b.entry.id ? -1 : 1),
        )
        .slice(0, limit)
        .map(({ entry }) => entry.id);
    },
    count: () => entries().length,
    forget: () => {
      kept = null;
    },
  };
};
