import type { LocalReader } from '#main/data/local/store.ts';
import { words } from '#shared/domain/patients/fold.ts';
import { byCode, byWords, type ConceptRow } from './repository.ts';

/** Whole words of the title count most, then that it begins with what was typed, then that it is short. */
const likeness = ({ display }: ConceptRow, typed: readonly string[]): number => {
  const own = words(display);
  const whole = typed.filter((word) => own.includes(word)).length;
  return whole * 100 + (own[0]?.startsWith(typed[0] ?? '') ? 50 : 0) - Math.min(49, own.length);
};

/** `e11`, `E11.` or `e119`: what may be the beginning of a code. */
const codeStart = (text: string): string | null => {
  const found = /^([a-z]\d[0-9a-z]?)\.?([0-9a-z]{0,5})$/i.exec(text.trim());
  if (found === null) return null;
  const [, head = '', tail = ''] = found;
  return (tail === '' ? head : `${head}.${tail}`).toUpperCase();
};

/** Codes that are, or whose title says, what was typed; the likeliest first, at most `limit`. */
export const searchConcepts = (reader: LocalReader, text: string, limit: number): readonly ConceptRow[] => {
  const start = codeStart(text);
  const coded = start === null ? [] : byCode(reader, start, limit);
  const typed = words(text);
  // One letter begins too many words to say anything.
  if (typed.join('').length < 2) return coded;
  const said = byWords(reader, typed)
    .map((row) => ({ row, score: likeness(row, typed) }))
    .toSorted((a, b) => b.score - a.score || (a.row.code < b.row.code ? -1 : 1))
    .map(({ row }) => row);
  const ids = new Set(coded.map(({ id }) => id));
  return [...coded, ...said.filter(({ id }) => !ids.has(id))].slice(0, limit);
};
