/** A stretch of a text, and whether the other text has it too. */
export interface Part {
  readonly text: string;
  readonly differs: boolean;
}

/** Words and numbers as wholes, every sign by itself: a name differs in a word, a phone number in a group of digits. */
const piecesOf = (text: string): readonly string[] => text.match(/[\p{L}\p{M}]+|\p{N}+|[\s\S]/gu) ?? [];

/** Beyond this many pieces on both sides only what begins and ends alike is told apart. */
const mostPieces = 400;

/** Lengths of the longest common subsequences of every pair of ends. */
const commonLengths = (left: readonly string[], right: readonly string[]): readonly Uint16Array[] => {
  const table = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      const here = table[i] as Uint16Array;
      const below = table[i + 1] as Uint16Array;
      here[j] = left[i] === right[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, here[j + 1] ?? 0);
    }
  }
  return table;
};

type Marks = readonly [left: readonly boolean[], right: readonly boolean[]];

const marksOf = (left: readonly string[], right: readonly string[]): Marks => {
  const differs: [boolean[], boolean[]] = [left.map(() => true), right.map(() => true)];
  const table = commonLengths(left, right);
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (left[i] === right[j]) {
      differs[0][i] = false;
      differs[1][j] = false;
      i += 1;
      j += 1;
    } else if ((table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return differs;
};

/** Everything between what begins alike and what ends alike. */
const endsOf = (left: readonly string[], right: readonly string[]): Marks => {
  const shortest = Math.min(left.length, right.length);
  let before = 0;
  while (before < shortest && left[before] === right[before]) before += 1;
  let after = 0;
  while (after < shortest - before && left.at(-1 - after) === right.at(-1 - after)) after += 1;
  const between = (all: readonly string[]) => all.map((_, i) => i >= before && i < all.length - after);
  return [between(left), between(right)];
};

const joined = (pieces: readonly string[], differs: readonly boolean[]): readonly Part[] => {
  const parts: { text: string; differs: boolean }[] = [];
  pieces.forEach((text, index) => {
    const last = parts.at(-1);
    const marked = differs[index] ?? true;
    if (last !== undefined && last.differs === marked) last.text += text;
    else parts.push({ text, differs: marked });
  });
  return parts;
};

/** Two texts in parts that both have and parts that only one has; joined, the parts of each side are its text. */
export const differingParts = (
  left: string,
  right: string,
): { readonly left: readonly Part[]; readonly right: readonly Part[] } => {
  const [a, b] = [piecesOf(left), piecesOf(right)];
  const [inLeft, inRight] = a.length > mostPieces || b.length > mostPieces ? endsOf(a, b) : marksOf(a, b);
  return { left: joined(a, inLeft), right: joined(b, inRight) };
};
