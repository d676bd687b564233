import { words } from './fold.ts';
import { phoneDigits } from './phone.ts';

/** What is compared of two patients. */
export interface Likeness {
  readonly family: string;
  readonly given: string;
  readonly birthDate: string | null;
  readonly phone: string | null;
}

/** The least number of letters to change, add, drop or exchange with a neighbour (optimal string alignment). */
const editDistance = (a: string, b: string): number => {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let cost = Math.min(
        (above[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + same,
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      line.push(cost);
    }
    before = above;
    above = line;
  }
  return above[b.length] ?? 0;
};

/** One letter may differ in a word of four letters, two in one of eight. */
const isAlike = (a: string, b: string): boolean =>
  Math.abs(a.length - b.length) <= 2 && editDistance(a, b) <= Math.floor(Math.max(a.length, b.length) / 4);

const nameWords = (patient: Likeness): readonly string[] =>
  words(`${patient.family} ${patient.given}`.slice(0, 200));

/** Every word of the shorter name is like some word of the other; family and given name may be swapped. */
export const haveSimilarNames = (a: Likeness, b: Likeness): boolean => {
  const [less, more] = [nameWords(a), nameWords(b)].toSorted((x, y) => x.length - y.length) as [
    readonly string[],
    readonly string[],
  ];
  return less.length > 0 && less.every((word) => more.some((other) => isAlike(word, other)));
};

const haveSamePhone = (a: Likeness, b: Likeness): boolean => {
  const [one, other] = [phoneDigits(a.phone ?? ''), phoneDigits(b.phone ?? '')];
  return one.length >= 6 && one === other;
};

/** Likely the same person: a similar name, and the same birth date or phone. */
export const isLikelySame = (a: Likeness, b: Likeness): boolean =>
  haveSimilarNames(a, b) && ((a.birthDate !== null && a.birthDate === b.birthDate) || haveSamePhone(a, b));

/** Worth a look while a patient is being typed in: likely the same, or somebody with the same phone. */
export const isWorthALook = (a: Likeness, b: Likeness): boolean => isLikelySame(a, b) || haveSamePhone(a, b);
